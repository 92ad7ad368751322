"""The verdict in one sentence, and why a plain comparison shows something else.

The words for cells and labels (a verdict in one word) are in `terms`.
"""

import datetime as dt
from collections.abc import Mapping

from huixiang.domain.proof.verdict import (
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    Verdict,
    VerdictKind,
)
from huixiang.domain.text import Bilingual
from huixiang.verification.engine.plain_comparison import ComparisonGap, gap_of
from huixiang.wording.figures import SHARES
from huixiang.wording.language import b, fill

METRICS_IN_SENTENCES: Mapping[Metric, Bilingual] = {
    Metric.MEAN: b(
        "平均评分",
        "the mean score",
    ),
    Metric.TOP_BOX: b(
        "最高分占比",
        "the share of top scores",
    ),
    Metric.BOTTOM_BOX: b(
        "低分占比",
        "the share of low scores",
    ),
    Metric.NPS: b(
        "净推荐值",
        "NPS",
    ),
    Metric.NEGATIVE: b(
        "负面提及占比",
        "the share of complaints",
    ),
    Metric.CES: b(
        "费力度评分",
        "the effort score",
    ),
    Metric.COMPLAINT_RATE: b(
        "投诉率",
        "the complaint rate",
    ),
}

VERDICT_SENTENCES: Mapping[VerdictKind, Bilingual] = {
    VerdictKind.IMPROVED: b(
        "有改善：与“没有整改时的预期”相比，{metric}变化 {effect}"
        "（可能在 {low} 到 {high} 之间；整改后 {answers}）。",
        "Improved: against what was expected without the fix, {metric} moved "
        "{effect} (likely between {low} and {high}; {answers} since).",
    ),
    VerdictKind.NOT_IMPROVED: b(
        "没有改善：与“没有整改时的预期”相比，{metric}变化 {effect}"
        "（可能在 {low} 到 {high} 之间），达不到事先约定的 {least}。",
        "Not improved: against what was expected without the fix, {metric} moved "
        "{effect} (likely between {low} and {high}), short of the {least} agreed as "
        "worth it.",
    ),
    VerdictKind.WORSE: b(
        "变差：与“没有整改时的预期”相比，{metric}变化 {effect}"
        "（可能在 {low} 到 {high} 之间；整改后 {answers}）。",
        "Worse: against what was expected without the fix, {metric} moved "
        "{effect} (likely between {low} and {high}; {answers} since).",
    ),
}

REASON_SENTENCES: Mapping[InconclusiveReason, Bilingual] = {
    InconclusiveReason.NOT_RESOLVED: b(
        "暂无结论：尚未记录整改日期，无从跟踪。",
        "No answer yet: the item has no fix date, so there is nothing to follow.",
    ),
    InconclusiveReason.FOLLOWING: b(
        "暂无结论：仍在 {horizon} 天跟踪期内（目前 {answers}）。",
        "No answer yet: still inside the {horizon}-day follow-up ({answers} so far).",
    ),
    InconclusiveReason.TOO_FEW_FEEDBACKS: b(
        "无法判断：整改后只收到 {answers}。",
        "Cannot be told: only {answers} came in after the fix.",
    ),
    InconclusiveReason.NOT_SEPARABLE: b(
        "无法判断：跟踪 {horizon} 天后变化为 {effect}，"
        "但 {low} 到 {high} 之间都有可能{more}。",
        "Cannot be told: after {horizon} days the change is {effect}, but "
        "anything between {low} and {high} is possible{more}.",
    ),
    InconclusiveReason.NO_BASELINE: b(
        "无法判断：整改前反馈太少，不知道正常水平。",
        "Cannot be told: too little feedback before the fix to know what was normal.",
    ),
    InconclusiveReason.FEED_DIED: b(
        "无法判断：整改后该单元不再有反馈进来。",
        "Cannot be told: feedback about this unit stopped coming after the fix.",
    ),
    InconclusiveReason.CHANNEL_DIED: b(
        "无法判断：整改后，一个主要反馈渠道断了数据。",
        "Cannot be told: a channel that carried much of the feedback went silent "
        "after the fix.",
    ),
    InconclusiveReason.MIX_MOVED: b(
        "无法判断：整改后反馈来自与之前很不相同的渠道和人群。",
        "Cannot be told: after the fix quite different customers answered, "
        "through other channels than before.",
    ),
    InconclusiveReason.CODEFRAME_CHANGED: b(
        "无法判断：跟踪期间统一码框有变更，前后口径不同。",
        "Cannot be told: the themes were redefined while the fix was followed.",
    ),
    InconclusiveReason.MODEL_CHANGED: b(
        "无法判断：跟踪期间识别模型有更换，前后口径不同。",
        "Cannot be told: the model that reads the feedback was replaced while the "
        "fix was followed.",
    ),
    InconclusiveReason.OVERLAPPING_ACTION: b(
        "无法区分：同一单元在同一时期还有另一项整改。",
        "Cannot be told apart: another fix of the same unit fell into the same time.",
    ),
}

