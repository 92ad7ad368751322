"""What a department owner does with an item, by hand or through a remote system."""

import datetime as dt
from collections.abc import Callable, Mapping

from huixiang.domain.items.action import ActionItem, ActionStatus, path
from huixiang.domain.items.move import LOOP, implied_by, person_said, rerouted
from huixiang.domain.items.outbox import EventType
from huixiang.domain.items.statement import OwnerStatement, StatementKind
from huixiang.errors import ConfigurationError
from huixiang.steps.context import Context
from huixiang.steps.messages.announce import announce
from huixiang.store.queries.items.items import ChangedFields
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.items.news import handover_news, status_news
from huixiang.wording.names import department_name


def apply_statement(
    context: Context, uow: UnitOfWork, statement: OwnerStatement
) -> None:
    """Move the item as its owner says, and tell the other endpoints.

    A status that the item has already changes nothing. Raise NotFound for an item that
    does not exist, IllegalMove where the table does not allow the move; nothing is
    stored then.
    """
    _HANDLERS[statement.kind](context, uow, statement)


def _plain(
    after: ActionStatus,
) -> Callable[[Context, UnitOfWork, OwnerStatement], None]:
    def apply(context: Context, uow: UnitOfWork, statement: OwnerStatement) -> None:
        item = uow.items.get(statement.item_id)
        if item.status is after:
            return
        item = _walk(uow, item, after, statement)
        announce(
            context,
            uow,
            item,
            EventType.UPDATED,
            news=status_news(item.status),
            origin=statement.endpoint,
        )

    return apply


def _walk(
    uow: UnitOfWork, item: ActionItem, after: ActionStatus, statement: OwnerStatement
) -> ActionItem:
    """Take every step up to *after*; steps nobody reported are marked as implied."""
    steps = path(item.status, after, f"action item {item.item_id}")
    for step in steps:
        reported = step is steps[-1]
        item = uow.items.move(
            item.item_id,
            step,
            moved_at=statement.stated_at,
            actor=statement.actor,
            reason=person_said(statement.words) if reported else implied_by(after),
            **_changes(step, statement),
        )
    return item


def _changes(step: ActionStatus, statement: OwnerStatement) -> ChangedFields:
    if step is not ActionStatus.RESOLVED:
        return {}
    return {
        "resolved_at": statement.stated_at,
        "root_cause": statement.root_cause or statement.words or None,
    }


def _reject(context: Context, uow: UnitOfWork, statement: OwnerStatement) -> None:
    """Re-route what a department refuses; a second refusal is left to a person."""
    before = uow.items.get(statement.item_id)
    if before.status is ActionStatus.REJECTED:
        return
    item = _walk(uow, before, ActionStatus.REJECTED, statement)
    department = _elsewhere(context, uow, item, statement)
    if department is None:
        return
    uow.codings.give_issue(item.issue_id, department, by=statement.actor)
    name = department_name(context.rulebook, department)
    item = uow.items.move(
        item.item_id,
        ActionStatus.OPEN,
        moved_at=statement.stated_at,
        actor=LOOP,
        reason=rerouted(before.department, department, statement.words),
        department=department,
    )
    news = handover_news(name, statement.words)
    announce(context, uow, item, EventType.UPDATED, news=news)


def _elsewhere(
    context: Context, uow: UnitOfWork, item: ActionItem, statement: OwnerStatement
) -> str | None:
    """Return the department to try next, or None where all that is known refused."""
    handovers = [move.handover for move in uow.items.moves(item.item_id)]
    refused = {item.department, *(each.refused_by for each in handovers if each)}
    for candidate in (
        statement.department,
        context.rulebook.routing.default_department,
    ):
        if candidate in context.rulebook.departments and candidate not in refused:
            return candidate
    return None


def _comment(context: Context, uow: UnitOfWork, statement: OwnerStatement) -> None:
    uow.items.note(
        statement.item_id,
        noted_at=statement.stated_at,
        actor=statement.actor,
        words=statement.words,
    )


_HANDLERS: Mapping[
    StatementKind, Callable[[Context, UnitOfWork, OwnerStatement], None]
] = {
    StatementKind.ACCEPTED: _plain(ActionStatus.ACCEPTED),
    StatementKind.IN_PROGRESS: _plain(ActionStatus.IN_PROGRESS),
    StatementKind.RESOLVED: _plain(ActionStatus.RESOLVED),
    StatementKind.CANCELLED: _plain(ActionStatus.CANCELLED),
    StatementKind.CLOSED: _plain(ActionStatus.CLOSED),
    StatementKind.REJECTED: _reject,
    StatementKind.COMMENT: _comment,
}


def check_department(context: Context, department: str | None) -> None:
    """Raise ConfigurationError unless the rules know *department*."""
    if department is not None and department not in context.rulebook.departments:
        known = ", ".join(context.rulebook.departments)
        raise ConfigurationError(
            f"no department {department!r}; known are {known}",
            code="unknown_department",
            about={"known": known},
        )


def check_moment(uow: UnitOfWork, item_id: str, answered_at: dt.datetime) -> None:
    """Raise ConfigurationError where an answer lies before the item's last move."""
    last = uow.items.moves(item_id)[-1:]
    if last and answered_at < last[0].moved_at:
        raise ConfigurationError(
            f"{item_id} last moved at {last[0].moved_at.isoformat()}; an answer cannot "
            f"lie before that ({answered_at.isoformat()}): give a later --as-of",
            code="before_last_move",
            about={
                "last_moved_at": last[0].moved_at.isoformat(),
                "stated_at": answered_at.isoformat(),
            },
        )
