"""Periods as people write them, and what a limited report is about."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.errors import ConfigurationError
from huixiang.reporting.facts.loop import Scope
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.steps.report.scope import folder_name, months, parse_period

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03", "2026-03-01", "2026-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2026-12", "2026-12-01", "2026-12-31"),
        ("2026-Q1", "2026-01-01", "2026-03-31"),
        ("2026q4", "2026-10-01", "2026-12-31"),
        ("2026-03-01..2026-03-15", "2026-03-01", "2026-03-15"),
    ],
)
def test_a_period_is_a_month_a_quarter_or_some_days(text, first, last):
    assert parse_period(text) == ReportPeriod(
        first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last)
    )


@pytest.mark.parametrize(
    "text", ["2026", "2026-13", "2026-Q5", "March", "2026-03-15..2026-03-01", "2026-3"]
)
def test_anything_else_is_refused_with_what_to_write(text):
    with pytest.raises(ConfigurationError, match="--period"):
        parse_period(text)


@given(DAYS, DAYS)
def test_the_months_of_a_period_are_all_of_it_and_nothing_else(one, other):
    period = ReportPeriod(first=min(one, other), last=max(one, other))

    found = [month for _, month in months(period)]

    assert found[0].first == period.first
    assert found[-1].last == period.last
    for before, after in itertools.pairwise(found):
        assert after.first - before.last == dt.timedelta(days=1)
        assert before.first.month != after.first.month


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        (Scope(), "2026-04-01T0900"),
        (Scope(label="2026-Q1"), "2026-04-01T0900_2026-Q1"),
        (
            Scope(label="2026-03-01..2026-03-15", department_id="bar/../x"),
            "2026-04-01T0900_2026-03-01--2026-03-15_bar-..-x",
        ),
    ],
)
def test_a_folder_says_period_and_department_and_stays_where_it_is(scope, name):
    assert folder_name("2026-04-01T0900", scope) == name
