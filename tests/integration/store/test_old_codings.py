"""What databases before version 0012 say of codings, issues and models is told as well."""

import datetime as dt

import pytest
import sqlalchemy as sa

from huixiang.domain.items.issue import GivenBy
from huixiang.store.engine import migrate, open_engine
from huixiang.store.queries.coding.codings import Codings
from huixiang.store.queries.coding.emerging import Emerging
from huixiang.store.queries.coding.models import Models
from huixiang.store.queries.coding.reviews import Reviews
from huixiang.store.tables.base import DOCUMENT
from huixiang.store.tables.types import UtcDateTime
from huixiang.wording.coding.proposals import proposal_reason_words

AT = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
LANDED = {
    "landing_id": "ld_1", "source": "till", "position": "1", "sequence": 1,
    "pulled_at": AT, "state": "stored",
}  # fmt: skip
SAID = {
    "feedback_id": "fb_1", "landing_id": "ld_1", "source": "till",
    "source_record_id": "1", "content_key": "key", "occurred_at": AT,
    "occurred_on": AT.date(), "channel": "survey", "ownership": "owned", "title": "",
    "verbatim": "咖啡凉了", "attributes": {}, "marks": [], "coding_state": "coded",
}  # fmt: skip
REASONS = [
    "theme:coffee/keyword:咖啡",
    "disagreement: the model says positive at 0.91",
    "as nobody ever said",
]
CODING = {
    "coding_id": "cd_1", "feedback_id": "fb_1", "theme": "coffee",
    "polarity": "negative", "need_tier": "pain", "evidence": "咖啡凉了",
    "span_start": 0, "span_end": 4, "confidence": 0.9, "coder": "rule",
    "coder_id": REASONS[0], "reasons": REASONS, "codeframe_version": "1",
    "touchpoint": "-", "unit": "-", "issue_id": None, "no_issue_reason": None,
    "coded_at": AT,
}  # fmt: skip
GONE = {
    "coding_id": "cd_0", "feedback_id": "fb_1", "issue_id": None,
    "coding": {**CODING, "coding_id": "cd_0", "coded_at": AT.isoformat()},
    "superseded_by": "rv_1", "superseded_at": AT,
    "route": {
        "coding_id": "cd_0", "department": "floor", "severity": "low",
        "sla_hours": 72.0, "playbook": None, "rule": "r", "rules_version": "7",
        "rulebook_hash": "h", "matched": ["theme: coffee (coffee)"], "losing": [],
        "stored_at": None,
    },
}  # fmt: skip
ISSUE = {
    "theme": "coffee", "touchpoint": "-", "department": "floor", "severity": "low",
    "sla_hours": 72, "first_at": AT, "last_at": AT,
}  # fmt: skip
DECISION = {
    "model_id": "m", "promoted": True, "decided_at": AT, "detail": {},
}  # fmt: skip


@pytest.fixture
def engine(database_url):
    opened = open_engine(database_url)
    migrate(opened, "0011")
    yield opened
    opened.dispose()


def store(connection, table, *rows):
    """Insert rows as the code before did; types are those of the values."""
    columns = [sa.column(name, _type_of(value)) for name, value in rows[0].items()]
    connection.execute(sa.table(table, *columns).insert(), list(rows))


def _type_of(value):
    if isinstance(value, dict | list):
        return DOCUMENT
    return UtcDateTime() if isinstance(value, dt.datetime) else None


def test_who_gave_an_issue_away_is_a_name_of_its_own(engine):
    given = ["rule", "person:小王", "person:person:王"]
    issues = [
        {**ISSUE, "issue_id": f"is_{n}", "unit": f"T{n}", "department_by": by}
        for n, by in enumerate(given)
    ]
    with engine.begin() as connection:
        store(connection, "issue", *issues)

    migrate(engine)

    with engine.connect() as connection:
        kept = Codings(connection).issues().values()
    assert [(each.department_by, each.department_person) for each in kept] == [
        (GivenBy.RULE, None),
        (GivenBy.PERSON, "小王"),
        (GivenBy.PERSON, "person:王"),
    ]


def test_words_about_a_model_are_never_one_of_our_reasons(engine):
    said = [
        ("huixiang", "not_worse"),
        ("小王", "not_worse"),
        ("huixiang", "it reads better"),
    ]
    decisions = [
        {**DECISION, "decision_id": f"md_{n}", "decided_by": who, "reason": why}
        for n, (who, why) in enumerate(said)
    ]
    with engine.begin() as connection:
        store(connection, "model_decision", *decisions)

    migrate(engine)

    with engine.connect() as connection:
        kept = Models(connection).decisions()
    assert [(each.reason.code.value, each.reason.words) for each in kept] == [
        ("not_worse", ""),
        ("person", "not_worse"),
        ("person", "it reads better"),
    ]


def test_reasons_become_codes_also_those_of_codings_that_gave_way(engine):
    with engine.begin() as connection:
        store(connection, "landing", LANDED)
        store(connection, "feedback", SAID)
        store(connection, "coding", CODING)
        store(connection, "superseded_coding", GONE)

    migrate(engine)

    with engine.connect() as connection:
        kept = Codings(connection).get("cd_1")
        (gone,) = Reviews(connection).superseded_of("fb_1")
    for each in (kept, gone.coding):
        assert [reason.code.value for reason in each.reasons] == [
            "rule", "model_disagrees", "kept",
        ]  # fmt: skip
        assert each.reasons[1].facts == {"polarity": "positive", "chance": 0.91}
        assert each.reasons[2].words == "as nobody ever said"
        assert each.coded_at == AT
    assert [each.field for each in gone.coding.route.matched] == ["theme"]


def test_why_a_theme_was_proposed_becomes_a_code_its_words_as_before(engine):
    said = [
        ("近 14 天有 5 条没有主题的反馈都在说“值机”",
         '5 feedbacks of the last 14 days that no theme covers speak of "值机"'),
        ("近 14 天 6 条说到“”，按以往应有“”，按以往应有 0.0 条（错报比例 5.2e-07）",
         '6 feedbacks of the last 14 days say "”，按以往应有“", 0.0 would be usual '
         "(share of false ones 5.2e-07)"),
        ("有人这样说", "somebody says so"),
    ]  # fmt: skip
    themes = [
        {
            "proposal_id": f"et_{n}", "found_at": AT, "last_found_on": AT.date(),
            "state": "proposed", "keywords": ["a"],
            "detail": {
                "proposal_id": f"et_{n}", "name_zh": "a", "keywords": ["a"], "n": 5,
                "n_before": 0, "first_seen_on": "2026-01-01", "growth": None,
                "q_value": None, "share_uncovered": 1.0, "nearest_theme": None,
                "why": {"zh": zh, "en": en}, "units": [["T3", 4]],
            },
        }
        for n, (zh, en) in enumerate(said)
    ]  # fmt: skip
    with engine.begin() as connection:
        store(connection, "emerging_theme", *themes)

    migrate(engine)

    with engine.connect() as connection:
        kept = Emerging(connection).proposals()
    words = [proposal_reason_words(each.found.why) for each in kept]
    assert [(each.zh, each.en) for each in words] == said
    assert [each.found.why.code.value for each in kept] == [
        "uncovered",
        "burst",
        "kept",
    ]
