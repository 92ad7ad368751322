"""The section on how far verdicts can be trusted."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.figures import count, percent
from huixiang.wording.language import b

CAN_THEY_BE_TRUSTED = b(
    "结论可信吗：我们怎样检查自己",
    "Can the verdicts be trusted: how we check ourselves",
)
PLACEBO_CHECK = b(
    "安慰剂检验：拿没人整改过的低谷来试",
    "Placebo check: the method tried on dips nobody fixed",
)
TOO_FEW_DIPS = b(
    "低谷还太少，说明不了误判率；区间暂按理论值。",
    "Too few dips to tell how often it errs; intervals stay as theory has them.",
)
NO_INTERVAL_WIDENED = b(
    "误判不多，区间无需放宽。", "Few enough: no interval had to be widened."
)
NO_DIPS_YET = b(
    "还没有可用来检验的低谷：要有没被整改过的单元，且至少有三个月历史。验收流程会自动检验。",
    "No dips to try it on yet: it takes units that nobody fixed, with three "
    "months of history. The verify flow does it by itself.",
)
SIDE_EFFECTS = b(
    "副作用：整改伤到别处了吗", "Side effects: did a fix harm its neighbours"
)
FOLLOW_UP_SURVEY = b(
    "客户回访：被答复过的人后来怎么说",
    "Follow-up survey: what customers who were answered say later",
)
WHAT_IS_CORRECTED = b(
    "他们因为抱怨才被问到，下一次评分本来就会回升；“校正后”扣除了这一部分。",
    "They are asked because they complained, so their next rating rises by "
    "itself; “corrected” takes that part out.",
)
MODEL_QUALITY = b(
    "模型质量：各版本在未见过的反馈上",
    "Model quality: each version on feedback it had not seen",
)
MODEL_LEGEND = b(
    "答对率（%），竖线为 95% 区间；编号与下表对应",
    "share right, per cent, with 95 % intervals; numbers are those of the table",
)
CODEFRAME_VERSIONS = b(
    "码框换版：前后能否接得上", "Codeframe versions: do they lead over to each other"
)


def how_often_fooled(
    n_dips: int, n_improved: int, low: float, high: float
) -> Bilingual:
    """Say on how many untouched dips the method said "improved"."""
    fooled, low_end, high_end = (percent(x) for x in (n_improved / n_dips, low, high))
    times = "once" if n_improved == 1 else f"{n_improved} times"
    return b(
        f"在 {n_dips} 个没有人整改过的低谷上，这套方法有 {n_improved} 次说“已改善”"
        f"（{fooled}，95% 区间 {low_end}–{high_end}）。",
        f"On {n_dips} dips that nobody fixed, the method said “improved” {times} "
        f"({fooled}, 95 % interval {low_end}–{high_end}).",
    )


def dots_legend(as_of: dt.date) -> Bilingual:
    """Say what the dots are, and of which day."""
    return b(
        f"一点是一个低谷，红点是误判。截至 {as_of}。",
        f"One dot a dip, red ones were mistaken. As of {as_of}. ",
    )


def intervals_widened(factor: float) -> Bilingual:
    """Say that intervals are wider because the method was fooled too often."""
    return b(
        f"误判偏多，所有区间已放宽 {factor:.2f} 倍。",
        f"Too many, so every interval is {factor:.2f} times as wide.",
    )


def n_reviewed(n: int) -> Bilingual:
    """Say how many codings people reviewed."""
    return b(
        f"人工已复核 {count(n)} 条编码：", f"{count(n)} codings reviewed by people: "
    )
