"""The report model refuses what cannot be, and knows what is judged and late."""

import datetime as dt

import pytest

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.reporting.facts.report import ReportPeriod


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="on or after its first day"):
        ReportPeriod(first=dt.date(2026, 2, 1), last=dt.date(2026, 1, 31))


def test_a_moment_without_a_time_zone_is_refused(make_report):
    with pytest.raises(ValueError, match="time zone"):
        make_report(as_of=dt.datetime(2026, 5, 1))  # noqa: DTZ001 - what is refused


def test_an_item_listed_twice_is_refused(make_report, make_item):
    with pytest.raises(ValueError, match="once"):
        make_report(items=(make_item("ai_1"), make_item("ai_1")))


def test_a_series_of_points_that_last_no_day_is_refused(make_item):
    with pytest.raises(ValueError, match="series_days"):
        make_item(series_days=0)


def test_an_item_without_a_fix_is_not_judged_even_if_looked_at(make_item, make_verdict):
    looked_at = make_verdict(
        VerdictKind.INCONCLUSIVE, reason=InconclusiveReason.NOT_RESOLVED
    )
    item = make_item(verdict=looked_at)
    assert item.judged is None
    assert item.plain_kind is None


@pytest.mark.parametrize(
    ("status", "late"),
    [
        (ActionStatus.OPEN, True),
        (ActionStatus.REOPENED, True),
        (ActionStatus.RESOLVED, False),
        (ActionStatus.VERIFIED, False),
        (ActionStatus.PARKED, False),
    ],
)
def test_an_item_is_late_only_while_its_department_has_it(make_item, status, late):
    item = make_item(status=status, due_on=dt.date(2026, 3, 9))
    assert item.is_overdue(dt.date(2026, 3, 10)) is late
    assert not item.is_overdue(dt.date(2026, 3, 9))
