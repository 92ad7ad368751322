"""One sentence that says the verdict, one that says why a plain comparison differs."""

from collections.abc import Iterable, Mapping

from huixiang.domain.text import Language
from huixiang.domain.verdict import (
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    Verdict,
    VerdictKind,
)
from huixiang.verification.engine.design import METRICS

Phrases = Mapping[Language, str]
PERCENT = {Metric.TOP_BOX, Metric.BOTTOM_BOX, Metric.NEGATIVE}

METRIC_NAMES: Mapping[Metric, Phrases] = {
    Metric.MEAN: {"en": "the mean score", "zh-CN": "平均评分"},
    Metric.TOP_BOX: {"en": "the share of top scores", "zh-CN": "最高分占比"},
    Metric.BOTTOM_BOX: {"en": "the share of low scores", "zh-CN": "低分占比"},
    Metric.NPS: {"en": "NPS", "zh-CN": "净推荐值"},
    Metric.NEGATIVE: {"en": "the share of complaints", "zh-CN": "负面提及占比"},
    Metric.CES: {"en": "the effort score", "zh-CN": "费力度评分"},
    Metric.COMPLAINT_RATE: {"en": "the complaint rate", "zh-CN": "投诉率"},
}

VERDICTS: Mapping[VerdictKind, Phrases] = {
    VerdictKind.IMPROVED: {
        "en": "Improved: against what was expected without the fix, {metric} moved "
        "{effect} (likely between {low} and {high}; {answers} since).",
        "zh-CN": "有改善：与“没有整改时的预期”相比，{metric}变化 {effect}"
        "（可能在 {low} 到 {high} 之间；整改后 {answers}）。",
    },
    VerdictKind.NOT_IMPROVED: {
        "en": "Not improved: against what was expected without the fix, {metric} moved "
        "{effect} (likely between {low} and {high}), short of the {least} agreed as "
        "worth it.",
        "zh-CN": "没有改善：与“没有整改时的预期”相比，{metric}变化 {effect}"
        "（可能在 {low} 到 {high} 之间），达不到事先约定的 {least}。",
    },
    VerdictKind.WORSE: {
        "en": "Worse: against what was expected without the fix, {metric} moved "
        "{effect} (likely between {low} and {high}; {answers} since).",
        "zh-CN": "变差：与“没有整改时的预期”相比，{metric}变化 {effect}"
        "（可能在 {low} 到 {high} 之间；整改后 {answers}）。",
    },
}

REASONS: Mapping[InconclusiveReason, Phrases] = {
    InconclusiveReason.NOT_RESOLVED: {
        "en": "No answer yet: the item has no fix date, so there is nothing to follow.",
        "zh-CN": "暂无结论：尚未记录整改日期，无从跟踪。",
    },
    InconclusiveReason.FOLLOWING: {
        "en": "No answer yet: still inside the {horizon}-day follow-up "
        "({answers} so far).",
        "zh-CN": "暂无结论：仍在 {horizon} 天跟踪期内（目前 {answers}）。",
    },
    InconclusiveReason.TOO_FEW_FEEDBACKS: {
        "en": "Cannot be told: only {answers} came in after the fix.",
        "zh-CN": "无法判断：整改后只收到 {answers}。",
    },
    InconclusiveReason.NOT_SEPARABLE: {
        "en": "Cannot be told: after {horizon} days the change is {effect}, but "
        "anything between {low} and {high} is possible{more}.",
        "zh-CN": "无法判断：跟踪 {horizon} 天后变化为 {effect}，"
        "但 {low} 到 {high} 之间都有可能{more}。",
    },
    InconclusiveReason.NO_BASELINE: {
        "en": "Cannot be told: too little feedback before the fix to know what was "
        "normal.",
        "zh-CN": "无法判断：整改前反馈太少，不知道正常水平。",
    },
    InconclusiveReason.FEED_DIED: {
        "en": "Cannot be told: feedback about this unit stopped coming after the fix.",
        "zh-CN": "无法判断：整改后该单元不再有反馈进来。",
    },
    InconclusiveReason.CHANNEL_DIED: {
        "en": "Cannot be told: a channel that carried much of the feedback went silent "
        "after the fix.",
        "zh-CN": "无法判断：整改后，一个主要反馈渠道断了数据。",
    },
    InconclusiveReason.MIX_MOVED: {
        "en": "Cannot be told: after the fix quite different customers answered, "
        "through other channels than before.",
        "zh-CN": "无法判断：整改后反馈来自与之前很不相同的渠道和人群。",
    },
    InconclusiveReason.CODEFRAME_CHANGED: {
        "en": "Cannot be told: the themes were redefined while the fix was followed.",
        "zh-CN": "无法判断：跟踪期间统一码框有变更，前后口径不同。",
    },
    InconclusiveReason.MODEL_CHANGED: {
        "en": "Cannot be told: the model that reads the feedback was replaced while the "
        "fix was followed.",
        "zh-CN": "无法判断：跟踪期间识别模型有更换，前后口径不同。",
    },
    InconclusiveReason.OVERLAPPING_ACTION: {
        "en": "Cannot be told apart: another fix of the same unit fell into the same "
        "time.",
        "zh-CN": "无法区分：同一单元在同一时期还有另一项整改。",
    },
}

