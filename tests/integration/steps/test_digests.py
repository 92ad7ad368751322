"""Digests: who is told what of a week, once, through the outbox like all the rest."""

import datetime as dt
import json

import pytest

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import person_said
from huixiang.domain.items.outbox import EventType
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.report.digest import publish_digests
from tests.workbench import COLD, Said, open_item, webhook_data

DAY = dt.timedelta(days=1)
MONDAY = dt.datetime(2026, 3, 9, 1, 0, tzinfo=dt.UTC)  # 09:00 in Shanghai
PHONE = "13800138000"


@pytest.fixture
def heard(desk):
    return with_a_week(desk)


def with_a_week(bench):
    """Give the shop complaints, an item, and an endpoint that wants digests."""
    bench.rewrite(
        "endpoints.yaml", "timeout_seconds: 10", "digests: [owners, managers]"
    )
    said = [
        Said(number=str(n), at=MONDAY - (n % 5 + 1) * DAY, words=f"咖啡凉了，打{PHONE}")
        for n in range(8)
    ]
    bench.hear(said)
    open_item(bench, opened_at=MONDAY - 5 * DAY)
    return bench


def publish(bench, as_of=MONDAY):
    bench.clock.pass_(minutes=1)
    with bench.run(as_of, "digest") as context:
        return publish_digests(context)


def digests(bench):
    """Return the digests in the outbox by their reader."""
    with bench.app.store.reading() as uow:
        messages = uow.outbox.messages()
    bodies = [webhook_data(row) for row in messages if row.event is EventType.DIGEST]
    return {
        (body["data"]["department"] or {"id": "managers"})["id"]: body
        for body in bodies
    }


def test_owners_and_managers_are_told_of_the_last_whole_week(heard):
    assert publish(heard) == {"n_published": 4, "n_known": 0}

    told = digests(heard)
    assert set(told) == {"kitchen", "floor", "office", "managers"}
    mine = told["kitchen"]
    assert mine["type"] == "huixiang.digest.published"
    assert (mine["data"]["first_on"], mine["data"]["last_on"]) == (
        "2026-03-02",
        "2026-03-08",
    )
    assert [each["item_id"] for each in mine["data"]["items"]["open"]["first"]] == [
        "ai_1"
    ]
    assert told["floor"]["data"]["items"]["open"]["n"] == 0
    assert "8 complaints" in told["managers"]["data"]["answers"][0]["en"]
    assert heard.ledger_holds()


def test_a_week_is_told_once(bench):
    heard = with_a_week(bench)
    publish(heard)
    before = heard.rows()

    assert publish(heard, MONDAY + 3 * DAY) == {"n_published": 0, "n_known": 4}
    assert heard.rows() == before
    assert publish(heard, MONDAY + 7 * DAY)["n_published"] == 4


def test_nobody_is_told_who_did_not_ask(desk):
    desk.hear([Said(number="1", at=MONDAY - 2 * DAY)])
    open_item(desk, opened_at=MONDAY - 5 * DAY)

    assert publish(desk) == {"n_published": 0, "n_known": 0}


def test_a_digest_quotes_nobody(heard):
    publish(heard)

    words = json.dumps(list(digests(heard).values()), ensure_ascii=False)
    assert PHONE not in words
    assert "打" not in words


def test_an_item_is_told_under_what_happened_to_it(heard):
    open_item(heard, "ai_2", opened_at=MONDAY - 6 * DAY, key=COLD)
    with heard.run(MONDAY - DAY, "item") as context, context.transaction("x") as uow:
        for after in (
            ActionStatus.ACCEPTED,
            ActionStatus.RESOLVED,
            ActionStatus.VERIFIED,
        ):
            uow.items.move(
                "ai_2",
                after,
                moved_at=MONDAY - DAY,
                actor="huixiang",
                reason=person_said("x"),
            )
    publish(heard, MONDAY)

    items = digests(heard)["kitchen"]["data"]["items"]
    listed = {
        name: [each["item_id"] for each in found["first"]]
        for name, found in items.items()
    }
    assert listed == {
        "overdue": ["ai_1"],
        "open": ["ai_1"],
        "reopened": [],
        "verified": ["ai_2"],
    }


def test_a_digest_waits_for_its_endpoint_like_any_message(heard):
    publish(heard)

    with heard.app.store.reading() as uow:
        assert uow.outbox.n_due(heard.clock(), ["desk"]) == 5


def test_a_digest_can_be_explained(heard):
    publish(heard)
    with heard.app.store.reading() as uow:
        messages = uow.outbox.messages()
        digest = next(row for row in messages if row.event is EventType.DIGEST)
        app = heard.app
        found = explain_id(
            digest.message_id,
            Asked(
                uow=uow, rulebook=app.rulebook, router=app.equipment.router, alerts=app.equipment.alerts,
                zone=app.settings.zone,
            ),
        )  # fmt: skip

    assert "“digest”, to desk: queued." in found.lines[0].en
