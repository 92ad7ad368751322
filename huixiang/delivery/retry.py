"""Decide what to do after a delivery attempt. Pure: no clock, no network."""

import datetime as dt
import email.utils
import random
import re
from dataclasses import dataclass

from huixiang.domain.items.outbox import (
    DeadReason,
    DeliveryAttempt,
    Endpoint,
    OutboxMessage,
    Outcome,
)
from huixiang.domain.reason import Fact, Reason

JITTER = 0.2
"""A retry comes up to this share later than planned, so that retries spread out."""

LONGEST_WAIT = dt.timedelta(hours=24)
"""The most that an endpoint's Retry-After is believed."""

_SECONDS = re.compile(r"[0-9]+")
_MAX_DIGITS = 9
# Answers of a server that may have done the work before it failed.
_MAYBE_DONE = frozenset({500, 502, 504})


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """The endpoint has it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RetryAt:
    """Try again, not before this moment."""

    at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadLetter:
    """Give up and keep the reason for a person."""

    reason: Reason[DeadReason]
    disable_endpoint: bool = False


Decision = Done | RetryAt | DeadLetter


def decide(
    message: OutboxMessage,
    attempt: DeliveryAttempt,
    endpoint: Endpoint,
    rng: random.Random,
) -> Decision:
    """Return the next move for *message* after *attempt*."""
    if attempt.outcome is Outcome.DELIVERED:
        return Done()
    if attempt.outcome is Outcome.TERMINAL:
        return DeadLetter(
            reason=_dead(DeadReason.REFUSED, attempt),
            disable_endpoint=attempt.disable_endpoint,
        )
    if not endpoint.idempotent and may_have_arrived(attempt):
        return _cannot_repeat(attempt)
    if message.n_attempts >= len(endpoint.delays_seconds):
        return _exhausted(message, attempt)
    return RetryAt(at=_next_try(message, attempt, endpoint, rng))


def read_retry_after(text: str | None, at: dt.datetime) -> dt.timedelta | None:
    """Read a Retry-After header (seconds or HTTP date), or None where it says nothing."""
    value = (text or "").strip()
    if _SECONDS.fullmatch(value):
        if len(value.lstrip("0")) > _MAX_DIGITS:
            return LONGEST_WAIT
        return min(dt.timedelta(seconds=int(value)), LONGEST_WAIT)
    moment = _http_date(value)
    if moment is None:
        return None
    return min(max(moment - at, dt.timedelta()), LONGEST_WAIT)


def _http_date(value: str) -> dt.datetime | None:
    try:
        moment = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def _accepted(attempt: DeliveryAttempt) -> bool:
    """Say whether only the rest of a yes is missing; a refusal may come with 200 too."""
    broke_off = attempt.outcome is Outcome.UNKNOWN
    return broke_off and attempt.status_code in range(200, 300)


def may_have_arrived(attempt: DeliveryAttempt) -> bool:
    """Say whether the endpoint may have the message although it did not say so."""
    return attempt.outcome is Outcome.UNKNOWN or attempt.status_code in _MAYBE_DONE


def _cannot_repeat(attempt: DeliveryAttempt) -> Decision:
    if _accepted(attempt):
        return Done()
    return DeadLetter(reason=_dead(DeadReason.NOT_REPEATABLE, attempt))


def _exhausted(message: OutboxMessage, attempt: DeliveryAttempt) -> Decision:
    if _accepted(attempt):
        return Done()
    reason = _dead(DeadReason.GAVE_UP, attempt, n_attempts=message.n_attempts + 1)
    return DeadLetter(reason=reason)


def _dead(
    code: DeadReason, attempt: DeliveryAttempt, **facts: Fact
) -> Reason[DeadReason]:
    """Return why a message is given up, with what is known of its last try."""
    last = {"attempt": attempt.reason.code.value, "status_code": attempt.status_code}
    return Reason(
        code=code,
        facts={**attempt.reason.facts, **last, **facts},
        words=attempt.reason.words,
    )


def _next_try(
    message: OutboxMessage,
    attempt: DeliveryAttempt,
    endpoint: Endpoint,
    rng: random.Random,
) -> dt.datetime:
    planned = dt.timedelta(seconds=endpoint.delays_seconds[message.n_attempts])
    asked = min(attempt.retry_after or dt.timedelta(), LONGEST_WAIT)
    return attempt.attempted_at + max(planned * (1 + JITTER * rng.random()), asked)
