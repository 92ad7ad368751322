"""Compare an issue's last days with its own past, by an exact test."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.alerts.history import IssueHistory
from huixiang.domain.items.alert import RateRule


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """Days from `start_on` to `end_on`, both included."""

    start_on: dt.date
    end_on: dt.date

    def total(self, counts: Mapping[dt.date, int]) -> int:
        """Sum *counts* over the days of the period."""
        first, last = self.start_on.toordinal(), self.end_on.toordinal()
        days = map(dt.date.fromordinal, range(first, last + 1))
        return sum(counts.get(day, 0) for day in days)


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Window against baseline. `expected`: negatives the window would usually have.

    `ratio` is None where the baseline has no negatives. `p_value` is the probability of
    at least so many negatives in the window, given the total, were both rates equal.
    """

    window: Period
    baseline: Period
    n_window: int
    n_baseline: int
    exposure_window: int
    exposure_baseline: int
    days_known: int
    expected: float
    ratio: float | None
    p_value: float

    @property
    def excess(self) -> float:
        """How many more negatives there are than usual."""
        return self.n_window - self.expected


def compare(history: IssueHistory, rule: RateRule, as_of: dt.date) -> Comparison:
    """Compare the window that ends with *as_of* with the baseline right before it."""
    window, baseline = periods(rule, as_of)
    n_window, n_baseline = (p.total(history.negatives) for p in (window, baseline))
    e_window, e_baseline = (p.total(history.exposure) for p in (window, baseline))
    expected = n_baseline * e_window / e_baseline if e_baseline else 0.0
    return Comparison(
        window=window,
        baseline=baseline,
        n_window=n_window,
        n_baseline=n_baseline,
        exposure_window=e_window,
        exposure_baseline=e_baseline,
        days_known=_days_known(history.exposure, baseline),
        expected=expected,
        ratio=n_window / expected if expected else None,
        p_value=exact_p_value(n_window, n_baseline, e_window, e_baseline),
    )


def periods(rule: RateRule, as_of: dt.date) -> tuple[Period, Period]:
    """Return the window and the baseline of *rule* on the day *as_of*."""
    window_start = as_of - dt.timedelta(days=rule.window_days - 1)
    baseline_end = window_start - dt.timedelta(days=1)
    baseline_start = baseline_end - dt.timedelta(days=rule.baseline_days - 1)
    return (
        Period(start_on=window_start, end_on=as_of),
        Period(start_on=baseline_start, end_on=baseline_end),
    )


def exact_p_value(
    n_window: int, n_baseline: int, exposure_window: int, exposure_baseline: int
) -> float:
    """Return P(at least *n_window* of the negatives fall into the window).

    Given the total, two Poisson counts of equal rate make the window's count binomial
    with its share of the exposure (Przyborowski and Wilenski 1940), so no rate has to
    be estimated. The upper tail of the binomial is an incomplete beta function.
    """
    if n_window == 0 or exposure_baseline == 0 or exposure_window == 0:
        return 1.0
    from scipy.special import betainc

    share = exposure_window / (exposure_window + exposure_baseline)
    return float(betainc(n_window, n_baseline + 1, share))


def _days_known(exposure: Mapping[dt.date, int], baseline: Period) -> int:
    """Count the days of the baseline since the first feedback ever."""
    first = min((day for day, count in exposure.items() if count), default=None)
    if first is None or first > baseline.end_on:
        return 0
    return (baseline.end_on - max(first, baseline.start_on)).days + 1
