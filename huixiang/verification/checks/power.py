"""Before acting: can the effect of a fix be seen at this unit's volume at all?"""

import datetime as dt
import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from huixiang.domain.proof.assurance import Advice
from huixiang.verification.engine.design import STANDARD, ActionWindow, Design
from huixiang.verification.engine.judging import frequency_of, view
from huixiang.verification.engine.panel import FloatArray, Panel
from huixiang.verification.engine.study import Case, critical_values, plan_of
from huixiang.verification.engine.threads import one_thread

Z_LIKELY = 0.84  # four times in five
POOLED = "pooled"  # no issue has such an id


@dataclass(frozen=True, kw_only=True, slots=True)
class Power:
    """What a fix made the day after *as_of* could show, if the volume stays."""

    unit: str
    as_of: dt.date
    feedbacks_per_day: float
    days_until_medium: int | None  # shown more likely than not; None: not in time
    days_until_medium_likely: int | None  # shown four times in five
    detectable_effect: float  # shown more likely than not by the last look

    @property
    def worth_following(self) -> bool:
        """Say whether a medium effect is likelier than not to show; else pool or ask."""
        return self.days_until_medium is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Outlook:
    """What a fix of one unit could show, and of the unit pooled with its sisters."""

    own: Power | None
    pooled: Power | None
    n_pooled: int  # units that were pooled; 0 where it was not needed

    @property
    def advice(self) -> Advice:
        """Return the cheapest way to an answer."""
        if self.own is not None and self.own.worth_following:
            return Advice.FOLLOW
        if self.pooled is not None and self.pooled.worth_following:
            return Advice.POOL
        unknown = self.own is None and self.pooled is None
        return Advice.NO_HISTORY if unknown else Advice.ASK


def outlook(
    panel: Panel,
    unit: str,
    sisters: Collection[str],
    *,
    as_of: dt.date,
    actions: Sequence[ActionWindow] = (),
    design: Design = STANDARD,
) -> Outlook:
    """Return the power on *unit*; where it does not suffice, also with its *sisters*."""
    own = power(panel, unit, as_of=as_of, actions=actions, design=design)
    together = [name for name in panel.units if name == unit or name in sisters]
    if (own is not None and own.worth_following) or len(together) < 2:  # noqa: PLR2004  # one is no pool
        return Outlook(own=own, pooled=None, n_pooled=0)
    pooled = power(
        panel.pooled(together, POOLED),
        POOLED,
        as_of=as_of,
        actions=[each for each in actions if each.unit not in together],
        design=design,
    )
    return Outlook(own=own, pooled=pooled, n_pooled=len(together))


@one_thread()
def power(
    panel: Panel,
    unit: str,
    *,
    as_of: dt.date,
    actions: Sequence[ActionWindow] = (),
    design: Design = STANDARD,
) -> Power | None:
    """Return what can be seen on *unit*; None without enough feedback to plan on."""
    if unit not in panel.units:
        return None
    fix = ActionWindow(
        action_id="", unit=unit, opened_on=as_of, resolved_on=as_of + dt.timedelta(1)
    )
    past = view(panel, [*_past(actions, as_of), fix], as_of, design)
    day = past.panel.day(as_of)
    case = Case(
        action=fix, unit=panel.units.index(unit), opened=day, resolved=day + 1,
        fixed=day + 1, resets=(),
    )  # fmt: skip
    plan = plan_of(past, case, design, frequency_of(past, design))
    if plan is None:
        return None
    information, volume = plan
    return _power(fix, information, volume, design, as_of)


def _past(actions: Sequence[ActionWindow], as_of: dt.date) -> list[ActionWindow]:
    """Return the actions whose fix is known."""
    return [a for a in actions if a.resolved_on is not None and a.resolved_on <= as_of]


def _power(
    fix: ActionWindow,
    information: FloatArray,
    volume: float,
    design: Design,
    as_of: dt.date,
) -> Power:
    """Read the plan off its information per day of follow-up."""
    first = design.first_look_days - 1
    looks = information[first:]
    critical = critical_values(
        looks / looks[-1], looks, design.alpha, design.boundary_shape
    )
    enough = np.arange(1, len(information) + 1)[first:] * volume
    error = np.where(enough >= design.min_feedbacks_after, 1 / np.sqrt(looks), np.inf)
    day = functools.partial(_first_day, error, critical, design)
    return Power(
        unit=fix.unit,
        as_of=as_of,
        feedbacks_per_day=volume,
        days_until_medium=day(0.0),
        days_until_medium_likely=day(Z_LIKELY),
        detectable_effect=float(critical[-1] / np.sqrt(looks[-1])),
    )


def _first_day(
    error: FloatArray, critical: FloatArray, design: Design, margin: float
) -> int | None:
    """Return the first day of follow-up on which a medium effect passes."""
    passed = np.flatnonzero((critical + margin) * error <= design.spec.medium_effect)
    return int(passed[0]) + design.first_look_days if len(passed) else None
