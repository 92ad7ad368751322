"""What stands beside a verdict, said in one sentence each, in both languages."""

from collections.abc import Mapping, Sequence
from typing import Any

from huixiang.domain.text import Bilingual, Language
from huixiang.domain.verdict import Criterion, InconclusiveReason, Metric, VerdictKind
from huixiang.verification.checks.followup import LEAST_ANSWERED, FollowUpSurvey
from huixiang.verification.checks.power import Advice
from huixiang.verification.checks.relapse import Sustained
from huixiang.verification.engine.design import METRICS

Row = Mapping[str, Any]
ENDS = ("value", "low", "high")
SHARES = frozenset({Metric.TOP_BOX, Metric.BOTTOM_BOX, Metric.NEGATIVE})


def b(zh: str, en: str) -> Bilingual:
    """Return the same words in both languages."""
    return Bilingual(zh=zh, en=en)


def size(value: float, metric: Metric) -> Bilingual:
    """Write how large something is, in the metric's own units."""
    unit, number = _unit(metric), _number(value, metric)
    return b(f"{number} {unit.zh}", f"{number} {unit.en}")


def change(effect: Row, metric: Metric) -> Bilingual:
    """Write an effect with its sign and its interval."""
    unit = _unit(metric)
    value, low, high = (_signed(effect[each], metric) for each in ENDS)
    return b(
        f"{value} {unit.zh}（可能在 {low} 到 {high} 之间）",
        f"{value} {unit.en} (likely between {low} and {high})",
    )


def _unit(metric: Metric) -> Bilingual:
    if metric in SHARES:
        return b("个百分点", "percentage points")
    return b("点", "points") if metric is Metric.NPS else b("分", "points")


def _number(value: float, metric: Metric) -> str:
    if metric in SHARES:
        return f"{value * 100:.1f}"
    return f"{value * 100:.0f}" if metric is Metric.NPS else f"{value:.2f}"


def _signed(value: float, metric: Metric) -> str:
    sign = "+" if value >= 0 else "\N{MINUS SIGN}"
    return sign + _number(abs(value), metric)


def outlook_words(row: Row, criterion: Criterion) -> Bilingual:
    """Say whether a medium effect could be seen here at all, and what to do if not."""
    medium = size(METRICS[criterion.metric].medium_effect, criterion.metric)
    facts = {**row, "horizon": criterion.horizon_days}
    words, only = _OUTLOOKS[Advice(row["advice"])], _only(row, criterion.metric)
    zh = {"medium": medium.zh, "volume": _volume(row, "zh-CN"), "only": only.zh}
    en = {"medium": medium.en, "volume": _volume(row, "en"), "only": only.en}
    return b(words.zh.format(**facts, **zh), words.en.format(**facts, **en))


def _only(row: Row, metric: Metric) -> Bilingual:
    """Say what could be seen instead of a medium effect."""
    if row["detectable_effect"] is None:
        return b("", "")
    least = size(row["detectable_effect"], metric)
    return b(f"，只看得出 {least.zh}以上的", f", only one of {least.en} or more")


def _volume(row: Row, language: Language) -> str:
    volume = row["feedbacks_per_day"]
    if volume is None:
        return "反馈太少" if language == "zh-CN" else "too little feedback"
    if language == "zh-CN":
        return f"每天约 {volume:.1f} 条反馈"
    return f"about {volume:.1f} feedbacks a day"


