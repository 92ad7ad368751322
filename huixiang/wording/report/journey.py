"""The section on the journey: where we hear, where it hurts."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.figures import count
from huixiang.wording.language import b

JOURNEY = b("旅程：哪里听得到，哪里不好受", "Journey: where we hear, where it hurts")
COVERAGE = b(
    "覆盖：每个触点有多少声音", "Coverage: how much is heard at each touchpoint"
)
EMOTION_ALONG_THE_JOURNEY = b("情绪沿旅程的起伏", "Emotion along the journey")
EMOTION_LEGEND = b(
    "−1 全是负面，1 全是正面；竖线是 95% 区间，编号与下表对应。整段低于零的为红点；峰值、谷底与终点最易被记住，点更大。",
    "−1: all negative, 1: all positive; upright lines are 95 % intervals, "
    "numbers are those of the table. Red where the whole interval is below "
    "zero; peak, low and end, which people remember, are larger.",
)
TOO_FEW = b("条数太少", "too few")


def coverage_legend(
    first: dt.date, last: dt.date, n_feedbacks: int, n_unplaced: int
) -> Bilingual:
    """Say what the map shows, of which days and of how many feedbacks."""
    n, nowhere = count(n_feedbacks), count(n_unplaced)
    return b(
        "颜色越深，声音越多；虚线框是盲区：本期没有声音，或全部来自同一个来源。"
        f"{first} 至 {last}，{n} 条反馈，其中 {nowhere} 条没有写明触点。",
        "The darker, the more is heard; a dashed frame is a blind spot: nothing in this "
        f"period, or all of it from one source. {first} to {last}, {n} feedbacks, "
        f"{nowhere} of them without a touchpoint.",
    )


def heard_at(n_negative: int, n_sources: int) -> Bilingual:
    """Say what is heard at one touchpoint."""
    sources = "source" if n_sources == 1 else "sources"
    return b(
        f"负面 {count(n_negative)} · {n_sources} 个来源",
        f"{count(n_negative)} negative · {n_sources} {sources}",
    )
