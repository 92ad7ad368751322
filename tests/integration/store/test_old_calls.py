"""Calls that older versions kept become acts, none lost, whatever became of them."""

import base64
import datetime as dt
import json

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from huixiang.domain.acts.act import ActOutcome, ActReason, NewAct
from huixiang.domain.acts.decision import ActVerb, CommentItem
from huixiang.store.engine import Store, migrate, open_engine
from huixiang.store.tables.types import UtcDateTime
from huixiang.store.vault import Vault

AT = dt.datetime(2026, 1, 1, 8, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
BODY = json.dumps({"item_id": "ai_1", "status": "accepted"}).encode()
CALLS = sa.table(
    "inbox_call",
    sa.column("call_id"), sa.column("door"), sa.column("name"),
    sa.column("received_at", UtcDateTime()), sa.column("body", sa.LargeBinary()),
    sa.column("state"), sa.column("applied_at", UtcDateTime()), sa.column("reason"),
    sa.column("item_id"), sa.column("claimed_at", UtcDateTime()),
)  # fmt: skip


def call(number, state, **more):
    fields = dict.fromkeys(("body", "applied_at", "reason", "item_id"))
    return {
        "call_id": f"status:desk:{number}",
        "door": "status",
        "name": "desk",
        "received_at": AT + number * HOUR,
        "state": state,
        "claimed_at": None,
        **fields,
        **more,
    }


@pytest.fixture
def store(database_url):
    vault = Vault(Fernet.generate_key())
    store = Store(open_engine(database_url), vault)
    migrate(store._engine, "0009")
    rows = [
        call(1, "applied", applied_at=AT, reason="resolved", item_id="ai_1",
             claimed_at=AT - HOUR),
        call(2, "applied", applied_at=AT, reason="comment", item_id="ai_1"),
        call(3, "applied", applied_at=AT, reason="rejected", item_id="ai_2",
             claimed_at=AT),
        call(5, "ignored", applied_at=AT, reason="no action item ai_x; see …"),
        call(4, "waiting", body=vault.seal(BODY)),
    ]  # fmt: skip
    with store._engine.begin() as connection:
        for row in rows:
            connection.execute(CALLS.insert().values(**row))
    store.migrate()
    yield store
    store.close()


def acts(store):
    with store.reading() as uow:
        return [uow.acts.get(key) for key in _ids(store)]


def _ids(store):
    with store._engine.connect() as connection:
        rows = connection.execute(sa.text("SELECT act_id FROM act ORDER BY number"))
        return list(rows.scalars())


def test_each_call_is_an_act_with_what_became_of_it(store):
    kept = [(a.call_id[-1], a.verb, a.outcome, a.target.id) for a in acts(store)]

    assert kept == [
        ("1", ActVerb.ITEM_RESOLVE, ActOutcome.APPLIED, "ai_1"),
        ("2", ActVerb.ITEM_COMMENT, ActOutcome.APPLIED, "ai_1"),
        ("3", ActVerb.ITEM_REJECT, ActOutcome.APPLIED, "ai_2"),
        ("4", ActVerb.ITEM_REPORT, ActOutcome.WAITING, ""),
        ("5", ActVerb.ITEM_REPORT, ActOutcome.REFUSED, ""),
    ]
    assert {str(act.actor) for act in acts(store)} == {"endpoint:desk"}
    assert acts(store)[4].settlement.reason is ActReason.EARLIER_VERSION
    assert acts(store)[4].payload.note == "no action item ai_x; see …"
    assert acts(store)[0].recorded_at == AT + HOUR


def test_what_waited_can_still_be_read_and_applied(store):
    waiting = acts(store)[3]

    assert base64.b64decode(waiting.payload.body) == BODY
    with store.reading() as uow:
        assert [act.act_id for act in uow.acts.waiting()] == [waiting.act_id]


def test_the_newest_claim_of_an_endpoint_is_still_known(store):
    with store.reading() as uow:
        assert uow.acts.newest_claim("desk", "ai_1") == AT - HOUR
        assert uow.acts.newest_claim("desk", "ai_none") is None


def test_they_are_chained_and_the_chain_goes_on(store):
    first = acts(store)[0]
    with store.transaction("more") as uow:
        uow.acts.add(
            NewAct(
                actor=first.actor,
                door=first.door,
                target=first.target,
                payload=CommentItem(reason="好"),
            ),
            AT,
        )

    with store.reading() as uow:
        assert uow.acts.broken() is None
    assert [act.number for act in acts(store)] == [1, 2, 3, 4, 5, 6]


def test_the_old_table_is_gone(store):
    with store._engine.connect() as connection:
        assert "inbox_call" not in sa.inspect(connection).get_table_names()
