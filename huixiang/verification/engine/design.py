"""The criterion and the knobs of a verdict, fixed before the data are looked at."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from huixiang.domain.proof.verdict import Criterion, Metric

HALF = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class MetricSpec:
    """What an effect of a metric means.

    Effects are judged "up is better"; *direction* is -1 where down is better.
    """

    direction: int
    minimum_effect: float  # least worthwhile effect, in the metric's units
    medium_effect: float  # used for power statements
    decimals: int
    over_exposure: bool = False  # a count; effects are shares of the unit's usual rate


METRICS: Mapping[Metric, MetricSpec] = MappingProxyType(
    {
        Metric.MEAN: MetricSpec(
            direction=1, minimum_effect=0.20, medium_effect=0.33, decimals=2
        ),
        Metric.TOP_BOX: MetricSpec(
            direction=1, minimum_effect=0.05, medium_effect=0.10, decimals=3
        ),
        Metric.BOTTOM_BOX: MetricSpec(
            direction=-1, minimum_effect=0.04, medium_effect=0.07, decimals=3
        ),
        Metric.NPS: MetricSpec(
            direction=1, minimum_effect=0.12, medium_effect=0.20, decimals=3
        ),
        Metric.NEGATIVE: MetricSpec(
            direction=-1, minimum_effect=0.04, medium_effect=0.06, decimals=3
        ),
        Metric.CES: MetricSpec(
            direction=1, minimum_effect=0.25, medium_effect=0.40, decimals=2
        ),
        Metric.COMPLAINT_RATE: MetricSpec(
            direction=-1,
            minimum_effect=0.15,
            medium_effect=0.30,
            decimals=3,
            over_exposure=True,
        ),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionWindow:
    """One fix on one unit; *bite_days* is how long the department says it needs."""

    action_id: str
    unit: str
    opened_on: dt.date
    resolved_on: dt.date | None
    bite_days: int = 0

    def __post_init__(self) -> None:
        if self.bite_days < 0:
            raise ValueError(f"{self.action_id}: bite_days cannot be below 0")
        if self.resolved_on is not None and self.resolved_on < self.opened_on:
            raise ValueError(
                f"{self.action_id}: resolved on {self.resolved_on}, before it was "
                f"opened on {self.opened_on}; correct one of the two dates"
            )


@dataclass(frozen=True, kw_only=True, slots=True)
class Circumstances:
    """Facts from outside the panel that can make a comparison unfair.

    *source_volumes* are all records a channel delivered on a day, whatever the
    theme: they tell a dead feed from a theme nobody complains about any more.
    *unit_changes* are codeframe changes that redefined one unit and no other.
    """

    codeframe_changes: tuple[dt.date, ...] = ()
    model_changes: tuple[dt.date, ...] = ()
    source_volumes: Mapping[str, Mapping[dt.date, int]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    unit_changes: Mapping[str, tuple[dt.date, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )

    def redefined(self, unit: str) -> tuple[dt.date, ...]:
        """Return the days on which the codeframe changed what *unit* is about."""
        return (*self.codeframe_changes, *self.unit_changes.get(unit, ()))


@dataclass(frozen=True, kw_only=True, slots=True)
class Design:
    """How verdicts are reached. Lengths in days; alphas are one-sided."""

    metric: Metric = Metric.MEAN
    minimum_effect: float | None = None  # default: the metric's own
    horizon_days: int = 84
    first_look_days: int = 7
    min_feedbacks_after: int = 20
    min_feedbacks_before: int = 20
    alpha: float = 0.0275
    alpha_worse: float = 0.005
    # (from this day, give up when so low an estimate has at most this chance
    # although the effect is the least worthwhile one)
    futility: tuple[tuple[int, float], ...] = ((42, 0.02), (63, 0.08), (84, 0.2))
    history_days: int = 180
    boundary_shape: float = 0.1  # 0 O'Brien-Fleming … 0.5 Pocock
    issue_aware: bool = True
    min_control_units: int = 15
    min_control_volume: float = 2.0  # feedbacks a day and unit
    error_factor: float = 1.0  # widening found by a placebo check

    def __post_init__(self) -> None:
        if not 0 < self.first_look_days < self.horizon_days:
            raise ValueError("the first look must lie inside the follow-up")
        if not (0 < self.alpha < HALF and 0 < self.alpha_worse < HALF):
            raise ValueError("an alpha lies between 0 and 0.5")
        if self.error_factor < 1:
            raise ValueError("error_factor can only widen: at least 1")

    @property
    def spec(self) -> MetricSpec:
        """What an effect of the metric means."""
        return METRICS[self.metric]

    @property
    def criterion(self) -> Criterion:
        """What is agreed at opening."""
        return Criterion(
            metric=self.metric,
            minimum_effect=self.minimum_effect or self.spec.minimum_effect,
            horizon_days=self.horizon_days,
            alpha=self.alpha,
        )


STANDARD = Design()
NOTHING_KNOWN = Circumstances()
