"""What endpoints call back: read, checked and kept before it is answered."""

import base64
import datetime as dt
import enum
from dataclasses import dataclass, replace

from huixiang.delivery.status import NotUnderstood, read_status
from huixiang.domain.acts.act import (
    Act,
    ActDoor,
    Actor,
    ActorKind,
    ActOutcome,
    ActReason,
    ActTarget,
    NewAct,
    Settlement,
    SignedCall,
    TargetKind,
)
from huixiang.domain.acts.decision import ReportItem
from huixiang.domain.reason import Reason
from huixiang.steps.acts.masking import masked
from huixiang.steps.acts.reports import fault_of, with_report
from huixiang.store.engine import Store
from huixiang.store.unit_of_work import UnitOfWork

_NOTHING = ActTarget(kind=TargetKind.ITEM, id="")
"""What a call is about that nobody could read."""


class CallAnswer(enum.StrEnum):
    """How a genuine call is answered; whatever it is, the call is kept."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    UNUSABLE = "unusable"
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenCall:
    """A call that was taken in: the answer, and why it cannot be used, if it cannot."""

    answer: CallAnswer
    reason: Reason[ActReason] | None = None


def take_call(
    store: Store,
    *,
    endpoint: str,
    webhook_id: str,
    received_at: dt.datetime,
    body: bytes,
) -> TakenCall:
    """Keep a status call as an act; one that cannot be used as a refused one.

    The same call again is answered as before, another one under its id is refused.
    """
    call = SignedCall(call_id=f"status:{endpoint}:{webhook_id}", content=body)
    with store.transaction("inbound", at=received_at) as uow:
        earlier = uow.acts.of_call(call)
        for each in earlier:
            if each.is_same:
                return _again(each.act)
        new, reason = _understood(uow, endpoint, call, received_at)
        if earlier:
            new, reason = _as_it_came(new), Reason(code=ActReason.OTHER_CONTENT)
        act = uow.acts.add(masked(new), received_at)
        if reason is not None:
            _refuse(uow, act, reason)
    return _taken(reason)


def _again(act: Act) -> TakenCall:
    """Answer a repeated call: as before where it was refused when it came."""
    settlement = act.settlement
    if (
        settlement is None
        or settlement.outcome is not ActOutcome.REFUSED
        or settlement.reason is None
        or settlement.run_id is not None
        or settlement.reason is ActReason.EARLIER_VERSION
    ):
        return TakenCall(answer=CallAnswer.DUPLICATE)
    return _taken(Reason(code=settlement.reason, facts=settlement.facts))


def _taken(reason: Reason[ActReason] | None) -> TakenCall:
    if reason is None:
        return TakenCall(answer=CallAnswer.STORED)
    is_conflict = reason.code is ActReason.OTHER_CONTENT
    answer = CallAnswer.CONFLICT if is_conflict else CallAnswer.UNUSABLE
    return TakenCall(answer=answer, reason=reason)


def _refuse(uow: UnitOfWork, act: Act, reason: Reason[ActReason]) -> None:
    uow.acts.settle(
        act.act_id,
        Settlement(
            outcome=ActOutcome.REFUSED,
            settled_at=act.recorded_at,
            reason=reason.code,
            facts=reason.facts,
        ),
    )


def _understood(
    uow: UnitOfWork, endpoint: str, call: SignedCall, received_at: dt.datetime
) -> tuple[NewAct, Reason[ActReason] | None]:
    """Return the act that a call amounts to, and why it cannot be used."""
    unread = NewAct(
        actor=Actor(kind=ActorKind.ENDPOINT, name=endpoint),
        door=ActDoor.CALL,
        target=_NOTHING,
        payload=ReportItem(),
        call=call,
    )
    update = read_status(call.content, received_at=received_at)
    if isinstance(update, NotUnderstood):
        return _as_it_came(unread), fault_of(update)
    if update.item_id and endpoint not in uow.outbox.endpoints_told(update.item_id):
        # Nor does anybody learn which items there are.
        return _as_it_came(unread), Reason(code=ActReason.UNKNOWN_ITEM)
    return with_report(unread, update), None


def _as_it_came(new: NewAct) -> NewAct:
    """Return an act that keeps the call's body, sealed, and claims nothing."""
    content = new.call.content if new.call else b""
    body = base64.b64encode(content).decode("ascii")
    return replace(
        new,
        target=_NOTHING,
        payload=ReportItem(body=body),
        claimed_name="",
        claimed_at=None,
    )
