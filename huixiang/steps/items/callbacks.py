"""Sync status: apply what endpoints called back about their tickets."""

import datetime as dt
import logging
from collections import Counter

from huixiang.delivery.status import (
    NotUnderstood,
    ReportedStatus,
    StatusUpdate,
    read_status,
)
from huixiang.domain.action import ActionStatus
from huixiang.domain.inbox import InboxState
from huixiang.domain.statement import OwnerStatement, StatementKind
from huixiang.errors import IllegalMove, NotFound
from huixiang.intake.redaction import mask
from huixiang.steps.context import Context
from huixiang.steps.items.owner import apply_statement
from huixiang.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)


def sync_status(context: Context) -> Counter[str]:
    """Apply waiting callbacks in the order of their business time.

    One whose time lies after this run's business time waits; so does one whose ticket
    nobody knows yet (it can overtake our own record of it).
    """
    paths: Counter[str] = Counter()
    for call_id, endpoint, update in _readable(context, paths):
        paths[_apply(context, call_id, endpoint, update)] += 1
    return paths


def _readable(
    context: Context, paths: Counter[str]
) -> list[tuple[str, str, StatusUpdate]]:
    with context.store.reading() as uow:
        calls = uow.inbox.waiting("status")
    updates = []
    for call in calls:
        read = read_status(call.body, received_at=call.received_at)
        if isinstance(read, NotUnderstood):
            _settle(context, call.call_id, InboxState.IGNORED, read.reason)
            paths["not understood"] += 1
        elif read.occurred_at <= context.as_of:
            updates.append((call.call_id, call.name, read))
    # The calls come as they were received; that order stays among equal times.
    return sorted(updates, key=lambda each: each[2].occurred_at)


def _apply(context: Context, call_id: str, endpoint: str, update: StatusUpdate) -> str:
    try:
        with context.transaction("status") as uow:
            item_id = update.item_id or uow.outbox.item_of_ticket(
                endpoint, update.ticket_id or ""
            )
            if item_id is None:
                return "waiting"
            late = _not_theirs(uow, item_id, endpoint) or _overtaken(
                uow, item_id, endpoint, update
            )
            if late is None:
                statement = _statement(context, uow, item_id, endpoint, update)
                apply_statement(context, uow, statement)
                uow.inbox.settle(
                    call_id,
                    InboxState.APPLIED,
                    settled_at=context.now(),
                    reason=update.status.value,
                    item_id=item_id,
                    claimed_at=update.occurred_at if _moves(update) else None,
                )
    except (IllegalMove, NotFound) as error:
        late = str(error)
    return "applied" if late is None else _ignore(context, call_id, late)


def _ignore(context: Context, call_id: str, reason: str) -> str:
    log.warning("callback.ignored", extra={"call_id": call_id})
    _settle(context, call_id, InboxState.IGNORED, reason)
    return "ignored"


def _not_theirs(uow: UnitOfWork, item_id: str, endpoint: str) -> str | None:
    """Say why an endpoint may not speak of an item: it never heard of it."""
    if endpoint in uow.outbox.endpoints_told(item_id):
        return None
    return f"endpoint {endpoint} was never told of {item_id}"


def _moves(update: StatusUpdate) -> bool:
    return update.status is not ReportedStatus.COMMENT


def _overtaken(
    uow: UnitOfWork, item_id: str, endpoint: str, update: StatusUpdate
) -> str | None:
    """Say why a status is no news any more; None where it is.

    Calls overtake each other: what the sender says happened before a status that was
    applied, or before the item was re-opened, is about a state that is over.
    """
    if not _moves(update):
        return None
    reopened = [
        move.moved_at
        for move in uow.items.moves(item_id)
        if move.after is ActionStatus.REOPENED and move.before is not move.after
    ]
    newest = uow.inbox.newest_claim(endpoint, item_id)
    known = [*reopened[-1:], *([newest] if newest else [])]
    if not known or update.occurred_at >= max(known):
        return None
    return (
        f"{update.status.value} of {update.occurred_at.isoformat()} was overtaken by "
        f"what happened at {max(known).isoformat()}"
    )


def _settle(context: Context, call_id: str, state: InboxState, reason: str) -> None:
    with context.transaction("status") as uow:
        uow.inbox.settle(call_id, state, settled_at=context.now(), reason=reason)


def _statement(
    context: Context, uow: UnitOfWork, item_id: str, endpoint: str, update: StatusUpdate
) -> OwnerStatement:
    return OwnerStatement(
        item_id=item_id,
        kind=StatementKind(update.status.value),
        stated_at=_not_before(context, uow, item_id, update.occurred_at),
        actor=mask(update.actor) or endpoint,
        words=mask(update.reason),
        root_cause=mask(update.root_cause),
        department=update.suggested_department,
        endpoint=endpoint,
    )


def _not_before(
    context: Context, uow: UnitOfWork, item_id: str, claimed_at: dt.datetime
) -> dt.datetime:
    """Return when it happened, as far as we believe it.

    Nothing may claim to have happened before our last look, nor before the item's
    last move: a fix dated back to the bottom of a dip would prove anything.
    """
    moves = uow.items.moves(item_id)
    looked = uow.runs.latest_as_of("loop"), uow.runs.latest_as_of("deliver")
    bounds = [moves[-1].moved_at] if moves else []
    bounds += [each for each in looked if each is not None and each <= context.as_of]
    return max([claimed_at, *bounds])
