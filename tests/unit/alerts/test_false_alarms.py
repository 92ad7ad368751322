"""What alpha means, by simulation with a fixed seed."""

import datetime as dt

import numpy as np
import pytest

from huixiang.alerts.history import IssueHistory
from huixiang.alerts.rates import compare, exact_p_value
from huixiang.domain.items.alert import RateRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency

AS_OF = dt.date(2026, 6, 30)
N_ISSUES = 4000


def p_values(rng, rate_baseline, rate_window):
    """Simulate windows of 14 days after baselines of 90, with busy and idle days."""
    exposure = rng.poisson(200, N_ISSUES) + 1, rng.poisson(900, N_ISSUES) + 1
    window = rng.binomial(exposure[0], rate_window)
    baseline = rng.binomial(exposure[1], rate_baseline)
    numbers = zip(window, baseline, *exposure, strict=True)
    return np.array([exact_p_value(*map(int, each)) for each in numbers])


@pytest.mark.parametrize("rate", [0.005, 0.02, 0.1])
@pytest.mark.parametrize("alpha", [0.05, 0.01, 0.001])
def test_issues_that_did_not_change_alarm_no_more_often_than_alpha(rate, alpha):
    share = (p_values(np.random.default_rng(7), rate, rate) <= alpha).mean()
    noise = 3 * np.sqrt(alpha / N_ISSUES)
    assert share <= alpha + noise


def test_issues_four_times_as_bad_are_nearly_always_found():
    found = p_values(np.random.default_rng(7), 0.05, 0.2) <= 0.001
    assert found.mean() > 0.95


def test_a_year_of_weekly_looks_at_steady_issues_rarely_alarms():
    rng = np.random.default_rng(11)
    rule = RateRule(id="usual")
    n_issues, n_days = 60, 365
    first = AS_OF - dt.timedelta(days=n_days - 1)
    days = [first + dt.timedelta(days=i) for i in range(n_days)]
    n_looks = n_alarms = 0
    for _ in range(n_issues):
        exposure = rng.poisson(12, n_days)
        negatives = rng.binomial(exposure, 0.08)
        issue = IssueHistory(
            key=IssueKey(theme="queue"),
            department="d",
            severity=Urgency.LOW,
            negatives=dict(zip(days, map(int, negatives), strict=True)),
            exposure=dict(zip(days, map(int, exposure), strict=True)),
        )
        for day in days[104::7]:
            found = compare(issue, rule, day)
            n_looks += 1
            n_alarms += found.p_value <= rule.alpha and found.n_window >= rule.min_count
    assert n_looks == 60 * 38
    assert n_alarms / n_looks <= 2 * rule.alpha
