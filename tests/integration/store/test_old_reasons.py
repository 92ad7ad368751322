"""Texts that older versions kept of moves and routes become codes and facts."""

import datetime as dt

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import (
    MoveReason,
    alarmed_again_by,
    implied_by,
    judged_as,
    opened_by,
    person_said,
    rerouted,
)
from huixiang.domain.items.route import MatchedPart
from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.store.engine import migrate, open_engine
from huixiang.store.queries.coding.coding_rows import stored_route
from huixiang.store.queries.items.items import Items
from huixiang.store.tables.coding import RouteRow
from huixiang.store.tables.items import RemoteTicketRow
from huixiang.store.tables.types import UtcDateTime
from huixiang.wording.items.routes import why_route
from tests.imitations import IMITATIONS

DOCUMENT = sa.JSON().with_variant(JSONB(), "postgresql")
AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LOOP, PERSON = "huixiang", "小王"


@pytest.fixture
def engine(database_url):
    opened = open_engine(database_url)
    migrate(opened, "0008")
    yield opened
    opened.dispose()


def keep(engine, *moves):
    """Store an item with its moves (before, after, actor, reason) as version 8 did."""
    with engine.begin() as connection:
        _insert(connection, "issue", _ISSUE)
        _insert(connection, "action_item", _ITEM)
        for number, (before, after, actor, reason) in enumerate(moves, 1):
            row = {
                "item_id": "ai_1",
                "number": number,
                "before": before,
                "after": after,
                "moved_at": AT + number // 2 * dt.timedelta(hours=1),
                "actor": actor,
                "reason": reason,
            }
            _insert(connection, "move", row)


def keep_route(engine, matched):
    """Store a routed coding as version 8 did."""
    rows = (
        ("landing", _LANDING),
        ("feedback", _FEEDBACK),
        ("coding", _CODING),
        ("route", {**_ROUTE, "matched": matched, "losing": []}),
    )
    with engine.begin() as connection:
        for table, row in rows:
            _insert(connection, table, row)


def _insert(connection, table, row):
    columns = [
        sa.column(name, UtcDateTime() if isinstance(value, dt.datetime) else None)
        if not isinstance(value, list | dict)
        else sa.column(name, DOCUMENT)
        for name, value in row.items()
    ]
    connection.execute(sa.table(table, *columns).insert().values(**row))


_ISSUE = {
    "issue_id": "is_1", "theme": "cold", "touchpoint": "bar", "unit": "南门店",
    "department": "kitchen", "department_by": "rule", "severity": "high",
    "sla_hours": 72.0, "first_at": AT, "last_at": AT,
}  # fmt: skip
_ITEM = {
    "item_id": "ai_1", "kind": "improvement", "issue_id": "is_1",
    "department": "kitchen", "status": "open", "severity": "high", "priority": 1.0,
    "opened_at": AT, "due_at": AT, "alert": {}, "criterion": {},
    "criterion_hash": "", "rulebook_hash": "",
}  # fmt: skip
_LANDING = {
    "landing_id": "ld_1", "source": "counter", "position": "1",
    "sequence": 1, "pulled_at": AT, "state": "stored",
}  # fmt: skip
_FEEDBACK = {
    "feedback_id": "fb_1", "landing_id": "ld_1", "source": "counter",
    "source_record_id": "1", "content_key": "k", "occurred_at": AT,
    "occurred_on": AT.date(), "channel": "survey", "ownership": "owned", "title": "",
    "verbatim": "凉了", "attributes": {}, "marks": {}, "coding_state": "coded",
}  # fmt: skip
_CODING = {
    "coding_id": "cd_1", "feedback_id": "fb_1", "theme": "cold",
    "polarity": "negative", "need_tier": "pain", "evidence": "凉了", "span_start": 0,
    "span_end": 2, "confidence": 1.0, "coder": "rule", "coder_id": "keyword",
    "reasons": [], "codeframe_version": "1", "touchpoint": "bar", "unit": "南门店",
    "coded_at": AT,
}  # fmt: skip
_ROUTE = {
    "coding_id": "cd_1", "department": "kitchen", "severity": "high",
    "sla_hours": 72.0, "rule": "usual", "rules_version": "1", "rulebook_hash": "h",
}  # fmt: skip


def migrated(engine):
    migrate(engine)
    with engine.connect() as connection:
        return [move.reason for move in Items(connection).moves("ai_1")]


def code(name):
    return Reason(code=MoveReason(name))


HANDS_FULL = (
    "the department has its hands full, so it is parked; when there is room, the "
    "highest priority opens first"
)
GONE = "departments.yaml no longer has this department, so it is parked; route it again"


