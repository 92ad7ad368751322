"""The exact comparison of a window with the issue's own past."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from huixiang.alerts.history import IssueHistory
from huixiang.alerts.rates import compare, exact_p_value, periods
from huixiang.domain.items.alert import RateRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency

AS_OF = dt.date(2026, 6, 30)
RULE = RateRule(id="r", window_days=14, baseline_days=90)
counts = st.integers(min_value=0, max_value=400)


def test_the_window_ends_with_the_day_itself_and_the_baseline_right_before_it():
    window, baseline = periods(RULE, AS_OF)
    assert (window.start_on, window.end_on) == (dt.date(2026, 6, 17), AS_OF)
    assert baseline.end_on == dt.date(2026, 6, 16)
    assert (baseline.end_on - baseline.start_on).days + 1 == 90


def test_counts_rates_and_expectation_come_from_the_two_periods(history):
    found = compare(history(usual=1, recent=3), RULE, AS_OF)
    assert (found.n_window, found.n_baseline) == (42, 90)
    assert (found.exposure_window, found.exposure_baseline) == (280, 1800)
    assert found.expected == pytest.approx(14)
    assert found.ratio == pytest.approx(3)
    assert found.excess == pytest.approx(28)
    assert found.days_known == 90


def test_days_after_the_business_day_do_not_count(history):
    early = AS_OF - dt.timedelta(days=20)
    assert compare(history(usual=1, recent=9, n_recent=20), RULE, early).n_window == 14


def test_twice_the_feedback_with_twice_the_complaints_is_nothing_unusual():
    days = [AS_OF - dt.timedelta(days=i) for i in range(104)]
    survey_week = IssueHistory(
        key=IssueKey(theme="queue"),
        department="d",
        severity=Urgency.LOW,
        negatives={day: 4 if i < 14 else 2 for i, day in enumerate(days)},
        exposure={day: 40 if i < 14 else 20 for i, day in enumerate(days)},
    )
    found = compare(survey_week, RULE, AS_OF)
    assert found.ratio == pytest.approx(1)
    assert found.p_value > 0.4


def test_a_baseline_without_negatives_has_no_ratio_but_a_p_value(history):
    found = compare(history(usual=0, recent=1), RULE, AS_OF)
    assert found.ratio is None
    assert found.p_value == pytest.approx((280 / 2080) ** 14)


def test_days_before_the_first_feedback_are_not_history(history):
    assert compare(history(n_days=24), RULE, AS_OF).days_known == 10
    assert compare(history(n_days=14), RULE, AS_OF).days_known == 0


@given(n=counts, m=counts, e=st.integers(1, 5000), f=st.integers(1, 5000))
def test_the_p_value_is_the_upper_tail_of_the_binomial(n, m, e, f):
    expected = binom.sf(n - 1, n + m, e / (e + f))
    assert exact_p_value(n, m, e, f) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@given(n=counts, m=counts, e=st.integers(1, 5000), f=st.integers(1, 5000))
def test_more_complaints_in_the_window_are_never_less_surprising(n, m, e, f):
    assert exact_p_value(n + 1, m, e, f) <= exact_p_value(n, m, e, f) + 1e-12


def test_without_feedback_nothing_is_surprising():
    assert exact_p_value(3, 0, 5, 0) == 1.0
    assert exact_p_value(0, 3, 5, 50) == 1.0


def test_more_negatives_than_feedback_is_refused_with_the_day():
    with pytest.raises(
        ValueError, match="more negative mentions than feedback on 2026-06-30"
    ):
        IssueHistory(
            key=IssueKey(theme="queue"),
            department="d",
            severity=Urgency.LOW,
            negatives={AS_OF: 2},
            exposure={AS_OF: 1},
        )


def test_history_is_counted_from_the_first_feedback_and_no_longer_than_the_baseline():
    days = [AS_OF - dt.timedelta(days=i) for i in range(300)]

    def known(first_heard: int) -> int:
        issue = IssueHistory(
            key=IssueKey(theme="queue"),
            department="d",
            severity=Urgency.LOW,
            negatives={},
            exposure={day: int(i <= first_heard) for i, day in enumerate(days)},
        )
        return compare(issue, RULE, AS_OF).days_known

    assert [known(i) for i in (13, 14, 33, 299)] == [0, 1, 20, 90]
