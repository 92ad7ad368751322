"""What records broke before violations had codes is told as well as ever."""

import datetime as dt

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet

from huixiang.domain.records.feedback import NotCodable, QuarantineState
from huixiang.domain.records.record import DuplicateKind
from huixiang.domain.records.violation import ViolationCode
from huixiang.store.engine import Store, migrate, open_engine
from huixiang.store.tables.types import UtcDateTime
from huixiang.store.vault import Vault
from huixiang.wording.records import violation_words

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
BROKEN = {
    "record.readable": (
        "critical", "", "无法读取该记录：not_json: {theme} %s", "the record cannot be read: not_json: {theme} %s",
    ),
    "record.has_time": (
        "critical", "occurred_at", "没有可识别的发生时间", "there is no time that can be read",
    ),
    "text.present": ("warning", "words", "没有反馈文字", "there are no words"),
}  # fmt: skip
LANDED = (
    "INSERT INTO landing (landing_id, source, position, sequence, pulled_at, state) "
    "VALUES (:id, 'till', :id, :n, :at, 'stored')"
)
FEEDBACK = (
    "INSERT INTO feedback (feedback_id, landing_id, source, source_record_id, "
    "content_key, occurred_at, occurred_on, channel, ownership, title, verbatim, "
    "attributes, marks, coding_state, not_codable) VALUES (:feedback, :id, 'till', "
    ":id, 'key', :at, '2026-01-01', 'survey', 'owned', '', 'no', '{}', :marks, "
    "'not_codable', 'no_words')"
)
QUARANTINE = (
    "INSERT INTO quarantine (landing_id, source, position, violations, state, "
    "quarantined_at, decided_at, decided_by, reason) VALUES (:id, 'till', 'p', "
    ":marks, 'discarded', :at, :at, 'person:x', 'implied by contract')"
)
DUPLICATE = (
    "INSERT INTO duplicate (landing_id, source, feedback_id, kind) "
    "VALUES (:id, 'till', 'fb_0000', 'same_id')"
)


def old(*rules):
    return [
        dict(
            zip(
                ("severity", "column", "message_zh", "message_en"),
                BROKEN[rule],
                strict=True,
            ),
            rule=rule,
        )
        for rule in rules
    ]


def insert(connection, statement, **values):
    document = sa.JSON()
    types = {"at": UtcDateTime(), "marks": document}
    connection.execute(
        sa.text(statement).bindparams(
            *(
                sa.bindparam(name, value, types.get(name))
                for name, value in values.items()
            )
        )
    )


@pytest.fixture
def grown(database_url):
    """A database of the time before, with more rows than one step rewrites."""
    engine = open_engine(database_url)
    migrate(engine, "0008")
    with engine.begin() as connection:
        for n in range(1_201):
            key = f"{n:04}"
            marks = old("text.present") if n % 2 else []
            insert(connection, LANDED, id=key, n=n, at=AT)
            insert(
                connection, FEEDBACK, feedback=f"fb_{key}", id=key, at=AT, marks=marks
            )
        for key, statement in (("out", QUARANTINE), ("twin", DUPLICATE)):
            insert(connection, LANDED, id=key, n=5_000 + len(key), at=AT)
            facts = {"at": AT, "marks": old(*BROKEN)} if key == "out" else {}
            insert(connection, statement, id=key, **facts)
    engine.dispose()
    opened = Store(open_engine(database_url), Vault(Fernet.generate_key()))
    opened.migrate()
    yield opened
    opened.close()


def test_every_old_violation_is_told_in_the_words_it_had(grown):
    with grown.reading() as uow:
        record = uow.quarantine.get("out")
    assert [each.code for each in record.violations] == [
        ViolationCode.UNREADABLE, ViolationCode.NO_TIME, ViolationCode.EXPECTATION,
    ]  # fmt: skip
    for violation in record.violations:
        severity, column, zh, en = BROKEN[violation.rule]
        words = violation_words(violation)
        assert (violation.severity, violation.column) == (severity, column)
        assert (words.zh, words.en) == (zh, en)
    assert (record.state, record.decided_by, record.reason) == (
        QuarantineState.DISCARDED, "person:x", "implied by contract",
    )  # fmt: skip


def test_every_old_mark_and_code_is_there(grown):
    keys = [f"fb_{n:04}" for n in range(1_201)]
    with grown.reading() as uow:
        feedback = uow.feedback.by_id(keys)
        duplicate = uow.explanations.duplicate("twin")
        silent = uow.explanations.feedback("fb_0000")
    assert [len(feedback[key].marks) for key in keys] == [n % 2 for n in range(1_201)]
    assert feedback["fb_1199"].marks[0].message.en == "there are no words"
    assert duplicate.kind is DuplicateKind.SAME_ID
    assert silent.not_codable is NotCodable.NO_WORDS