_OUTLOOKS: Mapping[Advice, Bilingual] = {
    Advice.FOLLOW: b(
        "能否验收：{volume}，整改若有中等效果（{medium}），约 {days_until_medium} 天后"
        "多半看得出来。",
        "Can it be verified: with {volume}, a medium effect ({medium}) would more likely "
        "than not show about {days_until_medium} days after the fix.",
    ),
    Advice.POOL: b(
        "能否验收：这里{volume}，{horizon} 天内看不出中等效果（{medium}）{only}；"
        "建议与同主题的其他单元一起整改、一起看（共 {n_pooled} 处，约 {pooled_days} 天可见）。",
        "Can it be verified: with {volume} here, a medium effect ({medium}) would not "
        "show within {horizon} days{only}; fix and follow the theme in all {n_pooled} places "
        "together, and it would after about {pooled_days} days.",
    ),
    Advice.ASK: b(
        "能否验收：这里{volume}，{horizon} 天内看不出中等效果（{medium}）{only}，"
        "合并同主题的单元也不行；建议整改后对受影响的客户做回访问卷。",
        "Can it be verified: with {volume} here, a medium effect ({medium}) would not "
        "show within {horizon} days{only}, and pooling the theme's units does not "
        "change that; survey the affected customers after the fix.",
    ),
    Advice.NO_HISTORY: b(
        "能否验收：以往反馈太少，无法估计多久能看出效果；建议整改后对受影响的客户做回访问卷。",
        "Can it be verified: too little feedback so far to say when an effect would "
        "show; survey the affected customers after the fix.",
    ),
}


def audit_words(row: Row) -> Bilingual:
    """Say how often the method was fooled by dips that nobody touched."""
    n, k = row["n_dips"], row["n_improved"]
    if not n:
        return b(
            f"安慰剂审计（{row['looked_on']}）：历史还短，没有可用的“无人处理的低谷”。",
            f"Placebo audit ({row['looked_on']}): the history holds no dip yet that "
            "nobody touched.",
        )
    factor = row["error_factor"]
    wider = factor > 1
    zh = f"；区间因此放宽到 {factor:.2f} 倍" if wider else ""
    en = f"; intervals are widened {factor:.2f} times for it" if wider else ""
    return b(
        f"安慰剂审计（{row['looked_on']}）：{n} 次无人处理的低谷里，有 {k} 次被本方法判为改善"
        f"（真实比例可能在 {row['low']:.0%} 到 {row['high']:.0%} 之间）{zh}。",
        f"Placebo audit ({row['looked_on']}): of {n} dips that nobody touched, the "
        f"method called {k} improved (the true share may be {row['low']:.0%} to "
        f"{row['high']:.0%}){en}.",
    )


def side_effect_words(
    harmed: Sequence[Row], n_watched: int, metric: Metric
) -> Bilingual:
    """Say who was harmed among the neighbours; *harmed* hold `name` and `effect`."""
    if not n_watched:
        return b(
            "副作用：附近没有可对照观察的其他问题。",
            "Side effects: no other issue nearby has enough feedback to watch.",
        )
    if not harmed:
        return b(
            f"副作用：同时观察了附近 {n_watched} 个问题，没有发现变差。",
            f"Side effects: none of the issues nearby got worse ({n_watched} watched).",
        )
    told = [(each["name"], change(each["effect"], metric)) for each in harmed]
    zh = "；".join(f"“{name['zh']}” {words.zh}" for name, words in told)
    en = "; ".join(f"“{name['en']}” {words.en}" for name, words in told)
    return b(
        f"副作用：整改之后，观察的附近 {n_watched} 个问题里，{len(harmed)} 个变差：{zh}。",
        f"Side effects: {len(harmed)} of {n_watched} watched neighbours got worse since "
        f"the fix: {en}.",
    )


def consistency_words(row: Row | None, metric: Metric) -> Bilingual | None:
    """Say whether fixes of the same theme elsewhere tell the same story."""
    if row is None:
        return None
    pooled, n = change(row["pooled"], metric), row["n_units"]
    if row["alike"]:
        return b(
            f"各处一致：同主题在 {n} 处整改，效果相近，合计 {pooled.zh}。",
            f"Consistent: the theme was fixed in {n} places with much the same effect, "
            f"{pooled.en} together.",
        )
    return b(
        f"各处不一：同主题在 {n} 处整改，效果差别大于偶然（合计 {pooled.zh}）；"
        "先弄清哪里不同，再推广。",
        f"Not consistent: the theme was fixed in {n} places, and the effects differ by "
        f"more than chance ({pooled.en} together); find out why before rolling it out.",
    )


