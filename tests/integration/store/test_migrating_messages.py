"""Messages of old databases: every row is there, goes out as it was, reasons are codes."""

import datetime as dt

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from huixiang.delivery.platforms.webhook import CONTENT_TYPE
from huixiang.domain.items.outbox import AttemptReason, DeadReason, MessageState
from huixiang.store.engine import Store, migrate, open_engine
from huixiang.store.tables.types import UtcDateTime
from huixiang.store.vault import Vault
from huixiang.wording.items.messages import attempt_words, dead_words, disabled_words

AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
BODY = '{"data":{"title":{"zh":"【改进·高】咖啡凉","en":"x"}},"id":"msg_queued"}'
REFUSED = "endpoint answered 422: gave up after 2 attempts; last: 看板: 不存在"
GAVE_UP = "gave up after 2 attempts; last: endpoint answered 503"
SILENT = "sent, but no answer in time: it may have arrived"
TWICE = (
    f"{SILENT}; it may have arrived and the endpoint is not idempotent, so a second "
    "copy could be a second notice"
)
NO_PORT = "not sent: no connection (ConnectionRefusedError)"
LONG_AGO = "the dog ate it"

MESSAGES = {
    "msg_queued": ("queued", 1, None),
    "msg_delivered": ("delivered", 2, None),
    "msg_refused": ("dead", 1, REFUSED),
    "msg_gave_up": ("dead", 2, GAVE_UP),
    "msg_silent": ("dead", 1, TWICE),
}
ATTEMPTS = [
    ("msg_queued", 1, "transient", None, NO_PORT),
    ("msg_delivered", 1, "unknown", 200, "endpoint answered 200, but the answer broke off"),
    ("msg_delivered", 2, "delivered", 200, "endpoint answered 200"),
    ("msg_refused", 1, "terminal", 422, REFUSED),
    ("msg_gave_up", 1, "terminal", None, LONG_AGO),
    ("msg_gave_up", 2, "transient", 503, "endpoint answered 503"),
    ("msg_silent", 1, "unknown", None, SILENT),
]  # fmt: skip


@pytest.fixture
def outbox(database_url):
    """The outbox of a database that version 0010 wrote."""
    engine = open_engine(database_url)
    migrate(engine, "0010")
    with engine.begin() as connection:
        _write(connection)
    migrate(engine)
    store = Store(engine, Vault(Fernet.generate_key()))
    with store.transaction("look") as uow:
        yield uow.outbox
    engine.dispose()


def _write(connection):
    at = sa.bindparam("at", AT, UtcDateTime())
    for message_id, (state, n, reason) in MESSAGES.items():
        connection.execute(
            sa.text(
                "INSERT INTO outbox_message (message_id, endpoint, event, body, state, "
                "n_attempts, next_attempt_at, dead_reason, created_at) VALUES (:id, "
                "'desk', 'huixiang.action_item.opened', :body, :state, :n, :at, :why, :at)"
            ).bindparams(at, id=message_id, body=BODY, state=state, n=n, why=reason)
        )
    for message_id, number, outcome, status, detail in ATTEMPTS:
        connection.execute(
            sa.text(
                "INSERT INTO delivery_attempt (message_id, number, outcome, "
                "attempted_at, status_code, detail) VALUES (:id, :n, :outcome, :at, "
                ":status, :detail)"
            ).bindparams(
                at, id=message_id, n=number, outcome=outcome, status=status,
                detail=detail,
            )
        )  # fmt: skip
    connection.execute(
        sa.text(
            "INSERT INTO endpoint (endpoint, disabled_at, disabled_reason) VALUES "
            "('desk', :at, 'endpoint answered 410: moved away'), ('other', NULL, NULL)"
        ).bindparams(at)
    )


def test_no_message_is_lost_and_each_stands_where_it_stood(outbox):
    stored = {each.message_id: each for each in outbox.messages()}
    assert {
        name: (each.state.value, each.n_attempts) for name, each in stored.items()
    } == {name: row[:2] for name, row in MESSAGES.items()}
    assert all(each.content is None for each in stored.values())


def test_what_was_queued_is_sent_in_the_bytes_it_was_queued_with(outbox):
    (message,) = outbox.claim_due(AT, "run", ["desk"], 10)
    assert message.message_id == "msg_queued"
    assert message.rendered.body == BODY.encode()
    assert message.rendered.content_type == CONTENT_TYPE
    assert (message.rendered.method, message.rendered.path) == ("POST", "")


def test_a_dead_letter_of_old_days_can_be_replayed(outbox):
    assert outbox.replay(["msg_refused"], AT) == 1
    messages = outbox.claim_due(AT, "run", ["desk"], 10)
    assert {each.message_id for each in messages} == {"msg_queued", "msg_refused"}
    assert all(each.rendered.body == BODY.encode() for each in messages)


def test_why_a_message_died_is_told_by_its_last_attempt_not_by_anybodys_words(outbox):
    dead = {each.message_id: each.dead_reason for each in outbox.messages()}
    assert [dead[name].code for name in ("msg_refused", "msg_gave_up", "msg_silent")] == [
        DeadReason.REFUSED, DeadReason.GAVE_UP, DeadReason.NOT_REPEATABLE,
    ]  # fmt: skip
    assert dead_words(dead["msg_refused"]).en == REFUSED
    assert dead_words(dead["msg_gave_up"]).en == GAVE_UP
    assert dead_words(dead["msg_silent"]).en == TWICE
    assert dead["msg_queued"] is None


def test_every_attempt_says_in_english_what_it_said_before(outbox):
    for message_id, number, outcome, status, detail in ATTEMPTS:
        attempt = outbox.attempts(message_id)[number - 1]
        assert (attempt.outcome.value, attempt.status_code) == (outcome, status)
        if attempt.reason.code is AttemptReason.AS_WRITTEN:
            assert attempt.reason.words == detail
        elif attempt.reason.code is not AttemptReason.ANSWER_BROKE_OFF:
            assert attempt_words(attempt.reason, status).en == detail


def test_an_endpoint_that_was_gone_stays_disabled(outbox):
    assert set(outbox.disabled()) == {"desk"}
    why = disabled_words(outbox.disabled()["desk"].reason)
    assert why.en == "endpoint answered 410: moved away"


def test_new_messages_are_kept_beside_the_old_ones(outbox):
    assert len(outbox.messages(MessageState.DEAD)) == 3