@pytest.mark.parametrize(
    ("before", "after", "text", "reason"),
    [
        (None, "open", "alert rule usual", opened_by("usual")),
        (None, "parked", HANDS_FULL, code("parked_capacity")),
        (None, "parked", GONE, code("parked_no_department")),
        ("parked", "open", "the department has room now", code("room_now")),
        ("verified", "reopened", "alarm usual", alarmed_again_by("usual")),
        ("unproven", "reopened", "alarm at night", alarmed_again_by("at night")),
        ("resolved", "verified", "improved", judged_as(VerdictKind.IMPROVED, None)),
        (
            "resolved",
            "reopened",
            "not_improved",
            judged_as(VerdictKind.NOT_IMPROVED, None),
        ),
        ("resolved", "reopened", "worse", judged_as(VerdictKind.WORSE, None)),
        *(
            (
                "resolved",
                "unproven",
                f"inconclusive {why.value}",
                judged_as(VerdictKind.INCONCLUSIVE, why),
            )
            for why in InconclusiveReason
        ),
        ("resolved", "unproven", "not_measurable", code("not_measurable")),
        ("verified", "closed", "sustained", code("sustained")),
        ("verified", "reopened", "relapsed", code("relapsed")),
        ("verified", "closed", "lasting_unclear", code("lasting_unclear")),
        ("unproven", "closed", "unproven_closed", code("unproven_closed")),
    ],
)
def test_what_the_loop_wrote_becomes_its_code(engine, before, after, text, reason):
    keep(engine, (before, after, LOOP, text))

    assert migrated(engine) == [reason]


@pytest.mark.parametrize(
    ("before", "after"),
    [("open", "accepted"), ("accepted", "rejected"), ("open", "open")],
)
def test_the_same_texts_of_a_person_stay_words(engine, before, after):
    keep(engine, *((before, after, PERSON, words) for words in IMITATIONS))

    assert migrated(engine) == [person_said(words) for words in IMITATIONS]


def test_a_person_who_signs_as_the_loop_is_told_apart_by_the_move(engine):
    texts = [text for text in IMITATIONS if not text.startswith("implied")]
    keep(engine, *(("open", "cancelled", LOOP, text) for text in texts))

    assert migrated(engine) == [person_said(text) for text in texts]


def test_a_step_that_nobody_reported_is_implied_by_the_one_that_follows(engine):
    keep(
        engine,
        (None, "open", LOOP, "alert rule usual"),
        ("open", "accepted", PERSON, "implied by resolved"),
        ("accepted", "resolved", PERSON, "换了机器"),
    )

    assert migrated(engine) == [
        opened_by("usual"),
        implied_by(ActionStatus.RESOLVED),
        person_said("换了机器"),
    ]


@pytest.mark.parametrize(
    "refusal", ["不归我", "", "ask to: floor", "re-routed from a to b: c", "两行\n话"]
)
def test_a_handover_keeps_the_words_of_the_refusal(engine, refusal):
    keep(
        engine,
        ("accepted", "rejected", PERSON, refusal),
        ("rejected", "open", LOOP, f"re-routed from kitchen to floor: {refusal}"),
    )

    assert migrated(engine) == [
        person_said(refusal),
        rerouted("kitchen", "floor", refusal),
    ]


@pytest.mark.parametrize(
    ("note", "field", "seen", "wanted"),
    [
        ("unit: T2", "unit", "T2", ("T2",)),
        ("theme: lounge.drinks (lounge)", "theme", "lounge.drinks", ("lounge",)),
        ("channel: survey (email | survey)", "channel", "survey", ("email", "survey")),
        ("rating: 2 (≤ 2)", "rating", "2", ("≤ 2",)),
        ("attributes.airline: XY", "attributes.airline", "XY", ("XY",)),
        (
            "pattern: 换: 柠檬 (/换.*(柠|檬 | b)/)",
            "pattern",
            "换: 柠檬",
            ("/换.*(柠|檬 | b)/",),
        ),
    ],
)
def test_the_parts_of_a_rule_that_held_become_facts(engine, note, field, seen, wanted):
    keep_route(engine, [note, note])

    migrate(engine)

    with engine.connect() as connection:
        row = connection.execute(sa.select(RouteRow.__table__)).mappings().one()
    part = MatchedPart(field=field, seen=seen, wanted=wanted)
    assert stored_route(row).matched == (part, part)
    assert why_route(stored_route(row), Bilingual(zh="部门", en="it")).en.endswith(
        note.split(": ", 1)[1] + "."
    )


def test_a_ticket_of_a_remote_system_stays_known(engine):
    keep(engine)
    ticket = {
        "item_id": "ai_1", "endpoint": "desk", "remote_ticket_id": "T-1",
        "remote_status": "new", "seen_at": AT,
    }  # fmt: skip
    with engine.begin() as connection:
        _insert(connection, "remote_ticket", {**ticket, "state": "present"})

    migrate(engine)

    with engine.connect() as connection:
        table = RemoteTicketRow.__table__
        assert connection.execute(sa.select(table)).mappings().all() == [ticket]
