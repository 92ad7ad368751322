"""When does an issue, or one feedback, become an action item? Pure."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from huixiang.alerts.compile import ReadyAlerts
from huixiang.alerts.decision import (
    SEVERITY_WEIGHT,
    Alert,
    Decisions,
    HeldBack,
    HoldReason,
    ParkReason,
    Priority,
    Promotion,
)
from huixiang.alerts.history import (
    CriticalCase,
    DepartmentLoad,
    IssueHistory,
    ParkedItem,
)
from huixiang.alerts.rates import Comparison, compare
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.alert import CriticalFacts, RateFacts, RateRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency

_RANK = {urgency: rank for rank, urgency in enumerate(Urgency)}


def decide_rates(
    histories: Sequence[IssueHistory],
    alerts: ReadyAlerts,
    loads: Mapping[str, DepartmentLoad],
    parked: Sequence[ParkedItem],
    as_of: dt.date,
) -> Decisions:
    """Return what opens, is parked, promoted or held on the business day *as_of*.

    A department takes the highest priority first, parked items beside new ones.
    """
    looked = [_look(history, alerts, as_of) for history in histories]
    wanted = [each for each in looked if isinstance(each, Alert)]
    held = tuple(each for each in looked if isinstance(each, HeldBack))
    waiting = _waiting(histories, alerts, parked, as_of)
    opened, promoted = _allot(wanted, waiting, loads)
    return Decisions(alerts=opened, held=held, promoted=promoted)


def decide_criticals(
    cases: Iterable[CriticalCase], alerts: ReadyAlerts, as_of: dt.datetime
) -> Decisions:
    """Return a recovery item for each feedback that must be answered at once.

    Capacity does not hold these back: a person is waiting. One item per feedback, for
    its most severe coding.
    """
    opened: dict[str, Alert] = {}
    held: list[HeldBack] = []
    for case in sorted(cases, key=lambda c: -_RANK[c.route.severity]):
        decision = _look_at_one(case, alerts, as_of)
        if isinstance(decision, Alert) and case.feedback_id in opened:
            decision = _held_one(case, HoldReason.SAME_FEEDBACK, decision.rule)
        if isinstance(decision, Alert):
            opened[case.feedback_id] = decision
        else:
            held.append(decision)
    return Decisions(alerts=tuple(opened.values()), held=tuple(held))


def _look(
    history: IssueHistory, alerts: ReadyAlerts, as_of: dt.date
) -> Alert | HeldBack:
    rule = _rule_for(history, alerts)
    if rule is None:
        return HeldBack(issue=history.key, reason=HoldReason.NO_RULE)
    comparison = compare(history, rule, as_of)
    facts = rate_facts(comparison, rule, alerts.rules.version)
    reason = _hold_reason(history, rule, comparison, as_of)
    if reason is not None:
        return HeldBack(issue=history.key, reason=reason, rule=rule.id, facts=facts)
    return Alert(
        key=f"{ItemKind.IMPROVEMENT}:{history.key.issue_id}:{as_of}",
        kind=ItemKind.IMPROVEMENT,
        issue=history.key,
        feedback_id=None,
        department=history.department,
        severity=history.severity,
        playbook=history.playbook,
        priority=_priority(history, comparison),
        rule=rule.id,
        rules_version=alerts.rules.version,
        facts=facts,
    )


def _rule_for(history: IssueHistory, alerts: ReadyAlerts) -> RateRule | None:
    case = history.case
    for ready in alerts.rates:
        if ready.applies(case, history.department, history.severity):
            return ready.rule
    return None


def _hold_reason(
    history: IssueHistory, rule: RateRule, comparison: Comparison, as_of: dt.date
) -> HoldReason | None:
    if history.has_live_item:
        return HoldReason.LIVE_ITEM
    if comparison.n_window < rule.min_count:
        return HoldReason.TOO_FEW
    if comparison.days_known < min(rule.min_baseline_days, rule.baseline_days):
        return HoldReason.HISTORY_TOO_SHORT
    if not _is_unusual(comparison, rule):
        return HoldReason.NOT_UNUSUAL
    if _is_cooling(history, rule, as_of):
        return HoldReason.COOLDOWN
    return None


def _is_unusual(comparison: Comparison, rule: RateRule) -> bool:
    enough_more = comparison.ratio is None or comparison.ratio >= rule.min_ratio
    return enough_more and comparison.p_value <= rule.alpha


def _is_cooling(history: IssueHistory, rule: RateRule, as_of: dt.date) -> bool:
    last = max(
        filter(None, (history.last_opened_on, history.last_closed_on)), default=None
    )
    return last is not None and as_of < last + dt.timedelta(days=rule.cooldown_days)


def _priority(history: IssueHistory, comparison: Comparison) -> Priority:
    before, now = history.stars_baseline, history.stars_window
    gap = 0.0 if before is None or now is None else max(0.0, before - now)
    return Priority(
        excess=round(comparison.excess, 3),
        severity_weight=SEVERITY_WEIGHT[history.severity],
        rating_gap=round(gap, 3),
    )


def rate_facts(comparison: Comparison, rule: RateRule, rules_version: str) -> RateFacts:
    """Return what a rate decision rests on, rounded as it is kept and shown."""
    return RateFacts(
        rule=rule.id,
        rules_version=rules_version,
        window_start_on=comparison.window.start_on,
        window_end_on=comparison.window.end_on,
        baseline_start_on=comparison.baseline.start_on,
        baseline_end_on=comparison.baseline.end_on,
        n_window=comparison.n_window,
        n_baseline=comparison.n_baseline,
        exposure_window=comparison.exposure_window,
        exposure_baseline=comparison.exposure_baseline,
        days_known=comparison.days_known,
        expected=round(comparison.expected, 3),
        ratio=None if comparison.ratio is None else round(comparison.ratio, 3),
        p_value=float(f"{comparison.p_value:.3g}"),
        alpha=rule.alpha,
        min_count=rule.min_count,
        min_ratio=rule.min_ratio,
        min_baseline_days=min(rule.min_baseline_days, rule.baseline_days),
        cooldown_days=rule.cooldown_days,
    )


def _waiting(
    histories: Sequence[IssueHistory],
    alerts: ReadyAlerts,
    parked: Sequence[ParkedItem],
    as_of: dt.date,
) -> list[tuple[str, Promotion]]:
    """Return parked items whose issue is still above its usual level, by department."""
    by_key = {history.key: history for history in histories}
    waiting = []
    for item in parked:
        history = by_key.get(item.issue)
        rule = None if history is None else _rule_for(history, alerts)
        if history is None or rule is None:
            continue
        comparison = compare(history, rule, as_of)
        if comparison.excess > 0:
            promotion = Promotion(
                item_id=item.item_id,
                issue=item.issue,
                priority=_priority(history, comparison),
                facts=rate_facts(comparison, rule, alerts.rules.version),
            )
            waiting.append((history.department, promotion))
    return waiting


def _allot(
    wanted: Sequence[Alert],
    waiting: Sequence[tuple[str, Promotion]],
    loads: Mapping[str, DepartmentLoad],
) -> tuple[tuple[Alert, ...], tuple[Promotion, ...]]:
    free = {name: each.n_free for name, each in loads.items()}
    queue: list[tuple[float, IssueKey, str, Alert | Promotion]] = [
        *((-a.priority.total, a.issue, a.department, a) for a in wanted),
        *((-p.priority.total, p.issue, name, p) for name, p in waiting),
    ]
    opened: list[Alert] = []
    promoted: list[Promotion] = []
    for _, _, department, each in sorted(queue, key=lambda entry: entry[:3]):
        has_room = free.get(department, 0) > 0
        if has_room:
            free[department] -= 1
        if isinstance(each, Alert):
            opened.append(each if has_room else _park(each, loads))
        elif has_room:
            promoted.append(each)
    return tuple(opened), tuple(promoted)


def _park(alert: Alert, loads: Mapping[str, DepartmentLoad]) -> Alert:
    known = alert.department in loads
    reason = ParkReason.CAPACITY if known else ParkReason.NO_DEPARTMENT
    return dataclasses.replace(alert, status=ActionStatus.PARKED, parked_because=reason)


def _look_at_one(
    case: CriticalCase, alerts: ReadyAlerts, as_of: dt.datetime
) -> Alert | HeldBack:
    rule = _critical_rule_for(case, alerts)
    if rule is None:
        return _held_one(case, HoldReason.NO_RULE, None)
    if case.has_item:
        return _held_one(case, HoldReason.LIVE_ITEM, rule)
    age_days = (as_of - case.occurred_at) / dt.timedelta(days=1)
    if age_days > alerts.rules.max_critical_age_days:
        return _held_one(case, HoldReason.TOO_OLD, rule)
    return _recovery(case, rule, alerts)


def _critical_rule_for(case: CriticalCase, alerts: ReadyAlerts) -> str | None:
    for ready in alerts.criticals:
        if ready.applies(case.case, case.route.severity):
            return ready.rule.id
    return None


def _recovery(case: CriticalCase, rule: str, alerts: ReadyAlerts) -> Alert:
    weight = SEVERITY_WEIGHT[case.route.severity]
    return Alert(
        key=f"{ItemKind.RECOVERY}:{case.feedback_id}",
        kind=ItemKind.RECOVERY,
        issue=case.issue,
        feedback_id=case.feedback_id,
        department=case.route.department,
        severity=case.route.severity,
        playbook=case.route.playbook,
        priority=Priority(excess=1.0, severity_weight=weight),
        rule=rule,
        rules_version=alerts.rules.version,
        facts=CriticalFacts(
            rule=rule,
            rules_version=alerts.rules.version,
            feedback_id=case.feedback_id,
            occurred_at=case.occurred_at,
            severity=case.route.severity,
            routing_rule=case.route.rule,
            max_critical_age_days=alerts.rules.max_critical_age_days,
        ),
    )


def _held_one(case: CriticalCase, reason: HoldReason, rule: str | None) -> HeldBack:
    return HeldBack(
        issue=case.issue, reason=reason, rule=rule, feedback_id=case.feedback_id
    )
