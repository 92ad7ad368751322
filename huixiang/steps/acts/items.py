"""What is said of action items, by their owners or by the systems they work in."""

import datetime as dt
from collections.abc import Mapping

from huixiang.domain.acts.act import Act, ActReason, TargetKind
from huixiang.domain.acts.decision import (
    ActVerb,
    CommentItem,
    Payload,
    RejectItem,
    ResolveItem,
)
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.statement import OwnerStatement, StatementKind
from huixiang.errors import ActRefused
from huixiang.steps.acts.effect import ActEffect, NotYet
from huixiang.steps.context import Context
from huixiang.steps.items.owner import apply_statement, check_department, check_moment
from huixiang.store.unit_of_work import UnitOfWork

KINDS: Mapping[ActVerb, StatementKind] = {
    ActVerb.ITEM_ACCEPT: StatementKind.ACCEPTED,
    ActVerb.ITEM_START: StatementKind.IN_PROGRESS,
    ActVerb.ITEM_RESOLVE: StatementKind.RESOLVED,
    ActVerb.ITEM_REJECT: StatementKind.REJECTED,
    ActVerb.ITEM_CANCEL: StatementKind.CANCELLED,
    ActVerb.ITEM_CLOSE: StatementKind.CLOSED,
    ActVerb.ITEM_COMMENT: StatementKind.COMMENT,
}


def state_item(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Move or comment the item that *act* is about."""
    if act.from_call:
        item_id = _item_of_call(context, uow, act)
        stated_at = _not_before(context, uow, item_id, act.moment)
    else:
        item_id = act.target.id
        check_department(context, _department(act.payload))
        stated_at = _stated_at(context, uow, act)
    statement = OwnerStatement(
        item_id=item_id,
        kind=KINDS[act.verb],
        stated_at=stated_at,
        actor=act.who,
        words=getattr(act.payload, "reason", ""),
        root_cause=_root_cause(act.payload),
        department=_department(act.payload),
        endpoint=act.actor.name if act.from_call else None,
    )
    apply_statement(context, uow, statement)
    item = uow.items.get(item_id)
    return ActEffect(
        item_id=item_id,
        facts={"status": item.status.value, "department": item.department},
    )


def _stated_at(context: Context, uow: UnitOfWork, act: Act) -> dt.datetime:
    """Return when a person's word counts; a time they gave must be after the last move.

    Without one it is now, however long it waited for others to end.
    """
    if act.claimed_at is not None:
        check_moment(uow, act.target.id, context.as_of)
        return context.as_of
    moves = uow.items.moves(act.target.id)
    return max([context.as_of, *(move.moved_at for move in moves[-1:])])


def _root_cause(payload: Payload) -> str:
    return payload.root_cause if isinstance(payload, ResolveItem) else ""


def _department(payload: Payload) -> str | None:
    return (payload.department or None) if isinstance(payload, RejectItem) else None


def _item_of_call(context: Context, uow: UnitOfWork, act: Act) -> str:
    """Return the item a call is about; raise where it says nothing new of it."""
    item_id = _known_item(uow, act)
    if act.moment > context.as_of:
        raise NotYet
    if act.actor.name not in uow.outbox.endpoints_told(item_id):
        raise ActRefused(
            f"endpoint {act.actor.name} was never told of {item_id}",
            code=ActReason.NEVER_TOLD,
        )
    _check_news(uow, act, item_id)
    return item_id


def _known_item(uow: UnitOfWork, act: Act) -> str:
    """Return the item; a ticket can be spoken of before we hear of it ourselves."""
    if act.target.kind is TargetKind.ITEM:
        return act.target.id
    endpoint = act.actor.name
    ticket_id = act.target.id.removeprefix(f"{endpoint}:")
    item_id = uow.outbox.item_of_ticket(endpoint, ticket_id)
    if item_id is None:
        raise NotYet(for_ticket=True)
    return item_id


def _check_news(uow: UnitOfWork, act: Act, item_id: str) -> None:
    """Raise ActRefused where a status is no news any more.

    Calls overtake each other: what the sender says happened before a status that was
    applied, or before the item was re-opened, is about a state that is over.
    """
    if isinstance(act.payload, CommentItem):
        return
    reopened = [
        move.moved_at
        for move in uow.items.moves(item_id)
        if move.after is ActionStatus.REOPENED and move.before is not move.after
    ]
    newest = uow.acts.newest_claim(act.actor.name, item_id)
    known = max([*reopened[-1:], *([newest] if newest else [])], default=act.moment)
    if act.moment < known:
        raise ActRefused(
            f"{KINDS[act.verb].value} of {act.moment.isoformat()} was overtaken by "
            f"what happened at {known.isoformat()}",
            code=ActReason.OVERTAKEN,
            about={"happened_at": act.moment.isoformat(), "by": known.isoformat()},
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
