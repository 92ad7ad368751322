"""Keep the method honest: how often does it call untouched dips improved?

The same pipeline on dips nobody acted on (negative controls; Schuemie et al. 2014).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from huixiang.domain.proof.share import share_interval
from huixiang.domain.proof.verdict import VerdictKind
from huixiang.verification.engine.baseline import WANDER, baseline
from huixiang.verification.engine.design import STANDARD, ActionWindow, Design
from huixiang.verification.engine.history import SETTLE_DAYS, History
from huixiang.verification.engine.judging import daily_kinds, frequency_of, view
from huixiang.verification.engine.panel import FloatArray, Panel
from huixiang.verification.engine.study import Case, Study, prepare
from huixiang.verification.engine.threads import one_thread

DIP_DAYS = 14
DIP_Z = -1.5
WAIT_DAYS = 21  # from the dip to the pretended fix
FOLLOW_DAYS = 56
EVERY_DAYS = 14
FIRST_DAY = 56  # history a dip must have before it
REST_DAYS = 90  # before the same unit may give another dip
LIMIT = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceboFigures:
    """What the engine says about dips that nobody touched."""

    n_dips: int
    n_improved: int
    low: float  # 95 % interval of the share called improved (Wilson)
    high: float
    z_mean: float | None
    z_sd: float | None

    @property
    def error_factor(self) -> float:
        """Return the widening to use: 1 unless too many are called improved."""
        if self.low <= LIMIT or self.z_sd is None:
            return 1.0
        return max(1.0, self.z_sd)


@one_thread()
def placebo_check(
    panel: Panel,
    actions: Sequence[ActionWindow],
    *,
    as_of: dt.date,
    design: Design = STANDARD,
    max_dips: int = 100,
) -> PlaceboFigures:
    """Judge up to *max_dips* untouched dips as if each had been fixed 21 days later."""
    design = replace(design, horizon_days=FOLLOW_DAYS, error_factor=1.0)
    past = view(panel, actions, as_of, design)
    last = past.panel.day(as_of)
    frequency = frequency_of(past, design)
    studies = [
        prepare(past, case, design, last, frequency=frequency)
        for case in _spread_out(dips(past, last, design), max_dips)
    ]
    return _summary([study for study in studies if study is not None], design, last)


def dips(past: History, last: int, design: Design) -> list[Case]:
    """Find dips without a fix around them, in time order."""
    found: list[Case] = []
    rested: dict[int, int] = {}
    for day in range(FIRST_DAY, last - WAIT_DAYS - FOLLOW_DAYS + 1, EVERY_DAYS):
        base = baseline(past, unit=-1, cut=day, until=day, design=design)
        z = _dip_z(base.residual, base.weight, WANDER * base.scale**2)
        for row in np.flatnonzero(z < DIP_Z):
            unit = int(past.unit_of_row[row])
            end = day + WAIT_DAYS + FOLLOW_DAYS
            if rested.get(unit, 0) <= day and _untouched(past, int(row), day, end):
                rested[unit] = day + REST_DAYS
                found.append(_pretend(past, unit, day))
    return found


def _dip_z(residual: FloatArray, weight: FloatArray, wander: float) -> FloatArray:
    """Return each row's mean residual of the last 14 days in standard errors."""
    w = weight[:, -DIP_DAYS:]
    total = w.sum(1)
    mean = (w * residual[:, -DIP_DAYS:]).sum(1) / np.maximum(total, 1e-9)
    error = np.sqrt(1 / np.maximum(total, 1e-9) + wander)
    return np.where(total > 0, mean / error, 0.0)


def _untouched(past: History, row: int, day: int, end: int) -> bool:
    """Say whether the unit saw no fix from long before *day* to *end*."""
    piece = past.rows[row]
    return piece.stop > end and (piece.start == 0 or piece.start + SETTLE_DAYS < day)


def _pretend(past: History, unit: int, day: int) -> Case:
    """Return the case of a fix that never was."""
    opened = past.panel.first_day + dt.timedelta(days=day)
    fixed = day + WAIT_DAYS
    action = ActionWindow(
        action_id=f"placebo-{past.panel.units[unit]}-{opened}",
        unit=past.panel.units[unit],
        opened_on=opened,
        resolved_on=opened + dt.timedelta(days=WAIT_DAYS),
    )
    return Case(
        action=action, unit=unit, opened=day, resolved=fixed, fixed=fixed, resets=()
    )


def _spread_out(cases: list[Case], most: int) -> list[Case]:
    """Keep at most *most* cases, evenly over time."""
    if len(cases) <= most:
        return cases
    return [cases[k] for k in np.linspace(0, len(cases) - 1, most).astype(int)]


def _summary(studies: list[Study], design: Design, last: int) -> PlaceboFigures:
    """Count verdicts, and standardise the estimates of the last day."""
    z, n_improved = [], 0
    for study in studies:
        kinds = [kind for _, kind in daily_kinds(study, design, last)]
        first = next((kind for kind in kinds if kind.is_terminal), None)
        n_improved += first is VerdictKind.IMPROVED
        if kinds:
            z.append(float(study.found.effect[-1] / study.found.error[-1]))
    low, high = share_interval(n_improved, len(studies))
    few = len(z) < 2  # noqa: PLR2004  # a spread needs two
    return PlaceboFigures(
        n_dips=len(studies),
        n_improved=n_improved,
        low=low,
        high=high,
        z_mean=float(np.mean(z)) if z else None,
        z_sd=None if few else float(np.std(z, ddof=1)),
    )
