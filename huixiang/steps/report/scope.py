"""What a report is limited to: a month, a quarter, some days, one department."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence

from huixiang.domain.items.action import WORKING, ActionItem, ActionStatus
from huixiang.domain.items.move import Move
from huixiang.errors import ConfigurationError
from huixiang.reporting.facts.loop import WHOLE, Scope
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.steps.context import Context
from huixiang.wording.names import department_name

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])", re.IGNORECASE)
_RANGE = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_MONTHS_OF_A_QUARTER = 3
_LAST_MONTH = 12


def scope_of(context: Context, period: str | None, department: str | None) -> Scope:
    """Return the limits asked for, or raise ConfigurationError where they are none."""
    if not period and not department:
        return WHOLE
    days = parse_period(period) if period else None
    if days is not None and days.first > context.last_day:
        raise ConfigurationError(
            f"--period {period} begins after {context.last_day}, the last whole day of "
            "this report: name an earlier one, or a later --as-of"
        )
    if department and department not in context.rulebook.departments:
        known = ", ".join(context.rulebook.departments)
        raise ConfigurationError(f"no department {department!r}; known are {known}")
    return Scope(
        label=(period or "").upper(),
        first=days.first if days else None,
        last=min(days.last, context.last_day) if days else None,
        department_id=department or None,
        department=department_name(context.rulebook, department)
        if department
        else None,
    )


def parse_period(text: str) -> ReportPeriod:
    """Read 2026-03, 2026-Q1 or 2026-03-01..2026-03-15."""
    try:
        if match := _MONTH.fullmatch(text):
            first = dt.date(int(match[1]), int(match[2]), 1)
            return ReportPeriod(first=first, last=_before(next_month(first)))
        if match := _QUARTER.fullmatch(text):
            month = (int(match[2]) - 1) * _MONTHS_OF_A_QUARTER + 1
            first = dt.date(int(match[1]), month, 1)
            after = next_month(next_month(next_month(first)))
            return ReportPeriod(first=first, last=_before(after))
        if match := _RANGE.fullmatch(text):
            return ReportPeriod(
                first=dt.date.fromisoformat(match[1]),
                last=dt.date.fromisoformat(match[2]),
            )
    except ValueError as error:
        raise ConfigurationError(f"--period {text}: {error}") from error
    raise ConfigurationError(
        f"--period {text} is no period; write 2026-03, 2026-Q1 or 2026-03-01..2026-03-15"
    )


def next_month(day: dt.date) -> dt.date:
    """Return the first day of the month after that of *day*."""
    if day.month == _LAST_MONTH:
        return dt.date(day.year + 1, 1, 1)
    return dt.date(day.year, day.month + 1, 1)


def months(period: ReportPeriod) -> Iterable[tuple[str, ReportPeriod]]:
    """Yield the months of a period with their names, cut at its ends."""
    first = period.first
    while first <= period.last:
        after = next_month(first)
        yield (
            f"{first:%Y-%m}",
            ReportPeriod(first=first, last=min(_before(after), period.last)),
        )
        first = after


def folder_name(stamp: str, scope: Scope) -> str:
    """Return the folder of a report: its moment, period and department."""
    parts = [stamp, scope.label.replace("..", "--"), scope.department_id or ""]
    return "_".join(re.sub(r"[^\w.-]", "-", part) for part in parts if part)


def in_scope(
    context: Context,
    scope: Scope,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> Sequence[ActionItem]:
    """Return the items something happened to within the scope, or still worked on.

    An item counts for the department that has it now.
    """
    return [
        item
        for item in items
        if scope.department_id in (None, item.department)
        and _alive(context, scope, item, moves[item.item_id])
    ]


def _alive(
    context: Context, scope: Scope, item: ActionItem, moves: Sequence[Move]
) -> bool:
    if scope.first is None or scope.last is None:
        return True
    if day_of(context, item.opened_at) > scope.last:
        return False
    status, touched = ActionStatus.OPEN, False
    for move in moves:
        day = day_of(context, move.moved_at)
        if day <= scope.last:
            status = move.after
            touched = touched or day >= scope.first
    return touched or status in WORKING


def day_of(context: Context, moment: dt.datetime) -> dt.date:
    """Return the business day of a moment."""
    return moment.astimezone(context.zone).date()


def within(scope: Scope, day: dt.date) -> bool:
    """Say whether a day belongs to the period of *scope*."""
    return (scope.first is None or scope.first <= day) and (
        scope.last is None or day <= scope.last
    )


def _before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)