NOTE_SENTENCES: Mapping[NoteCode, Bilingual] = {
    NoteCode.WEAK_NO_CONTROLS: b(
        "证据偏弱：没有可对照的单元，可能受大势影响。",
        "Weak: there was nothing to compare with, so a general trend may play a part.",
    ),
    NoteCode.WEAK_FEW_CONTROLS: b(
        "可对照的单元较少，大势只能粗略扣除。",
        "Few comparable units: the general trend is known only roughly.",
    ),
    NoteCode.COLD_START_MEMORY: b(
        "历史较短：日常波动按典型值假定，并非实测。",
        "Short history: typical ups and downs were assumed, not measured.",
    ),
    NoteCode.PLACEBO_WIDENED: b(
        "区间已放宽，因为未处理的低谷也常被判为改善。",
        "The interval was widened, because untouched dips were called improved "
        "too often.",
    ),
    NoteCode.EARLIER_ACTION: b(
        "基线期内同一单元有过更早的整改。",
        "An earlier fix of the same unit lies in the baseline.",
    ),
}

RECOVERED: Bilingual = b(
    "评分确已回升，但不整改也会回升到这里。",
    " The score has recovered, but no more than it would have on its own.",
)
MORE: Bilingual = b(
    "；大约还需要 {count} 条反馈",
    "; about {count} more feedbacks would be needed",
)
GAP_SENTENCES: Mapping[ComparisonGap, Bilingual] = {
    ComparisonGap.ABSENT: b(
        "简单的前后对比同样无法进行。",
        "A plain before/after comparison is not possible either.",
    ),
    ComparisonGap.UNJUDGED: b(
        "简单前后对比显示 {plain}，但分不清是整改的作用还是本来就会这样。",
        "A plain before/after comparison shows {plain}, but it cannot tell the fix "
        "from what would have happened anyway.",
    ),
    ComparisonGap.AGREE: b(
        "简单前后对比的结果相近（{plain}）。",
        "A plain before/after comparison shows much the same ({plain}).",
    ),
    ComparisonGap.FLATTERING: b(
        "简单前后对比显示 {plain}，因为立项时正处低谷，而低谷多半会自行回升；"
        "扣除后为 {effect}。",
        "A plain before/after comparison shows {plain}, because the item was "
        "opened at a low point and low points mostly pass by themselves; "
        "{effect} is left once that is taken off.",
    ),
    ComparisonGap.HARSH: b(
        "简单前后对比显示 {plain}，但它没有考虑“不整改会更低”；计入后为 {effect}。",
        "A plain before/after comparison shows {plain}, because it ignores that "
        "the score was expected to be lower without the fix; {effect} is left once "
        "that is counted.",
    ),
}


