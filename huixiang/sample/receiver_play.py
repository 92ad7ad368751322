"""How the sample's departments treat a ticket, as a pure function of business time."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from huixiang.sample.story import UNPLANNED, Plan, plan_for

PlanFor = Callable[["Ticket"], Plan]

_AT_REST = frozenset({"rejected", "closed", "cancelled"})
_RESTARTS = frozenset({"open", "reopened"})
_OPENED = "huixiang.action_item.opened"
_VERIFIED = "huixiang.action_item.verified"
_REOPENED = "huixiang.action_item.reopened"

_ACCEPTS_ALL = Plan(
    accept_after_days=0,
    resolve_after_days=None,
    root_cause_zh="",
    root_cause_en="",
    actor="OA",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Ticket:
    """One item as the OA keeps it.

    `since` starts the present round: the opening, a re-opening or a hand-over.
    `n_played` steps of the round have happened.
    """

    item_id: str
    kind: str
    theme: str
    touchpoint: str
    unit: str
    department: str
    status: str
    since: dt.datetime
    heard_at: dt.datetime
    n_reopened: int = 0
    n_played: int = 0
    was_rejected: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketStep:
    """One thing a department does."""

    status: str
    occurred_at: dt.datetime
    actor: str
    reason: str = ""
    root_cause: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """What a message says, as far as the OA cares."""

    type: str
    at: dt.datetime
    item_id: str
    status: str
    department: str
    kind: str
    theme: str
    touchpoint: str
    unit: str


def story_plan(ticket: Ticket) -> Plan:
    """Return the planted plan; whoever takes over a refused item has none."""
    plan = plan_for(ticket.theme, ticket.touchpoint, ticket.unit, kind=ticket.kind)
    return UNPLANNED if plan.reject and ticket.was_rejected else plan


def accepting_plan(ticket: Ticket) -> Plan:
    """Return the plan of an OA without a story: take everything, finish nothing."""
    del ticket
    return _ACCEPTS_ALL


def hear(ticket: Ticket | None, notice: Notice) -> Ticket:
    """Return the ticket after a message; an old or repeated one changes nothing."""
    if ticket is None:
        return _new_ticket(notice)
    if notice.at < ticket.heard_at:
        return ticket
    heard = replace(ticket, heard_at=notice.at, department=notice.department)
    if notice.type == _REOPENED:
        return _restart(heard, notice, n_reopened=ticket.n_reopened + 1)
    if ticket.status == "rejected" and _hands_over(ticket, notice):
        return _restart(heard, notice, n_reopened=ticket.n_reopened)
    return replace(heard, status=_status_after(ticket, notice))


def due_steps(ticket: Ticket, plan: Plan, to: dt.datetime) -> tuple[TicketStep, ...]:
    """Return what the department does up to *to* and has not done yet."""
    if ticket.status in _AT_REST:
        return ()
    steps = _steps(ticket, plan)[ticket.n_played :]
    return tuple(step for step in steps if step.occurred_at <= to)


def after(ticket: Ticket, steps: tuple[TicketStep, ...]) -> Ticket:
    """Return the ticket when these steps have happened."""
    if not steps:
        return ticket
    return replace(
        ticket,
        status=steps[-1].status,
        n_played=ticket.n_played + len(steps),
        was_rejected=ticket.was_rejected or steps[-1].status == "rejected",
    )


def status_report(
    ticket: Ticket, ticket_id: str, step: TicketStep
) -> Mapping[str, str]:
    """Return the body of the callback that tells of a step."""
    report = {
        "item_id": ticket.item_id,
        "ticket_id": ticket_id,
        "status": step.status,
        "occurred_at": step.occurred_at.isoformat(),
        "actor": step.actor,
        "reason": step.reason,
        "root_cause": step.root_cause,
    }
    return {name: value for name, value in report.items() if value}


def _new_ticket(notice: Notice) -> Ticket:
    return Ticket(
        item_id=notice.item_id,
        kind=notice.kind,
        theme=notice.theme,
        touchpoint=notice.touchpoint,
        unit=notice.unit,
        department=notice.department,
        status="open",
        since=notice.at,
        heard_at=notice.at,
    )


def _status_after(ticket: Ticket, notice: Notice) -> str:
    if notice.type == _VERIFIED:
        return "closed"
    return "cancelled" if notice.status == "cancelled" else ticket.status


def _hands_over(ticket: Ticket, notice: Notice) -> bool:
    moved = notice.department != ticket.department
    return notice.status in _RESTARTS and (moved or notice.type == _OPENED)


def _restart(ticket: Ticket, notice: Notice, *, n_reopened: int) -> Ticket:
    return replace(
        ticket, status="open", since=notice.at, n_played=0, n_reopened=n_reopened
    )


def _steps(ticket: Ticket, plan: Plan) -> list[TicketStep]:
    accepted_at = ticket.since + _days(plan.accept_after_days)
    if plan.reject:
        reason = _joined(plan.reject_reason_zh, plan.reject_reason_en)
        return [_step("rejected", accepted_at, plan, reason=reason)]
    days = plan.again_after_days if ticket.n_reopened else plan.resolve_after_days
    if days is None:
        started_at = accepted_at + _days(1)
        return [
            _step("accepted", accepted_at, plan),
            _step("in_progress", started_at, plan),
        ]
    resolved_at = max(ticket.since + _days(days), accepted_at)
    started_at = accepted_at + (resolved_at - accepted_at) / 4
    cause = _joined(plan.root_cause_zh, plan.root_cause_en)
    return [
        _step("accepted", accepted_at, plan),
        _step("in_progress", started_at, plan),
        _step("resolved", resolved_at, plan, root_cause=cause),
    ]


def _step(
    status: str,
    occurred_at: dt.datetime,
    plan: Plan,
    *,
    reason: str = "",
    root_cause: str = "",
) -> TicketStep:
    return TicketStep(
        status=status,
        occurred_at=occurred_at,
        actor=plan.actor,
        reason=reason,
        root_cause=root_cause,
    )


def _joined(zh: str, en: str) -> str:
    return " / ".join(words for words in (zh, en) if words)


def _days(number: float) -> dt.timedelta:
    return dt.timedelta(days=number)