def lasting_words(
    outcome: Sustained, after_days: int, effect: Row | None, metric: Metric
) -> Bilingual:
    """Say whether a verified improvement lasts."""
    seen = change(effect, metric) if effect else b("无法衡量", "not measurable")
    words = _LASTING[outcome]
    return b(
        words.zh.format(days=after_days, seen=seen.zh),
        words.en.format(days=after_days, seen=seen.en),
    )


_LASTING: Mapping[Sustained, Bilingual] = {
    Sustained.SUSTAINED: b(
        "复查：整改 {days} 天后改善仍在，最近 28 天与预期相比 {seen}。",
        "Looked at again {days} days after the fix: it lasts, {seen} against what was "
        "expected over the last 28 days.",
    ),
    Sustained.RELAPSED: b(
        "复发：整改 {days} 天后改善已经消失，最近 28 天与预期相比 {seen}。",
        "It came back: {days} days after the fix the improvement is gone, {seen} against "
        "what was expected over the last 28 days.",
    ),
    Sustained.UNCLEAR: b(
        "复查：整改 {days} 天后还说不准改善是否仍在，最近 28 天与预期相比 {seen}。",
        "Looked at again {days} days after the fix: it cannot be told whether it lasts, "
        "{seen} against what was expected over the last 28 days.",
    ),
    Sustained.TOO_EARLY: b("还没到复查的日子。", "It is too early to look again."),
}


def criterion_change_words(fixed: Criterion, today: Criterion) -> Bilingual:
    """Say that the rules changed since, and that the fixed criterion counts."""
    before, now = (size(c.minimum_effect, c.metric) for c in (fixed, today))
    return b(
        f"标准在开单后改过（现在是 {today.horizon_days} 天内至少 {now.zh}）；"
        f"仍按开单时定下的算：{fixed.horizon_days} 天内至少 {before.zh}。",
        f"The criterion changed since opening (now {now.en} within "
        f"{today.horizon_days} days); the fixed one counts: {before.en} within "
        f"{fixed.horizon_days} days.",
    )


def survey_words(found: FollowUpSurvey) -> Bilingual:
    """Say what the customers who were answered said afterwards."""
    head = b(
        f"回访：{found.n_asked} 位得到回应的客户里，{found.n_answered} 位后来又打了分",
        f"Follow-up survey: of {found.n_asked} customers who were answered, "
        f"{found.n_answered} rated again",
    )
    if found.reason is InconclusiveReason.TOO_FEW_FEEDBACKS:
        return b(
            f"{head.zh}，不足 {LEAST_ANSWERED} 位，不下结论。",
            f"{head.en}, fewer than {LEAST_ANSWERED}, so there is no verdict.",
        )
    raw = f"{found.raw:+.2f}"
    if found.corrected is None:
        return b(
            f"{head.zh}，平均变化 {raw} 分；没有足够的未回应客户可比，不下结论。",
            f"{head.en}, by {raw} points on average; too few customers without an answer "
            "to compare with, so there is no verdict.",
        )
    end = found.corrected
    interval = f"{end.value:+.2f} [{end.low:+.2f}, {end.high:+.2f}]"
    kind = _SURVEYED[found.kind]
    return b(
        f"{head.zh}，平均变化 {raw} 分；扣除“投诉过的人本来就会回升”的部分后为 "
        f"{interval} 分：{kind.zh}。",
        f"{head.en}, by {raw} points on average; {interval} is left once the rise of "
        f"everybody who complained is taken off: {kind.en}.",
    )


_SURVEYED: Mapping[VerdictKind, Bilingual] = {
    VerdictKind.IMPROVED: b("回应有用", "answering helped"),
    VerdictKind.NOT_IMPROVED: b("看不到值得一提的作用", "no effect worth having"),
    VerdictKind.WORSE: b("回应后反而更差", "worse after the answer"),
    VerdictKind.INCONCLUSIVE: b("还分不清", "cannot be told yet"),
}
