"""Status reports of other systems, read as acts."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import replace

from huixiang.delivery.status import (
    NotUnderstood,
    ReportedStatus,
    StatusUpdate,
    read_status,
)
from huixiang.domain.acts.act import Act, ActReason, ActTarget, NewAct, TargetKind
from huixiang.domain.acts.decision import (
    AcceptItem,
    CancelItem,
    CommentItem,
    Payload,
    RejectItem,
    ReportItem,
    ResolveItem,
    StartItem,
)
from huixiang.domain.reason import Fact, Reason
from huixiang.errors import ActRefused
from huixiang.steps.acts.effect import ActEffect
from huixiang.steps.acts.items import state_item
from huixiang.steps.acts.masking import masked
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork

_PAYLOADS: Mapping[ReportedStatus, Callable[[StatusUpdate], Payload]] = {
    ReportedStatus.ACCEPTED: lambda said: AcceptItem(reason=said.reason),
    ReportedStatus.IN_PROGRESS: lambda said: StartItem(reason=said.reason),
    ReportedStatus.RESOLVED: lambda said: ResolveItem(
        root_cause=said.root_cause, reason=said.reason
    ),
    ReportedStatus.REJECTED: lambda said: RejectItem(
        reason=said.reason, department=said.suggested_department or ""
    ),
    ReportedStatus.CANCELLED: lambda said: CancelItem(reason=said.reason),
    ReportedStatus.COMMENT: lambda said: CommentItem(reason=said.reason),
}


def with_report(new: NewAct, update: StatusUpdate) -> NewAct:
    """Return *new* with what its endpoint reports."""
    endpoint = new.actor.name
    ticket = ActTarget(kind=TargetKind.TICKET, id=f"{endpoint}:{update.ticket_id}")
    item = ActTarget(kind=TargetKind.ITEM, id=update.item_id or "")
    return replace(
        new,
        target=item if update.item_id else ticket,
        payload=_PAYLOADS[update.status](update),
        claimed_name=update.actor,
        claimed_at=update.occurred_at,
    )


def fault_of(read: NotUnderstood) -> Reason[ActReason]:
    """Return why a report cannot be used."""
    facts: dict[str, Fact] = {"field": read.field} if read.field else {}
    if read.code is ActReason.UNKNOWN_STATUS:
        facts["known"] = ", ".join(ReportedStatus)
    return Reason(code=read.code, facts=facts)


def read_report(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Apply a call that an older version kept as it came, unread."""
    body = act.payload.body if isinstance(act.payload, ReportItem) else ""
    update = read_status(base64.b64decode(body), received_at=act.recorded_at)
    if isinstance(update, NotUnderstood):
        fault = fault_of(update)
        raise ActRefused("it cannot be read", code=fault.code, about=fault.facts)
    kept = NewAct(
        actor=act.actor, door=act.door, target=act.target, payload=act.payload
    )
    said = masked(with_report(kept, update))
    return state_item(
        context,
        uow,
        replace(
            act,
            target=said.target,
            payload=said.payload,
            claimed_name=said.claimed_name,
            claimed_at=said.claimed_at,
        ),
    )
