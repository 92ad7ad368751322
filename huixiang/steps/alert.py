"""Alert: turn issues that got worse, and critical feedback, into action items."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from huixiang.alerts.compile import ReadyAlerts
from huixiang.alerts.decide import decide_criticals, decide_rates
from huixiang.alerts.decision import Alert, Decisions, Promotion
from huixiang.alerts.history import CriticalCase, Desk, ParkedItem
from huixiang.alerts.why import why_parked
from huixiang.domain.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.issue import IssueKey
from huixiang.domain.outbox import EventType
from huixiang.domain.route import Route
from huixiang.domain.verdict import Criterion, Metric
from huixiang.steps.announce import announce
from huixiang.steps.context import Context, short_id
from huixiang.steps.issue_days import Look, issue_histories, issue_key
from huixiang.store.codings import routing_case
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.design import METRICS, STANDARD


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertResult:
    """What one look at all issues came to."""

    n_opened: int
    n_parked: int
    n_promoted: int
    n_recovery: int


def alert(context: Context, alerts: ReadyAlerts) -> AlertResult:
    """Open, park and promote items; what is open already stays as it is."""
    with context.store.reading() as uow:
        rates, criticals = _decide(context, uow, alerts)
        metrics = _metrics(context, uow, rates)
    if rates.alerts or rates.promoted or criticals.alerts:
        _apply(context, rates, criticals, metrics)
    parked = sum(each.status is ActionStatus.PARKED for each in rates.alerts)
    return AlertResult(
        n_opened=len(rates.alerts) - parked,
        n_parked=parked,
        n_promoted=len(rates.promoted),
        n_recovery=len(criticals.alerts),
    )


def _decide(
    context: Context, uow: UnitOfWork, alerts: ReadyAlerts
) -> tuple[Decisions, Decisions]:
    items = uow.items.find(kind=ItemKind.IMPROVEMENT)
    issues = {row["issue_id"]: row for row in uow.codings.issues()}
    load = uow.items.load()
    desks = {
        name: Desk(capacity=department.capacity, n_working=load.get(name, 0))
        for name, department in context.rulebook.departments.items()
    }
    parked = [
        ParkedItem(item_id=item.item_id, issue=issue_key(issues[item.issue_id]))
        for item in items
        if item.status is ActionStatus.PARKED
    ]
    look = Look(
        rulebook=context.rulebook,
        alerts=alerts,
        zone=context.zone,
        last_day=context.last_day,
    )
    histories = issue_histories(look, uow, issues.values())
    rates = decide_rates(histories, alerts, desks, parked, context.last_day)
    since = context.as_of - dt.timedelta(days=alerts.rules.max_critical_age_days)
    rows = uow.histories.severe_codings(since, context.as_of)
    criticals = decide_criticals(map(_critical_case, rows), alerts, context.as_of)
    return rates, criticals


def _critical_case(row: Any) -> CriticalCase:
    return CriticalCase(
        feedback_id=row.feedback_id,
        occurred_at=row.occurred_at,
        issue=IssueKey(theme=row.theme, touchpoint=row.touchpoint, unit=row.unit),
        case=routing_case(row),
        route=Route(
            department=row.department,
            severity=row.severity,
            sla_hours=row.sla_hours,
            playbook=row.playbook,
            rule=row.rule,
            rules_version="",
        ),
    )


def _metrics(
    context: Context, uow: UnitOfWork, rates: Decisions
) -> Mapping[str, Metric]:
    """Choose what each new item is measured by: ratings where most have one."""
    chosen = {}
    for each in rates.alerts:
        n, rated = uow.histories.rated_share(each.issue.issue_id, context.last_day)
        chosen[each.key] = Metric.MEAN if rated * 2 >= n else Metric.NEGATIVE
    return chosen


def _apply(
    context: Context,
    rates: Decisions,
    criticals: Decisions,
    metrics: Mapping[str, Metric],
) -> None:
    with context.transaction("alert") as uow:
        for each in (*criticals.alerts, *rates.alerts):
            _open(context, uow, each, metrics.get(each.key, Metric.MEAN))
        for promotion in rates.promoted:
            _promote(context, uow, promotion)


def _open(context: Context, uow: UnitOfWork, found: Alert, metric: Metric) -> None:
    issue = uow.codings.issue(found.issue.issue_id)
    sla_hours = issue["sla_hours"] if issue else 0
    item = ActionItem(
        item_id=short_id("ai", found.key),
        kind=found.kind,
        issue_id=found.issue.issue_id,
        feedback_id=found.feedback_id,
        department=found.department,
        status=found.status,
        severity=found.severity,
        priority=found.priority.total,
        playbook=found.playbook,
        opened_at=context.as_of,
        due_at=context.as_of + dt.timedelta(hours=sla_hours),
        alert=found.facts,
        criterion=_criterion(context, metric),
    )
    parked = found.parked_because
    reason = why_parked(parked).en if parked else f"alert rule {found.rule}"
    uow.items.add(item, rulebook_hash=context.rulebook.hash, reason=reason)
    if parked is None:
        announce(context, uow, item, EventType.OPENED)


def _criterion(context: Context, metric: Metric) -> Criterion:
    rules = context.rulebook.alerts
    stars = metric is Metric.MEAN
    return Criterion(
        metric=metric,
        minimum_effect=(
            rules.minimum_effect if stars else METRICS[metric].minimum_effect
        ),
        horizon_days=rules.follow_up_days,
        alpha=STANDARD.criterion.alpha,
    )


def _promote(context: Context, uow: UnitOfWork, promotion: Promotion) -> None:
    item = uow.items.move(
        promotion.item_id,
        ActionStatus.OPEN,
        moved_at=context.as_of,
        actor="huixiang",
        reason="the department has room now",
        opened_at=context.as_of,
    )
    announce(context, uow, item, EventType.OPENED)
