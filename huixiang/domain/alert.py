"""Alert rules: when does an issue become an action item (`rules/alerts.yaml`)."""

from dataclasses import dataclass, field
from typing import ClassVar

from huixiang.domain.route import Condition, Urgency


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
