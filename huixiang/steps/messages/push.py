"""Push: send what is due. Claim, send and record are three separate moments."""

import dataclasses
import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Mapping

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.pacing import Pace, pace_after, take
from huixiang.delivery.rendering import render
from huixiang.delivery.retry import DeadLetter, Done, RetryAt, decide
from huixiang.domain.items.outbox import (
    AttemptReason,
    DeliveryAttempt,
    DisabledEndpoint,
    DisabledReason,
    MessageState,
    OutboxMessage,
    Outcome,
    RemoteTicket,
)
from huixiang.domain.reason import Reason
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

Send = Callable[[OutboxMessage, ResolvedEndpoint], DeliveryAttempt]
Decision = Done | RetryAt | DeadLetter
CLAIM = 100
PATHS: Mapping[type[Decision], str] = {
    Done: "delivered",
    RetryAt: "queued again",
    DeadLetter: "dead letter",
}


def push_due(
    context: Context, endpoints: Mapping[str, ResolvedEndpoint], send: Send
) -> Counter[str]:
    """Send every due message once; return how many took each path."""
    paths: Counter[str] = Counter()
    paces = _paces(context, endpoints)
    gone: set[str] = set()
    while batch := _claim(context, endpoints):
        for message in batch:
            endpoint = endpoints[message.endpoint]
            if message.endpoint in gone:
                _put_back(context, message, 0)
                paths["postponed"] += 1
            elif _cannot_repeat(message, endpoint):
                paths[_give_up(context, message, endpoint, gone)] += 1
            elif _too_fast(context, paces, message, endpoint):
                paths["postponed"] += 1
            else:
                paths[_deliver(context, message, endpoint, send, gone)] += 1
    return paths


def _paces(
    context: Context, endpoints: Mapping[str, ResolvedEndpoint]
) -> dict[str, Pace]:
    """Return how fast each endpoint may hear us, after what it heard a moment ago."""
    now = context.now()
    with context.store.reading() as uow:
        sent = uow.outbox.attempted_since(now - dt.timedelta(minutes=1))
    return {
        name: pace_after(
            endpoint.per_minute,
            [at.timestamp() for at in sent.get(name, ())],
            now.timestamp(),
        )
        for name, endpoint in endpoints.items()
    }


def _cannot_repeat(message: OutboxMessage, endpoint: ResolvedEndpoint) -> bool:
    """Say whether a dead run may have sent what the receiver would take twice.

    A platform that can be asked whether it has the message is asked while sending.
    """
    if message.state is not MessageState.SENDING or endpoint.endpoint.idempotent:
        return False
    return endpoint.platform.find(message, endpoint.url) is None


def _give_up(
    context: Context,
    message: OutboxMessage,
    endpoint: ResolvedEndpoint,
    gone: set[str],
) -> str:
    attempt = DeliveryAttempt(
        outcome=Outcome.UNKNOWN,
        attempted_at=context.now(),
        reason=Reason(code=AttemptReason.SENDER_DIED),
    )
    return _settle(context, message, attempt, endpoint, gone)


def _claim(
    context: Context, endpoints: Mapping[str, ResolvedEndpoint]
) -> list[OutboxMessage]:
    with context.store.reading() as uow:
        usable = set(endpoints) - set(uow.outbox.disabled())
        if not usable or not uow.outbox.n_due(context.now(), usable):
            return []
    with context.transaction("claim") as uow:
        claimed = uow.outbox.claim_due(context.now(), context.run_id, usable, CLAIM)
        return [_fixed(uow, each, endpoints[each.endpoint]) for each in claimed]


def _fixed(
    uow: UnitOfWork, message: OutboxMessage, endpoint: ResolvedEndpoint
) -> OutboxMessage:
    """Fix the bytes of a message before it is first sent: a crash changes none."""
    if message.rendered is not None:
        return message
    rendered = render(message, endpoint)
    if rendered is not None:
        uow.outbox.keep_rendered(message.message_id, rendered)
    return dataclasses.replace(message, rendered=rendered)


def _too_fast(
    context: Context,
    paces: dict[str, Pace],
    message: OutboxMessage,
    endpoint: ResolvedEndpoint,
) -> bool:
    """Put a message back where the endpoint's pace does not allow it now."""
    at = context.now().timestamp()
    after, wait = take(paces[endpoint.name], at)
    if wait <= 0:
        paces[endpoint.name] = after
        return False
    _put_back(context, message, wait)
    return True


def _put_back(context: Context, message: OutboxMessage, seconds: float) -> None:
    with context.transaction("postpone") as uow:
        uow.outbox.postpone(message.message_id, context.now(), seconds)


def _deliver(
    context: Context,
    message: OutboxMessage,
    endpoint: ResolvedEndpoint,
    send: Send,
    gone: set[str],
) -> str:
    attempt = send(message, endpoint)  # no transaction is open while we wait
    context.store.boundary("sent")
    return _settle(context, message, attempt, endpoint, gone)


def _settle(
    context: Context,
    message: OutboxMessage,
    attempt: DeliveryAttempt,
    endpoint: ResolvedEndpoint,
    gone: set[str],
) -> str:
    """Record an attempt with what follows from it; *gone* learns of the disabled."""
    decision = decide(message, attempt, endpoint.endpoint, context.rng)
    with context.transaction("record") as uow:
        _record(context, uow, message, attempt, decision)
    if isinstance(decision, DeadLetter) and decision.disable_endpoint:
        gone.add(message.endpoint)
    log.info(
        "message.attempted",
        extra={"message_id": message.message_id, "outcome": attempt.outcome.value},
    )
    return PATHS[type(decision)]


def _record(
    context: Context,
    uow: UnitOfWork,
    message: OutboxMessage,
    attempt: DeliveryAttempt,
    decision: Decision,
) -> None:
    state, at, reason = MessageState.DELIVERED, attempt.attempted_at, None
    match decision:
        case RetryAt():
            state, at = MessageState.QUEUED, decision.at
        case DeadLetter():
            state, reason = MessageState.DEAD, decision.reason
            if decision.disable_endpoint:
                _disable(context, uow, message.endpoint, attempt)
        case Done():
            pass
    uow.outbox.record(
        message, attempt, state=state, next_attempt_at=at, dead_reason=reason
    )
    _see_ticket(uow, message, attempt)


def _disable(
    context: Context, uow: UnitOfWork, endpoint: str, attempt: DeliveryAttempt
) -> None:
    facts = {**attempt.reason.facts, "status_code": attempt.status_code}
    reason = Reason(code=DisabledReason.GONE, facts=facts, words=attempt.reason.words)
    uow.outbox.disable(
        DisabledEndpoint(endpoint=endpoint, disabled_at=context.now(), reason=reason)
    )


def _see_ticket(
    uow: UnitOfWork, message: OutboxMessage, attempt: DeliveryAttempt
) -> None:
    """Note the ticket that the answer named, if it named one."""
    reply = attempt.reply
    if message.item_id is None or reply is None or reply.ticket_id is None:
        return
    uow.outbox.see_remote(
        RemoteTicket(
            item_id=message.item_id,
            endpoint=message.endpoint,
            remote_ticket_id=reply.ticket_id,
            remote_status=reply.status,
            seen_at=attempt.attempted_at,
        )
    )
