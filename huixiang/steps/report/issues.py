"""The part of a report that is about issues and departments: what hurts, who is on it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import WORKING, ActionItem, ActionStatus
from huixiang.domain.items.issue import Issue
from huixiang.domain.items.move import Move
from huixiang.reporting.facts.loop import Scope
from huixiang.reporting.facts.report import DepartmentResult, ReportPeriod, TopIssue
from huixiang.steps.context import Context
from huixiang.steps.report.fixes import (
    asked_of,
    by_department,
    in_time,
    is_overdue,
    is_verified,
    rounds_of,
)
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.names import department_name, named_place, theme_name

RECENT_DAYS = 28
TREND_DAYS = 84
TOP_ISSUES = 15
WEEK = 7
_S = ActionStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaints:
    """Complaints of each issue in the days compared, those before, and by week."""

    now: Mapping[str, int]
    before: Mapping[str, int]
    weeks: Mapping[str, Mapping[int, int]]


def complaints_of(
    uow: UnitOfWork,
    scope: Scope,
    last: dt.date,
    issues: Mapping[str, Issue],
) -> Complaints:
    """Count what customers complain of: in the period asked for, else in 28 days."""
    window = _window(scope, last)
    length = (window.last - window.first).days + 1
    start = window.first - dt.timedelta(days=length)
    trend = window.last - dt.timedelta(days=TREND_DAYS - 1)
    now, before = Counter[str](), Counter[str]()
    weeks: dict[str, Counter[int]] = defaultdict(Counter)
    for row in uow.summaries.complaints(min(start, trend), window.last):
        if row.issue_id not in issues or not _is_in_scope(scope, issues[row.issue_id]):
            continue
        if row.day >= window.first:
            now[row.issue_id] += row.n
        elif row.day >= start:
            before[row.issue_id] += row.n
        weeks[row.issue_id][(window.last - row.day).days // WEEK] += row.n
    return Complaints(now=now, before=before, weeks=weeks)


def _window(scope: Scope, last: dt.date) -> ReportPeriod:
    if scope.first is not None and scope.last is not None:
        return ReportPeriod(first=scope.first, last=scope.last)
    return ReportPeriod(first=last - dt.timedelta(days=RECENT_DAYS - 1), last=last)


def _is_in_scope(scope: Scope, issue: Issue) -> bool:
    return scope.department_id in (None, issue.department)


def top_issues(
    context: Context,
    complaints: Complaints,
    issues: Mapping[str, Issue],
    items: Iterable[ActionItem],
) -> tuple[TopIssue, ...]:
    """Return the issues that customers complain of most."""
    now, total = complaints.now, sum(complaints.now.values())
    own = defaultdict(list)
    for item in items:
        own[item.issue_id].append(item.item_id)
    n_weeks = TREND_DAYS // WEEK
    return tuple(
        TopIssue(
            issue_id=key,
            theme=theme_name(context.rulebook, issues[key].theme),
            touchpoint=named_place(context.rulebook, issues[key].touchpoint),
            unit=named_place(context.rulebook, issues[key].unit),
            department=department_name(context.rulebook, issues[key].department),
            n_negative=now[key],
            share=now[key] / total,
            n_previous=complaints.before.get(key, 0),
            trend=tuple(
                complaints.weeks[key].get(week, 0) for week in reversed(range(n_weeks))
            ),
            item_ids=tuple(own[key]),
        )
        for key in sorted(now, key=lambda key: (-now[key], key))[:TOP_ISSUES]
    )


def departments_of(
    context: Context,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> tuple[DepartmentResult, ...]:
    """Return what each department was asked for, did and achieved."""
    return tuple(
        _department(context, name, own, moves)
        for name, own in by_department(context.rulebook, items)
    )


def _department(
    context: Context,
    name: str,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> DepartmentResult:
    def reached(*statuses: ActionStatus) -> int:
        return sum(
            any(move.after in statuses for move in moves[item.item_id])
            for item in items
        )

    asked = asked_of(items)
    rounds = [each for item in asked for each in rounds_of(item, moves[item.item_id])]
    met, due = in_time([(each, each.answered_at) for each in rounds], context.as_of)
    reroutes = [
        sum(move.after is _S.REJECTED for move in moves[item.item_id]) for item in items
    ]
    return DepartmentResult(
        department_id=name,
        department=department_name(context.rulebook, name),
        n_opened=len(asked),
        n_accepted=reached(_S.ACCEPTED),
        n_resolved=reached(_S.RESOLVED),
        n_verified=sum(is_verified(item, moves[item.item_id]) for item in items),
        n_working=sum(item.status in WORKING for item in items),
        n_overdue=sum(is_overdue(context, item) for item in items),
        sla_met=met,
        sla_due=due,
        n_not_mine=sum(reroutes),
        n_ping_pong=sum(count > 1 for count in reroutes),
    )
