"""Alert rules: when does an issue become an action item (`rules/alerts.yaml`)."""

import datetime as dt
from dataclasses import dataclass, field
from typing import ClassVar

from huixiang.domain.items.route import Condition, Urgency


@dataclass(frozen=True, kw_only=True, slots=True)
class RateRule:
    """Open an improvement item when negative mentions outgrow the issue's own past.

    The window is the last `window_days`; the baseline the `baseline_days` before it, of
    which `min_baseline_days` must have feedback to compare with. `alpha` is the largest
    probability, were nothing different, of a window as bad. An issue has a theme, a need
    tier, a touchpoint and a unit for `when`; `department` and `severity` are those of
    its route (empty: any).
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    when: Condition = field(default_factory=Condition)
    department: tuple[str, ...] = ()
    severity: tuple[Urgency, ...] = ()
    window_days: int = 14
    baseline_days: int = 90
    min_baseline_days: int = 28
    min_count: int = 5
    min_ratio: float = 1.5
    alpha: float = 0.001
    cooldown_days: int = 28


@dataclass(frozen=True, kw_only=True, slots=True)
class CriticalRule:
    """Open a recovery item at once for a single feedback."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    when: Condition = field(default_factory=Condition)
    severity: tuple[Urgency, ...] = (Urgency.CRITICAL,)


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertRules:
    """`rules/alerts.yaml`."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    version: str
    rates: tuple[RateRule, ...]
    criticals: tuple[CriticalRule, ...] = ()
    max_critical_age_days: float = 14
    minimum_effect: float = 0.2
    follow_up_days: int = 56


@dataclass(frozen=True, kw_only=True, slots=True)
class RateFacts:
    """What a decision about an issue's rate rests on: window, baseline, rule.

    `expected`: negatives the window would usually have. `ratio` is None where the
    baseline has no negatives. `p_value` is the probability of at least so many
    negatives in the window, were both rates equal.
    """

    rule: str
    rules_version: str
    window_start_on: dt.date
    window_end_on: dt.date
    baseline_start_on: dt.date
    baseline_end_on: dt.date
    n_window: int
    n_baseline: int
    exposure_window: int
    exposure_baseline: int
    days_known: int
    expected: float
    ratio: float | None
    p_value: float
    alpha: float
    min_count: int
    min_ratio: float
    min_baseline_days: int
    cooldown_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class CriticalFacts:
    """What the decision to answer one feedback at once rests on."""

    rule: str
    rules_version: str
    feedback_id: str
    occurred_at: dt.datetime
    severity: Urgency
    routing_rule: str
    max_critical_age_days: float


AlertFacts = RateFacts | CriticalFacts
"""What an item opened for: of an improvement the rate, of a recovery the feedback."""