NOT_MEASURABLE_NEWS = b(
    "已回应这位客户；单个客户没有可比的分数，不作验收结论。",
    "This customer was answered; one person has no score to compare, so there is no "
    "verdict.",
)
UNPROVEN_CLOSED_NEWS = b(
    "整改已过 90 天，效果未能证实，也没有新的预警；关闭，不计为成效。",
    "90 days after the fix its effect is not proven, and no new alarm came; closed "
    "without counting as a success.",
)


def verdict_sentence(verdict: Verdict) -> Bilingual:
    """Return the verdict in one sentence for an owner or a manager."""
    facts = _facts(verdict)
    if verdict.reason is not None:
        return fill(REASON_SENTENCES[verdict.reason], **facts)
    sentence = fill(VERDICT_SENTENCES[verdict.kind], **facts)
    recovered = verdict.level_recovered is LevelRecovered.YES
    if verdict.kind is VerdictKind.NOT_IMPROVED and recovered:
        return b(sentence.zh + RECOVERED.zh, sentence.en + RECOVERED.en)
    return sentence


def verdict_given(verdict: Verdict, fixed_on: dt.date) -> Bilingual:
    """Say a verdict with the days it is about."""
    sentence, known = verdict_sentence(verdict), verdict.as_of
    return b(
        f"验收（看到 {known}，{fixed_on} 整改）：{sentence.zh}",
        f"Verdict (on what was known on {known}, fixed on {fixed_on}): {sentence.en}",
    )


def looked_at(n_days: int) -> Bilingual:
    """Say the figures of how many days led to a verdict."""
    days = "day" if n_days == 1 else "days"
    return b(
        f"整改后共查看过 {n_days} 天的数据才下结论。",
        f"The figures of {n_days} {days} were looked at for it.",
    )


def gap_sentence(verdict: Verdict) -> Bilingual:
    """Return why a plain before/after comparison shows something else, or that it agrees."""
    return fill(GAP_SENTENCES[gap_of(verdict)], **_facts(verdict))


def _facts(verdict: Verdict) -> Mapping[str, Bilingual]:
    """Return the figures of the sentences as text."""
    metric, effect = verdict.criterion.metric, verdict.effect
    plain, more = verdict.plain_comparison, verdict.n_more_needed
    horizon = str(verdict.criterion.horizon_days)
    return {
        "metric": METRICS_IN_SENTENCES[metric],
        "effect": _signed(effect.value if effect else None, metric),
        "low": _signed(effect.low if effect else None, metric),
        "high": _signed(effect.high if effect else None, metric),
        "plain": _signed(plain.effect.value if plain else None, metric),
        "least": _size(verdict.criterion.minimum_effect, metric),
        "horizon": b(horizon, horizon),
        "answers": _answers(verdict.n_after, metric),
        "more": b("", "") if more is None else fill(MORE, count=f"{more:,}"),
    }


def _answers(n: int, metric: Metric) -> Bilingual:
    """Write how much has come in; a rate counts what its exposure usually brings."""
    if metric is Metric.COMPLAINT_RATE:
        return b(
            f"按平时水平会有约 {n:,} 件投诉的业务量",
            f"exposure for {n:,} complaints at the usual rate",
        )
    return b(f"{n:,} 条反馈", f"{n:,} feedbacks")


def _signed(value: float | None, metric: Metric) -> Bilingual:
    """Write a difference with its sign; nothing where there is none."""
    if value is None:
        return b("", "")
    sign, size = "+" if value >= 0 else "\N{MINUS SIGN}", _size(abs(value), metric)
    return b(sign + size.zh, sign + size.en)


def _size(value: float, metric: Metric) -> Bilingual:
    """Write a size: shares in percentage points, NPS in points, rates as a share."""
    if metric in SHARES:
        return b(f"{value * 100:.1f} 个百分点", f"{value * 100:.1f} points")
    if metric is Metric.COMPLAINT_RATE:
        return b(f"{value * 100:.0f} %（相对平时）", f"{value * 100:.0f} %")
    number = f"{value * 100:.0f}" if metric is Metric.NPS else f"{value:.2f}"
    return b(number, number)