NOTES: Mapping[NoteCode, Phrases] = {
    NoteCode.WEAK_NO_CONTROLS: {
        "en": "Weak: there was nothing to compare with, so a general trend may play a "
        "part.",
        "zh-CN": "证据偏弱：没有可对照的单元，可能受大势影响。",
    },
    NoteCode.WEAK_FEW_CONTROLS: {
        "en": "Few comparable units: the general trend is known only roughly.",
        "zh-CN": "可对照的单元较少，大势只能粗略扣除。",
    },
    NoteCode.COLD_START_MEMORY: {
        "en": "Short history: typical ups and downs were assumed, not measured.",
        "zh-CN": "历史较短：日常波动按典型值假定，并非实测。",
    },
    NoteCode.PLACEBO_WIDENED: {
        "en": "The interval was widened, because untouched dips were called improved "
        "too often.",
        "zh-CN": "区间已放宽，因为未处理的低谷也常被判为改善。",
    },
    NoteCode.EARLIER_ACTION: {
        "en": "An earlier fix of the same unit lies in the baseline.",
        "zh-CN": "基线期内同一单元有过更早的整改。",
    },
}

RECOVERED: Phrases = {
    "en": " The score has recovered, but no more than it would have on its own.",
    "zh-CN": "评分确已回升，但不整改也会回升到这里。",
}
MORE: Phrases = {
    "en": "; about {count} more feedbacks would be needed",
    "zh-CN": "；大约还需要 {count} 条反馈",
}
DIFFERENCES: Mapping[str, Phrases] = {
    "absent": {
        "en": "A plain before/after comparison is not possible either.",
        "zh-CN": "简单的前后对比同样无法进行。",
    },
    "unjudged": {
        "en": "A plain before/after comparison shows {naive}, but it cannot tell the fix "
        "from what would have happened anyway.",
        "zh-CN": "简单前后对比显示 {naive}，但分不清是整改的作用还是本来就会这样。",
    },
    "agree": {
        "en": "A plain before/after comparison shows much the same ({naive}).",
        "zh-CN": "简单前后对比的结果相近（{naive}）。",
    },
    "flattering": {
        "en": "A plain before/after comparison shows {naive}, because the item was "
        "opened at a low point and low points mostly pass by themselves; "
        "{effect} is left once that is taken off.",
        "zh-CN": "简单前后对比显示 {naive}，因为立项时正处低谷，而低谷多半会自行回升；"
        "扣除后为 {effect}。",
    },
    "harsh": {
        "en": "A plain before/after comparison shows {naive}, because it ignores that "
        "the score was expected to be lower without the fix; {effect} is left once "
        "that is counted.",
        "zh-CN": "简单前后对比显示 {naive}，但它没有考虑“不整改会更低”；计入后为 {effect}。",
    },
}


