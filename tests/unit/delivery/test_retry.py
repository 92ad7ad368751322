"""What follows an attempt depends on its outcome, the schedule and the endpoint."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.retry import (
    JITTER,
    DeadLetter,
    Done,
    RetryAt,
    decide,
    read_retry_after,
)
from huixiang.domain.items.outbox import (
    AttemptReason,
    DeadReason,
    DeliveryAttempt,
    Endpoint,
    EventType,
    OutboxMessage,
    Outcome,
)
from huixiang.domain.reason import Reason

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
DELAYS = (5.0, 300.0, 1800.0)


def endpoint(**changes):
    return Endpoint(
        name="oa",
        url="https://oa.example/",
        secret="S",
        delays_seconds=DELAYS,
        **changes,
    )


def message(n_attempts=0):
    return OutboxMessage(
        message_id="msg_1",
        endpoint="oa",
        event=EventType.OPENED,
        item_id="it_1",
        content=None,
        n_attempts=n_attempts,
    )


def after(outcome, *, n_attempts=0, idempotent=True, seed=1, **attempt):
    return decide(
        message(n_attempts),
        DeliveryAttempt(outcome=outcome, attempted_at=NOON, **attempt),
        endpoint(idempotent=idempotent),
        random.Random(seed),
    )


def test_a_delivered_message_is_done():
    assert after(Outcome.DELIVERED, status_code=204) == Done()


@pytest.mark.parametrize("n_attempts", [0, 1, 2])
@given(seed=st.integers())
def test_transient_failures_walk_the_schedule_a_little_late(n_attempts, seed):
    decision = after(Outcome.TRANSIENT, n_attempts=n_attempts, seed=seed)
    assert isinstance(decision, RetryAt)
    seconds = (decision.at - NOON).total_seconds()
    assert DELAYS[n_attempts] <= seconds <= DELAYS[n_attempts] * (1 + JITTER)


def test_retries_spread_out():
    moments = {after(Outcome.TRANSIENT, seed=seed).at for seed in range(20)}
    assert len(moments) > 15


def test_the_last_failure_is_a_dead_letter_that_counts_every_attempt():
    decision = after(Outcome.TRANSIENT, n_attempts=3, status_code=503)
    assert decision == DeadLetter(
        reason=Reason(
            code=DeadReason.GAVE_UP,
            facts={"attempt": "answered", "status_code": 503, "n_attempts": 4},
        )
    )


def test_no_schedule_means_one_attempt():
    once = Endpoint(name="oa", url="https://x", secret="S", delays_seconds=())
    attempt = DeliveryAttempt(outcome=Outcome.TRANSIENT, attempted_at=NOON)
    assert isinstance(decide(message(), attempt, once, random.Random(1)), DeadLetter)


def test_a_refusal_is_final_and_keeps_what_the_endpoint_said():
    reason = Reason(code=AttemptReason.ANSWERED, words="no such board")
    decision = after(Outcome.TERMINAL, status_code=422, reason=reason)
    assert decision == DeadLetter(
        reason=Reason(
            code=DeadReason.REFUSED,
            facts={"attempt": "answered", "status_code": 422},
            words="no such board",
        )
    )


def test_gone_disables_the_endpoint():
    decision = after(Outcome.TERMINAL, status_code=410, disable_endpoint=True)
    assert isinstance(decision, DeadLetter)
    assert decision.disable_endpoint


def test_silence_is_tried_again_where_the_receiver_ignores_second_copies():
    assert isinstance(after(Outcome.UNKNOWN), RetryAt)


@pytest.mark.parametrize(
    ("outcome", "status_code"),
    [
        (Outcome.UNKNOWN, None),
        (Outcome.TRANSIENT, 500),
        (Outcome.TRANSIENT, 502),
        (Outcome.TRANSIENT, 504),
    ],
)
def test_what_may_have_arrived_is_not_repeated_where_a_copy_is_a_second_notice(
    outcome, status_code
):
    decision = after(outcome, status_code=status_code, idempotent=False)
    assert isinstance(decision, DeadLetter)
    assert decision.reason.code is DeadReason.NOT_REPEATABLE


@pytest.mark.parametrize("status_code", [None, 429, 503])
def test_what_surely_did_not_arrive_is_repeated_even_there(status_code):
    decision = after(Outcome.TRANSIENT, status_code=status_code, idempotent=False)
    assert isinstance(decision, RetryAt)


def test_an_accepted_message_whose_answer_broke_off_is_asked_again_for_its_ticket():
    assert isinstance(after(Outcome.UNKNOWN, status_code=200), RetryAt)


def test_an_accepted_message_that_cannot_be_asked_again_is_done():
    assert after(Outcome.UNKNOWN, status_code=200, idempotent=False) == Done()
    assert after(Outcome.UNKNOWN, status_code=200, n_attempts=3) == Done()


def test_a_refusal_that_came_with_200_is_no_delivery():
    decision = after(Outcome.TRANSIENT, status_code=200, n_attempts=3)
    assert isinstance(decision, DeadLetter)


def test_retry_after_is_honoured_when_it_asks_for_more_than_the_schedule():
    asked = dt.timedelta(seconds=7)
    assert after(Outcome.TRANSIENT, retry_after=asked) == RetryAt(at=NOON + asked)


def test_retry_after_never_shortens_the_schedule():
    decision = after(
        Outcome.TRANSIENT, n_attempts=2, retry_after=dt.timedelta(seconds=1)
    )
    assert isinstance(decision, RetryAt)
    assert decision.at >= NOON + dt.timedelta(seconds=1800)


def test_retry_after_is_capped_at_a_day():
    decision = after(Outcome.TRANSIENT, retry_after=dt.timedelta(days=3650))
    assert decision == RetryAt(at=NOON + dt.timedelta(hours=24))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("7", 7),
        (" 120 ", 120),
        ("0", 0),
        ("0000000000012", 12),
        ("315360000", 86400),
        ("9" * 5000, 86400),
        ("Sun, 01 Mar 2026 12:01:00 GMT", 60),
        ("Sunday, 01-Mar-26 12:01:00 GMT", 60),
        ("Sun Mar  1 12:01:00 2026", 60),
        ("Sun, 01 Mar 2026 11:00:00 GMT", 0),
        ("Sun, 01 Mar 2036 12:00:00 GMT", 86400),
        ("Sun, 01 Mar 2026 20:01:00 +0800", 60),
    ],
)
def test_retry_after_is_read_in_every_form(text, seconds):
    assert read_retry_after(text, NOON) == dt.timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "-5",
        "7.5",
        "７",
        "1e3",
        "Sun, 99 Mar 2026 12:00:00 GMT",
        "\x00",
    ],
)
def test_a_retry_after_that_is_garbage_says_nothing(text):
    assert read_retry_after(text, NOON) is None


@given(text=st.text(max_size=80))
def test_no_retry_after_breaks_the_sender(text):
    wait = read_retry_after(text, NOON)
    assert wait is None or dt.timedelta() <= wait <= dt.timedelta(hours=24)


@given(
    outcome=st.sampled_from(list(Outcome)),
    status_code=st.none() | st.integers(100, 599),
    n_attempts=st.integers(0, 12),
    idempotent=st.booleans(),
    asked=st.none() | st.timedeltas(),
)
def test_every_attempt_leads_somewhere_and_never_into_the_past(
    outcome, status_code, n_attempts, idempotent, asked
):
    decision = after(
        outcome,
        n_attempts=n_attempts,
        idempotent=idempotent,
        status_code=status_code,
        retry_after=asked,
    )
    assert isinstance(decision, Done | DeadLetter) or decision.at > NOON
