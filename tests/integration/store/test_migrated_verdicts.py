"""Verdicts as they were kept with sentences in them are there as facts alone."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from huixiang.domain.proof.verdict import (
    Effect,
    InconclusiveReason,
    Sustained,
    VerdictKind,
)
from huixiang.store.engine import migrate, open_engine
from huixiang.store.queries.proof.assurance import Assurances
from huixiang.store.queries.proof.verdicts import Verdicts

BEFORE = "0008"
DAY, AT = "2026-03-01", "2026-03-02 00:00:00+00:00"
EFFECT = {"value": 0.5, "low": 0.2, "high": 0.8}
WORDS = {"zh": "有改善", "en": "Improved"}
HARMED = {
    "issue_id": "is_2", "theme": "queue", "touchpoint": "counter", "unit": "南门店",
    "department": "floor", "name": WORDS, "effect": EFFECT, "since": DAY,
}  # fmt: skip
VERDICT = {
    "kind": "improved", "reason": None, "effect": EFFECT, "shrunk_effect": 0.4,
    "level_recovered": "yes", "n_before": 90, "n_after": 60, "n_controls": 3,
    "n_more_needed": None, "as_of": DAY, "notes": ["weak_few_controls"],
    "naive": {"effect": EFFECT, "verdict": "improved", "n_before": 9, "n_after": 6},
    "criterion": {
        "metric": "mean", "minimum_effect": 0.2, "horizon_days": 56, "alpha": 0.03
    },
}  # fmt: skip
FINAL = {
    "verdict": VERDICT, "sentences": WORDS, "difference": WORDS, "p_improved": 0.01,
    "looks": [{"on": DAY, "effect": EFFECT, "critical_value": 2.5, "n_after": 60,
               "kind": "improved"}],
    "audit_id": "pa_1",
    "side_effects": {"n_watched": 2, "harmed": [HARMED], "words": WORDS},
    "consistency": {"n_units": 2, "pooled": EFFECT, "spread": 0.1, "p_same": 0.4,
                    "against": [], "alike": True, "words": WORDS},
}  # fmt: skip
FOLLOWING = {
    "verdict": {**VERDICT, "kind": "inconclusive", "reason": "following",
                "effect": None, "naive": None},
    "sentences": WORDS, "difference": {"zh": "", "en": ""}, "looks": [],
    "p_improved": None, "audit_id": "pa_1",
}  # fmt: skip


def insert(connection, table, **values):
    documents = {
        name: json.dumps(value) for name, value in values.items() if not_plain(value)
    }
    names = ", ".join(values)
    marks = ", ".join(
        f"CAST(:{name} AS JSONB)"
        if name in documents and connection.dialect.name == "postgresql"
        else f":{name}"
        for name in values
    )
    statement = sa.text(f"INSERT INTO {table} ({names}) VALUES ({marks})")  # noqa: S608 - our own names
    connection.execute(statement, {**values, **documents})


def not_plain(value):
    return isinstance(value, dict)


def fill(connection):
    """Write rows as the version before did."""
    insert(
        connection, "issue", issue_id="is_1", theme="t", touchpoint="-", unit="-",
        department="d", department_by="rule", severity="low", sla_hours=72.0,
        first_at=AT, last_at=AT,
    )  # fmt: skip
    insert(
        connection, "action_item", item_id="ai_1", kind="improvement", issue_id="is_1",
        department="d", status="verified", severity="low", priority=1.0, opened_at=AT,
        due_at=AT, alert={}, criterion=VERDICT["criterion"], criterion_hash="x",
        rulebook_hash="x",
    )  # fmt: skip
    for key, kind, reason, detail, final in (
        ("vd_1", "inconclusive", "following", FOLLOWING, False),
        ("vd_2", "improved", None, FINAL, True),
    ):
        insert(
            connection, "verdict", verdict_id=key, item_id="ai_1", resolved_on=DAY,
            looked_on=f"2026-03-0{key[-1]}", kind=kind, reason=reason, final=final,
            detail=detail, method_version="forecast-1",
        )  # fmt: skip
    insert(
        connection, "sustained_look", look_id="sl_1", item_id="ai_1", resolved_on=DAY,
        after_days=90, looked_on=DAY, as_of=AT, outcome="sustained", final=True,
        detail={"effect": EFFECT, "words": WORDS,
                "side_effects": {"n_watched": 1, "harmed": [], "words": WORDS}},
        method_version="relapse-2",
    )  # fmt: skip
    insert(
        connection, "placebo_audit", audit_id="pa_1", design_id="ds_1",
        design=VERDICT["criterion"], looked_on=DAY, as_of=AT, panel="pn_1", n_dips=4,
        n_improved=1, low=0.05, high=0.7, error_factor=1.0, method_version="placebo-1",
    )  # fmt: skip


@pytest.fixture
def connection(database_url):
    engine = open_engine(database_url)
    migrate(engine, BEFORE)
    with engine.begin() as opened:
        fill(opened)
    migrate(engine)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_every_verdict_keeps_its_figures_and_its_guardrails(connection):
    following, final = Verdicts(connection).of_item("ai_1")
    assert following.reason is InconclusiveReason.FOLLOWING
    assert following.detail.side_effects is None
    assert final.kind is VerdictKind.IMPROVED
    assert final.verdict.effect == Effect(**EFFECT)
    assert final.verdict.plain_comparison.n_before == 9
    assert [look.n_after for look in final.detail.looks] == [60]
    assert [each.issue_id for each in final.detail.side_effects.harmed] == ["is_2"]
    assert final.detail.consistency.alike


def test_the_placebo_check_of_a_verdict_is_found_under_its_new_name(connection):
    check_id = Verdicts(connection).latest()["ai_1"].detail.placebo_check_id
    check = Assurances(connection).placebo_check_by_id(check_id)
    assert (check.n_dips, check.design.horizon_days) == (4, 56)
    assert check.as_of == dt.datetime(2026, 3, 2, tzinfo=dt.UTC)


def test_looks_after_the_fix_are_all_there(connection):
    (look,) = Assurances(connection).looks_of("ai_1")
    assert look.outcome is Sustained.SUSTAINED
    assert look.detail.effect == Effect(**EFFECT)
    assert look.detail.side_effects.n_watched == 1
