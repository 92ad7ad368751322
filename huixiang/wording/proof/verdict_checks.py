"""What stands beside a verdict, said in one sentence each, in both languages."""

from collections.abc import Mapping

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.proof.assurance import (
    Advice,
    ItemOutlook,
    PlaceboCheck,
    SustainedLook,
)
from huixiang.domain.proof.verdict import (
    Consistency,
    Criterion,
    Effect,
    HarmedNeighbour,
    Metric,
    SideEffects,
    Sustained,
)
from huixiang.domain.text import Bilingual
from huixiang.verification.engine.design import METRICS
from huixiang.wording.figures import SHARES
from huixiang.wording.language import b, fill
from huixiang.wording.names import issue_name
from huixiang.wording.terms import METRICS as METRIC_NAMES

SEAL_CHARS = 12


def size(value: float, metric: Metric) -> Bilingual:
    """Write how large something is, in the metric's own units."""
    unit, number = _unit(metric), _number(value, metric)
    return b(f"{number} {unit.zh}", f"{number} {unit.en}")


def effect_size(criterion: Criterion) -> Bilingual:
    """Say how large an effect must be, in the metric's own units."""
    least = criterion.minimum_effect
    if criterion.metric in SHARES:
        return b(f"{least * 100:g} 个百分点", f"{least * 100:g} percentage points")
    return b(f"{least:g} 分", f"{least:g} points")


def change(effect: Effect, metric: Metric) -> Bilingual:
    """Write an effect with its sign and its interval."""
    unit = _unit(metric)
    value, low, high = (
        _signed(each, metric) for each in (effect.value, effect.low, effect.high)
    )
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


def outlook_words(outlook: ItemOutlook, criterion: Criterion) -> Bilingual:
    """Say whether a medium effect could be seen here at all, and what to do if not."""
    return fill(
        _OUTLOOKS[outlook.advice],
        medium=size(METRICS[criterion.metric].medium_effect, criterion.metric),
        volume=_volume(outlook.feedbacks_per_day),
        only=_only(outlook.detectable_effect, criterion.metric),
        horizon=criterion.horizon_days,
        days_until_medium=outlook.days_until_medium,
        n_pooled=outlook.n_pooled,
        pooled_days=outlook.pooled_days,
    )


def _only(detectable: float | None, metric: Metric) -> Bilingual:
    """Say what could be seen instead of a medium effect."""
    if detectable is None:
        return b("", "")
    least = size(detectable, metric)
    return b(f"，只看得出 {least.zh}以上的", f", only one of {least.en} or more")


def _volume(per_day: float | None) -> Bilingual:
    if per_day is None:
        return b("反馈太少", "too little feedback")
    return b(f"每天约 {per_day:.1f} 条反馈", f"about {per_day:.1f} feedbacks a day")


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


def placebo_words(check: PlaceboCheck) -> Bilingual:
    """Say how often the method was fooled by dips that nobody touched."""
    n, k, on = check.n_dips, check.n_improved, check.looked_on
    if not n:
        return b(
            f"安慰剂检验（{on}）：历史还短，没有可用的“无人处理的低谷”。",
            f"Placebo check ({on}): the history holds no dip yet that nobody touched.",
        )
    wider = _wider(check.error_factor)
    return b(
        f"安慰剂检验（{on}）：{n} 次无人处理的低谷里，有 {k} 次被本方法判为改善"
        f"（真实比例可能在 {check.low:.0%} 到 {check.high:.0%} 之间）{wider.zh}。",
        f"Placebo check ({on}): of {n} dips that nobody touched, the method called {k} "
        f"improved (the true share may be {check.low:.0%} to {check.high:.0%})"
        f"{wider.en}.",
    )


def _wider(factor: float) -> Bilingual:
    if factor <= 1:
        return b("", "")
    return b(
        f"；区间因此放宽到 {factor:.2f} 倍",
        f"; intervals are widened {factor:.2f} times for it",
    )


def side_effect_words(
    effects: SideEffects, metric: Metric, rulebook: Rulebook
) -> Bilingual:
    """Say who was harmed among the neighbours of a fix."""
    n, harmed = effects.n_watched, effects.harmed
    if not n:
        return b(
            "副作用：附近没有可对照观察的其他问题。",
            "Side effects: no other issue nearby has enough feedback to watch.",
        )
    if not harmed:
        return b(
            f"副作用：同时观察了附近 {n} 个问题，没有发现变差。",
            f"Side effects: none of the issues nearby got worse ({n} watched).",
        )
    named = [_harmed(each, metric, rulebook) for each in harmed]
    zh, en = "；".join(each.zh for each in named), "; ".join(each.en for each in named)
    return b(
        f"副作用：整改之后，观察的附近 {n} 个问题里，{len(harmed)} 个变差：{zh}。",
        f"Side effects: {len(harmed)} of {n} watched neighbours got worse since "
        f"the fix: {en}.",
    )


def _harmed(
    neighbour: HarmedNeighbour, metric: Metric, rulebook: Rulebook
) -> Bilingual:
    name, words = neighbour_name(neighbour, rulebook), change(neighbour.effect, metric)
    return b(f"“{name.zh}” {words.zh}", f"“{name.en}” {words.en}")


def neighbour_name(neighbour: HarmedNeighbour, rulebook: Rulebook) -> Bilingual:
    """Return what people call a harmed issue: its theme and where."""
    return issue_name(rulebook, neighbour.theme, neighbour.touchpoint, neighbour.unit)


def consistency_words(consistency: Consistency, metric: Metric) -> Bilingual:
    """Say whether fixes of the same theme elsewhere tell the same story."""
    pooled, n = change(consistency.pooled, metric), consistency.n_units
    if consistency.alike:
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


def lasting_words(look: SustainedLook, metric: Metric) -> Bilingual:
    """Say whether a verified improvement lasts."""
    effect = look.detail.effect
    seen = change(effect, metric) if effect else b("无法衡量", "not measurable")
    return fill(_LASTING[look.outcome], days=look.after_days, seen=seen)


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
    Sustained.WATCHED: b("还没到复查的日子。", "It is too early to look again."),
}


def criterion_words(criterion: Criterion, seal: str) -> Bilingual:
    """Say what was fixed at opening as success, with the beginning of its hash."""
    metric, least, shown = (
        METRIC_NAMES[criterion.metric],
        effect_size(criterion),
        seal[:SEAL_CHARS],
    )
    return b(
        f"开单时定下的成功标准：整改后 {criterion.horizon_days} 天内，"
        f"{metric.zh}至少改善 {least.zh}（校验值 {shown}）。",
        f"Success was fixed at opening: within {criterion.horizon_days} days of the "
        f"fix, {metric.en} better by {least.en} or more (hash {shown}).",
    )


CRITERION_TAMPERED = b(
    "这条标准与开单时定下的不一致（校验值不符），因此不作验收；请从备份恢复。",
    "This criterion is not the one fixed at opening (its hash differs), so the "
    "item is not judged; restore it from a backup.",
)


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


def rated_again_words(before: float, after: float | None) -> Bilingual:
    """Say how one customer rated before and after the answer, in stars."""
    if after is None:
        return b(
            "这位客户在得到回应后 90 天内还没有再打分。",
            "This customer has not rated again within 90 days of the answer.",
        )
    return b(
        f"这位客户在得到回应后又打了分：{before:.1f} → {after:.1f} 星；"
        "一个人的变化不作结论，汇总见报告的回访一节。",
        f"This customer rated again after the answer: {before:.1f} → {after:.1f} stars; "
        "one person is no verdict, the report sums them up.",
    )
