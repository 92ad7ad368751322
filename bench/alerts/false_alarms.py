"""How often does a rate rule alarm on issues that did not get worse, and find those that did?

Run: `python -m bench.alerts.false_alarms`. Simulated, seed fixed; about a minute.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from huixiang.alerts.history import IssueHistory
from huixiang.alerts.rates import compare
from huixiang.domain.items.alert import RateRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency

SEED = 20260105
FIRST_DAY = dt.date(2025, 1, 1)
N_ISSUES = 100
N_DAYS = 104 + 365
EXPOSURE_PER_NEGATIVE = 10
RATES = (0.3, 1.0, 4.0)
WANDERS = (0.0, 0.2, 0.4)
"""Standard deviation of the slow swing of the rate (log scale, memory of 14 days)."""

Counts = NDArray[np.int64]


def simulate(
    rng: np.random.Generator, rate: float, wander: float, worse: float, n_days: int
) -> tuple[Counts, Counts]:
    """Return a day's negatives and exposure; from day 200 on *worse* times as many."""
    memory = np.exp(-1 / 14)
    steps = rng.normal(0, wander * np.sqrt(1 - memory**2), n_days)
    swing = np.empty(n_days)
    level = rng.normal(0, wander) if wander else 0.0
    for day, step in enumerate(steps):
        level = memory * level + step
        swing[day] = level
    factor = np.where(np.arange(n_days) >= 200, worse, 1.0)
    exposure = rng.poisson(rate * EXPOSURE_PER_NEGATIVE, n_days)
    share = np.exp(swing - wander**2 / 2) * factor / EXPOSURE_PER_NEGATIVE
    return rng.binomial(exposure, np.minimum(share, 1.0)), exposure


def history(negatives: Counts, exposure: Counts) -> IssueHistory:
    """Make an issue of simulated counts."""
    days = [FIRST_DAY + dt.timedelta(days=i) for i in range(len(negatives))]
    return IssueHistory(
        key=IssueKey(theme="simulated"),
        department="any",
        severity=Urgency.MEDIUM,
        negatives=dict(zip(days, negatives.tolist(), strict=True)),
        exposure=dict(zip(days, exposure.tolist(), strict=True)),
    )


def fires(issue: IssueHistory, rule: RateRule, day: int) -> bool:
    """Say whether *rule* would open an item on a day of the simulation."""
    found = compare(issue, rule, FIRST_DAY + dt.timedelta(days=day))
    is_more = found.ratio is None or found.ratio >= rule.min_ratio
    return found.n_window >= rule.min_count and is_more and found.p_value <= rule.alpha


def alarms_a_year(
    rng: np.random.Generator, rule: RateRule, rate: float, wander: float
) -> float:
    """Return items opened per issue and year of weekly looks, with cooldown."""
    n_alarms = 0
    for _ in range(N_ISSUES):
        issue = history(*simulate(rng, rate, wander, 1.0, N_DAYS))
        last = -rule.cooldown_days
        for day in range(104, N_DAYS, 7):
            if day - last >= rule.cooldown_days and fires(issue, rule, day):
                n_alarms, last = n_alarms + 1, day
    return n_alarms / N_ISSUES


def found_within_28_days(
    rng: np.random.Generator, rule: RateRule, rate: float, wander: float, worse: float
) -> float:
    """Return the share of issues that alarm within four weekly looks of getting worse."""
    hits = 0
    for _ in range(N_ISSUES):
        issue = history(*simulate(rng, rate, wander, worse, 230))
        hits += any(fires(issue, rule, day) for day in (206, 213, 220, 227))
    return hits / N_ISSUES


def rows(rule: RateRule) -> Iterator[str]:
    """Yield the table, line by line."""
    rng = np.random.default_rng(SEED)
    yield "| negatives a day | swing | alarms / issue-year | found ×2 | found ×3 |"
    yield "|---|---|---|---|---|"
    for rate in RATES:
        for wander in WANDERS:
            false = alarms_a_year(rng, rule, rate, wander)
            twice, thrice = (
                found_within_28_days(rng, rule, rate, wander, worse) for worse in (2, 3)
            )
            yield f"| {rate:g} | {wander:.0%} | {false:.2f} | {twice:.0%} | {thrice:.0%} |"


def main() -> None:
    """Print the tables for the default rule and for a stricter alpha."""
    default = RateRule(id="default")
    for rule in (default, dataclasses.replace(default, alpha=0.0001)):
        print(
            f"\nalpha {rule.alpha:g}, window {rule.window_days}, min_ratio {rule.min_ratio}"
        )
        print(*rows(rule), sep="\n")


if __name__ == "__main__":
    main()
