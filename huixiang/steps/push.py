"""Push: send what is due. Claim, send and record are three separate moments."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.pacing import Pace, fresh_pace, take
from huixiang.delivery.retry import DeadLetter, Done, RetryAt, decide
from huixiang.domain.outbox import DeliveryAttempt, MessageState, OutboxMessage
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

Send = Callable[[OutboxMessage, ResolvedEndpoint], DeliveryAttempt]
Decision = Done | RetryAt | DeadLetter
CLAIM = 100


def push_due(
    context: Context, endpoints: Mapping[str, ResolvedEndpoint], send: Send
) -> Counter[str]:
    """Send every due message once; return how many took each path."""
    paths: Counter[str] = Counter()
    paces: dict[str, Pace] = {}
    while batch := _claim(context, endpoints):
        for message in batch:
            endpoint = endpoints[message.endpoint]
            if _too_fast(context, paces, message, endpoint):
                paths["postponed"] += 1
                continue
            paths[_deliver(context, message, endpoint, send)] += 1
    return paths


def _claim(
    context: Context, endpoints: Mapping[str, ResolvedEndpoint]
) -> list[OutboxMessage]:
    with context.store.reading() as uow:
        usable = set(endpoints) - set(uow.outbox.disabled())
        if not usable or not uow.outbox.n_due(context.now(), usable):
            return []
    with context.transaction("claim") as uow:
        return list(uow.outbox.claim_due(context.now(), context.run_id, usable, CLAIM))


def _too_fast(
    context: Context,
    paces: dict[str, Pace],
    message: OutboxMessage,
    endpoint: ResolvedEndpoint,
) -> bool:
    """Put a message back where the endpoint's pace does not allow it now."""
    at = context.now().timestamp()
    limit = endpoint.endpoint.per_minute
    pace = paces.setdefault(endpoint.name, fresh_pace(limit, at))
    after, wait = take(pace, at)
    if wait <= 0:
        paces[endpoint.name] = after
        return False
    with context.transaction("postpone") as uow:
        uow.outbox.postpone(message.message_id, context.now(), wait)
    return True


def _deliver(
    context: Context, message: OutboxMessage, endpoint: ResolvedEndpoint, send: Send
) -> str:
    attempt = send(message, endpoint)  # no transaction is open while we wait
    context.store.boundary("sent")
    decision = decide(message, attempt, endpoint.endpoint, context.rng)
    with context.transaction("record") as uow:
        _record(context, uow, message, attempt, decision)
    log.info(
        "message.attempted",
        extra={"message_id": message.message_id, "outcome": attempt.outcome.value},
    )
    return type(decision).__name__


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
                uow.outbox.disable(message.endpoint, decision.reason, context.now())
        case Done():
            pass
    uow.outbox.record(
        message, attempt, state=state, next_attempt_at=at, dead_reason=reason
    )
    if message.item_id and attempt.reply and attempt.reply.get("ticket_id"):
        uow.outbox.see_remote(
            message.item_id,
            message.endpoint,
            attempt.reply["ticket_id"],
            attempt.reply.get("status"),
            attempt.attempted_at,
        )
