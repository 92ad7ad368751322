"""Alert: turn issues that got worse, and critical feedback, into action items."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.alerts.compile import ReadyAlerts
from huixiang.alerts.decide import decide_criticals, decide_rates
from huixiang.alerts.decision import Alert, Decisions, ParkReason
from huixiang.alerts.history import CriticalCase, DepartmentLoad, ParkedItem
from huixiang.domain.items.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.items.move import (
    LOOP,
    MoveReason,
    alarmed_again_by,
    opened_by,
    time_to_answer,
)
from huixiang.domain.items.outbox import EventType
from huixiang.domain.proof.verdict import Criterion, Metric
from huixiang.domain.reason import Reason
from huixiang.steps.context import Context, short_id
from huixiang.steps.items.issue_days import AlertContext, issue_histories
from huixiang.steps.messages.announce import announce
from huixiang.steps.verify.criteria import criterion_for
from huixiang.steps.verify.outlook import item_outlook, outlooks_of
from huixiang.store.queries.coding.cases import RoutedCase
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.power import Outlook
from huixiang.wording.items.alerts import why_opened
from huixiang.wording.items.news import came_back_news
from huixiang.wording.names import theme_name

_PARKED: Mapping[ParkReason, MoveReason] = {
    ParkReason.CAPACITY: MoveReason.PARKED_CAPACITY,
    ParkReason.NO_DEPARTMENT: MoveReason.PARKED_NO_DEPARTMENT,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertResult:
    """What one look at all issues came to."""

    n_opened: int
    n_parked: int
    n_promoted: int
    n_recovery: int
    n_reopened: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Plan:
    """What one look decided, with what each change needs to be stored."""

    criticals: Sequence[Alert]
    opening: Sequence[Alert]
    returning: Sequence[tuple[Alert, ActionItem]]
    promoted: Sequence[ActionItem]
    criteria: Mapping[str, Criterion]
    outlooks: Mapping[str, Outlook]


def alert(context: Context, alerts: ReadyAlerts) -> AlertResult:
    """Open, park and promote items; what is open already stays as it is."""
    with context.store.reading() as uow:
        rates, criticals = _decide(context, uow, alerts)
        plan = _plan(context, uow, rates, criticals)
    if plan.criticals or plan.opening or plan.returning or plan.promoted:
        _apply(context, plan)
    parked = sum(each.parked_because is not None for each in plan.opening)
    return AlertResult(
        n_opened=len(plan.opening) - parked,
        n_parked=parked,
        n_promoted=len(plan.promoted),
        n_recovery=len(plan.criticals),
        n_reopened=len(plan.returning),
    )


def _plan(
    context: Context, uow: UnitOfWork, rates: Decisions, criticals: Decisions
) -> _Plan:
    """Sort alarms into new items and items that come back; look at what can be seen."""
    ended = _ended(uow)
    pairs = [(each, ended.get(each.issue.issue_id)) for each in rates.alerts]
    opening = [each for each, item in pairs if item is None]
    promoted = [uow.items.get(each.item_id) for each in rates.promoted]
    metrics = _metrics(context, uow, opening)
    criteria = {
        each.key: criterion_for(context.rulebook, metrics[each.key]) for each in opening
    }
    wanted = [
        *((e.issue.issue_id, criteria[e.key]) for e in opening if not e.parked_because),
        *((item.issue_id, item.criterion) for item in promoted),
    ]
    return _Plan(
        criticals=criticals.alerts,
        opening=opening,
        returning=[(each, item) for each, item in pairs if item is not None],
        promoted=promoted,
        criteria=criteria,
        outlooks=outlooks_of(context, uow, wanted),
    )


def _ended(uow: UnitOfWork) -> dict[str, ActionItem]:
    """Return the newest item of each issue whose fix is verified, or unproven.

    An alarm on its issue says that it came back: the item goes on, no second one opens.
    """
    statuses = (ActionStatus.VERIFIED, ActionStatus.UNPROVEN)
    items = uow.items.find(statuses=statuses, kind=ItemKind.IMPROVEMENT)
    return {item.issue_id: item for item in items}


def _decide(
    context: Context, uow: UnitOfWork, alerts: ReadyAlerts
) -> tuple[Decisions, Decisions]:
    items = uow.items.find(kind=ItemKind.IMPROVEMENT)
    issues = uow.codings.issues()
    working = uow.items.n_working()
    loads = {
        name: DepartmentLoad(
            capacity=department.capacity, n_working=working.get(name, 0)
        )
        for name, department in context.rulebook.departments.items()
    }
    parked = [
        ParkedItem(item_id=item.item_id, issue=issues[item.issue_id].key)
        for item in items
        if item.status is ActionStatus.PARKED
    ]
    alerting = AlertContext(
        rulebook=context.rulebook,
        alerts=alerts,
        zone=context.zone,
        last_day=context.last_day,
    )
    histories = issue_histories(alerting, uow, issues.values())
    rates = decide_rates(histories, alerts, loads, parked, context.last_day)
    since = context.as_of - dt.timedelta(days=alerts.rules.max_critical_age_days)
    rows = uow.cases.severe(since, context.as_of)
    criticals = decide_criticals(map(_critical_case, rows), alerts, context.as_of)
    return rates, criticals


def _critical_case(routed: RoutedCase) -> CriticalCase:
    return CriticalCase(
        feedback_id=routed.feedback_id,
        occurred_at=routed.occurred_at,
        issue=IssueKey(
            theme=routed.case.theme,
            touchpoint=routed.case.touchpoint or NOWHERE,
            unit=routed.case.unit or NOWHERE,
        ),
        case=routed.case,
        route=routed.route,
    )


def _metrics(
    context: Context, uow: UnitOfWork, opening: Sequence[Alert]
) -> Mapping[str, Metric]:
    """Choose what each new item is measured by: ratings where most have one."""
    chosen = {}
    for each in opening:
        share = uow.histories.rated_share(each.issue.issue_id, context.last_day)
        mostly = share.n_rated * 2 >= share.n
        chosen[each.key] = Metric.MEAN if mostly else Metric.NEGATIVE
    return chosen


def _apply(context: Context, plan: _Plan) -> None:
    usual = criterion_for(context.rulebook, Metric.MEAN)
    with context.transaction("alert") as uow:
        for each in (*plan.criticals, *plan.opening):
            criterion = plan.criteria.get(each.key, usual)
            _open(context, uow, each, criterion, plan.outlooks)
        for each, item in plan.returning:
            _reopen(context, uow, each, item)
        for item in plan.promoted:
            _promote(context, uow, item, plan.outlooks[item.issue_id])


def _open(
    context: Context,
    uow: UnitOfWork,
    decided: Alert,
    criterion: Criterion,
    outlooks: Mapping[str, Outlook],
) -> None:
    issue = uow.codings.issue(decided.issue.issue_id)
    sla_hours = issue.sla_hours if issue else 0
    item = ActionItem(
        item_id=short_id("ai", decided.key),
        kind=decided.kind,
        issue_id=decided.issue.issue_id,
        feedback_id=decided.feedback_id,
        department=decided.department,
        status=decided.status,
        severity=decided.severity,
        priority=decided.priority.total,
        playbook=decided.playbook,
        opened_at=context.as_of,
        due_at=context.as_of + dt.timedelta(hours=sla_hours),
        alert=decided.facts,
        criterion=criterion,
    )
    parked = decided.parked_because
    reason = Reason(code=_PARKED[parked]) if parked else opened_by(decided.rule)
    uow.items.add(item, rulebook_hash=context.rulebook.hash, reason=reason)
    if decided.kind is ItemKind.IMPROVEMENT and parked is None:
        seen = outlooks[item.issue_id]
        uow.assurance.keep_outlook(item_outlook(item.item_id, seen, context.as_of))
    if parked is None:
        announce(context, uow, item, EventType.OPENED)


def _reopen(
    context: Context, uow: UnitOfWork, decided: Alert, item: ActionItem
) -> None:
    """Let an item go on whose issue has come back."""
    answer = time_to_answer(item, uow.items.moves(item.item_id))
    moved = uow.items.move(
        item.item_id,
        ActionStatus.REOPENED,
        moved_at=context.as_of,
        actor=LOOP,
        reason=alarmed_again_by(decided.rule),
        due_at=context.as_of + answer,
    )
    why = why_opened(decided.facts, theme_name(context.rulebook, decided.issue.theme))
    announce(context, uow, moved, EventType.REOPENED, news=came_back_news(why))


def _promote(
    context: Context, uow: UnitOfWork, parked: ActionItem, seen: Outlook
) -> None:
    item = uow.items.move(
        parked.item_id,
        ActionStatus.OPEN,
        moved_at=context.as_of,
        actor=LOOP,
        reason=Reason(code=MoveReason.ROOM_NOW),
        opened_at=context.as_of,
        due_at=context.as_of + (parked.due_at - parked.opened_at),
    )
    uow.assurance.keep_outlook(item_outlook(item.item_id, seen, context.as_of))
    announce(context, uow, item, EventType.OPENED)