def explain_verdict(verdict: Verdict, language: Language) -> str:
    """Say the verdict in one sentence for an owner or a manager."""
    facts = _facts(verdict, language)
    if verdict.reason is not None:
        return REASONS[verdict.reason][language].format(**facts)
    said = VERDICTS[verdict.kind][language].format(**facts)
    recovered = verdict.level_recovered is LevelRecovered.YES
    if verdict.kind is VerdictKind.NOT_IMPROVED and recovered:
        said += RECOVERED[language]
    return said


def explain_difference(verdict: Verdict, language: Language) -> str:
    """Say why a plain before/after comparison shows something else, or that it agrees."""
    return DIFFERENCES[_difference(verdict)][language].format(
        **_facts(verdict, language)
    )


def explain_notes(notes: Iterable[NoteCode], language: Language) -> list[str]:
    """Say the reservations, one sentence each."""
    return [NOTES[note][language] for note in notes]


def _difference(verdict: Verdict) -> str:
    """Choose the reason by what the plain comparison shows beyond the effect."""
    if verdict.naive is None:
        return "absent"
    if verdict.effect is None:
        return "unjudged"
    better = METRICS[verdict.criterion.metric].direction
    gap = better * (verdict.naive.effect.value - verdict.effect.value)
    same = verdict.naive.verdict is verdict.kind
    if abs(gap) < verdict.criterion.minimum_effect / (1 if same else 4):
        return "agree" if same else "unjudged"
    return "flattering" if gap > 0 else "harsh"


def _facts(verdict: Verdict, language: Language) -> dict[str, str]:
    """Return the figures of the sentences as text."""
    metric, effect = verdict.criterion.metric, verdict.effect
    naive, more = verdict.naive, verdict.n_more_needed
    return {
        "metric": METRIC_NAMES[metric][language],
        "effect": "" if effect is None else _signed(effect.value, metric, language),
        "low": "" if effect is None else _signed(effect.low, metric, language),
        "high": "" if effect is None else _signed(effect.high, metric, language),
        "naive": "" if naive is None else _signed(naive.effect.value, metric, language),
        "least": _plain(verdict.criterion.minimum_effect, metric, language),
        "horizon": str(verdict.criterion.horizon_days),
        "answers": _answers(verdict.n_after, metric, language),
        "more": "" if more is None else MORE[language].format(count=f"{more:,}"),
    }


def _answers(n: int, metric: Metric, language: Language) -> str:
    """Write how much has come in; a rate counts what its exposure usually brings."""
    if metric is Metric.COMPLAINT_RATE:
        worth = {
            "en": f"exposure for {n:,} complaints at the usual rate",
            "zh-CN": f"按平时水平会有约 {n:,} 件投诉的业务量",
        }
        return worth[language]
    return {"en": f"{n:,} feedbacks", "zh-CN": f"{n:,} 条反馈"}[language]


def _signed(value: float, metric: Metric, language: Language) -> str:
    """Write a difference with its sign."""
    return ("+" if value >= 0 else "\N{MINUS SIGN}") + _plain(
        abs(value), metric, language
    )


def _plain(value: float, metric: Metric, language: Language) -> str:
    """Write a size: shares in percentage points, NPS in points, rates as a share."""
    if metric in PERCENT:
        return f"{value * 100:.1f}" + (" points" if language == "en" else " 个百分点")
    if metric is Metric.NPS:
        return f"{value * 100:.0f}"
    if metric is Metric.COMPLAINT_RATE:
        return f"{value * 100:.0f} %" + ("" if language == "en" else "（相对平时）")
    return f"{value:.2f}"
