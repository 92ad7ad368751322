"""What charts show, in words, for readers who cannot see them."""

import datetime as dt
from collections.abc import Sequence

from huixiang.domain.proof.verdict import Metric
from huixiang.domain.text import Bilingual
from huixiang.wording.figures import level
from huixiang.wording.language import b
from huixiang.wording.terms import METRICS

MONTHS = b(
    "柱状图：各期开单、整改完成与经验收改善的数量；数字见下表。",
    "Bar chart: what was opened, fixed and verified in each period; the table below has "
    "the numbers.",
)
EMOTION = b(
    "折线图：旅程各处的情感与区间；数字见下表。",
    "Line chart: emotion along the journey with intervals; the table below has the "
    "numbers.",
)
MODELS = b(
    "折线图：各版本模型的答对率与区间；数字见下表。",
    "Line chart: the share right of each model version with intervals; the table below "
    "has the numbers.",
)
LEARNING_CURVE = b(
    "折线图：学的句数越多，答对多少。",
    "Line chart: how many are right the more sentences are learned from.",
)
VERSIONS = b(
    "折线图：各版本的准确率；数字见“所有版本”。",
    "Line chart: the accuracy of each version; “All versions” has the numbers.",
)
CALIBRATION = b(
    "折线图：说的把握与真答对的比例。",
    "Line chart: how often answers are right over how sure they are.",
)


def series(metric: Metric, levels: Sequence[tuple[dt.date, float]]) -> Bilingual:
    """Say from where to where a line goes, and its lowest and highest place."""
    name = METRICS[metric]
    if not levels:
        return b(f"折线图：{name.zh}，没有数据。", f"Line chart: {name.en}, no data.")
    (first, start), (last, end) = levels[0], levels[-1]
    low, high = (pick(value for _, value in levels) for pick in (min, max))
    begin, stop, least, most = (
        level(value, metric) for value in (start, end, low, high)
    )
    return b(
        f"折线图：{name.zh}，从 {first} 的 {begin} 到 {last} 的 {stop}，"
        f"最低 {least}，最高 {most}。",
        f"Line chart: {name.en}, from {begin} on {first} to {stop} on {last}, "
        f"lowest {least}, highest {most}.",
    )
