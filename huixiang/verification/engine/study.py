"""One action on the panel's day axis, with the evidence of each of its days."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from huixiang.domain.proof.verdict import NoteCode
from huixiang.verification.engine.baseline import Baseline, baseline
from huixiang.verification.engine.boundary import critical_constant
from huixiang.verification.engine.damage import Damage
from huixiang.verification.engine.design import (
    NOTHING_KNOWN,
    ActionWindow,
    Circumstances,
    Design,
)
from huixiang.verification.engine.forecast import (
    DailyEvidence,
    Forecast,
    evidence,
    forecast,
    planned_information,
)
from huixiang.verification.engine.frequency import learning_day
from huixiang.verification.engine.history import History
from huixiang.verification.engine.memory import Memory, fit_memory
from huixiang.verification.engine.panel import FloatArray, Panel

Frequency = Callable[[int], float]  # learning day -> how frequent damage is


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Case:
    """One action placed on the panel's day axis; direction already turned up."""

    action: ActionWindow
    unit: int
    opened: int
    resolved: int
    fixed: int  # first day the fix counts: resolved plus the days it needs to bite
    resets: tuple[int, ...]  # earlier fixes of the same unit

    @property
    def cut(self) -> int:
        """The baseline may learn from days before this one."""
        return min(self.opened, self.resolved)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Study:
    """A case with its evidence and the critical values of each of its days."""

    case: Case
    base: Baseline
    found: DailyEvidence
    share: FloatArray  # of the planned information
    ratio: float  # planned information of the last look over that of the first
    critical: FloatArray
    critical_worse: FloatArray
    start: int  # first day of the unit's own history that counts
    n_before: int
    notes: tuple[NoteCode, ...]


def place(
    panel: Panel, action: ActionWindow, actions: Sequence[ActionWindow]
) -> Case | None:
    """Find the action on the panel; None while there is nothing to follow."""
    if action.resolved_on is None or action.unit not in panel.units:
        return None
    resolved = panel.day(action.resolved_on)
    earlier = (
        panel.day(a.resolved_on)
        for a in actions
        if a.unit == action.unit
        and a.resolved_on is not None
        and a.resolved_on < action.resolved_on
    )
    return Case(
        action=action,
        unit=panel.units.index(action.unit),
        opened=panel.day(action.opened_on),
        resolved=resolved,
        fixed=resolved + action.bite_days,
        resets=tuple(sorted(earlier)),
    )


def prepare(
    past: History,
    case: Case,
    design: Design,
    last: int,
    *,
    circumstances: Circumstances = NOTHING_KNOWN,
    frequency: Frequency | None = None,
) -> Study | None:
    """Compute the evidence of every day up to *last*; None without a baseline."""
    setting = _setting(past, case, design, circumstances, frequency)
    if setting is None:
        return None
    base = setting.base
    plan = _planned(setting, case, design)[
        [design.first_look_days - 1, design.horizon_days - 1]
    ]
    shown = _shown(base, last)
    found = evidence(shown, setting.ahead(base), case.unit, design.error_factor)
    share = _share(found, plan, design.error_factor)
    return Study(
        case=case,
        base=shown,
        found=found,
        share=share,
        ratio=float(plan[-1] / plan[0]),
        critical=critical_values(share, plan, design.alpha, design.boundary_shape),
        critical_worse=critical_values(
            share, plan, design.alpha_worse, design.boundary_shape
        ),
        start=setting.start,
        n_before=setting.n_before,
        notes=_notes(case, base, setting.memory, design),
    )


def plan_of(
    past: History, case: Case, design: Design, frequency: Frequency | None
) -> tuple[FloatArray, float] | None:
    """Return the information by day of follow-up if the volume stays, and the volume."""
    setting = _setting(past, case, design, NOTHING_KNOWN, frequency)
    if setting is None:
        return None
    return _planned(setting, case, design), _volume(setting.base, case)


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class _Setting:
    """What was known when the fix was made."""

    base: Baseline
    memory: Memory
    ahead: Callable[[Baseline], Forecast]
    start: int
    n_before: int


def _setting(
    past: History,
    case: Case,
    design: Design,
    circumstances: Circumstances,
    frequency: Frequency | None,
) -> _Setting | None:
    """Fit the baseline and make the forecast ready; None with too little feedback."""
    if case.cut < 1:
        return None
    until = case.fixed + design.horizon_days + 1
    base = baseline(past, unit=case.unit, cut=case.cut, until=until, design=design)
    restarts = _restarts(past, case, circumstances)
    start = max(0, case.fixed - design.history_days, *restarts)
    before = _days_with_feedback(base, case, start, case.resolved)
    n_before = int(base.n[case.unit, before.astype(np.intp)].sum())
    if n_before < design.min_feedbacks_before:
        return None
    memory = fit_memory(base, past.unit_of_row)
    ahead = functools.partial(
        forecast,
        memory=memory,
        unit=case.unit,
        before=before,
        after=np.arange(case.fixed, until - 1, dtype=float),
        resets=case.resets,
        damage=_damage(past, case, base, frequency),
    )
    return _Setting(
        base=base, memory=memory, ahead=ahead, start=start, n_before=n_before
    )


def _planned(setting: _Setting, case: Case, design: Design) -> FloatArray:
    """Return the information by day of follow-up if the volume stays."""
    base = setting.base
    return planned_information(
        setting.ahead(_frozen(base, case.fixed)),
        noise=float(base.noise[case.unit]),
        volume=_volume(base, case),
    )


def _damage(
    past: History, case: Case, base: Baseline, frequency: Frequency | None
) -> Damage | None:
    """Return the damage to reckon with; None leaves the forecast Gaussian."""
    if frequency is None:
        return None
    factor = frequency(learning_day(past, case.cut))
    return Damage().adapted(rate_factor=factor, scale=base.scale)


def _notes(
    case: Case, base: Baseline, memory: Memory, design: Design
) -> tuple[NoteCode, ...]:
    """Collect the reservations."""
    found = {
        NoteCode.COLD_START_MEMORY: not memory.measured,
        NoteCode.EARLIER_ACTION: bool(case.resets),
        NoteCode.PLACEBO_WIDENED: design.error_factor > 1,
    }
    return (*base.notes, *(note for note, present in found.items() if present))


def _restarts(past: History, case: Case, facts: Circumstances) -> list[int]:
    """Return the days before the cut on which the meaning of the scores changed."""
    changes = (*facts.redefined(case.action.unit), *facts.model_changes)
    return [day for day in map(past.panel.day, changes) if day < case.cut]


def _days_with_feedback(
    base: Baseline, case: Case, start: int, stop: int
) -> FloatArray:
    """Return the unit's days with feedback from *start* to before *stop*."""
    days = np.arange(start, stop)
    return days[base.n[case.unit, start:stop] > 0].astype(float)


def _shown(base: Baseline, last: int) -> Baseline:
    """Hide the days after *last*."""
    n = base.n.copy()
    n[:, last + 1 :] = 0
    return replace(base, n=n)


def _frozen(base: Baseline, day: int) -> Baseline:
    """Let the trend stand still from *day* on: the plan must not know the future."""
    trend, variance = base.trend.copy(), base.trend_variance.copy()
    recent = slice(max(day - 28, 0), max(day, 1))
    trend[day:], variance[day:] = trend[recent].mean(), variance[recent].mean()
    return replace(base, trend=trend, trend_variance=variance)


def _volume(base: Baseline, case: Case) -> float:
    """Return feedbacks a day over the 90 days before the fix."""
    since = max(0, case.fixed - 90)
    return max(float(base.n[case.unit, since : case.fixed].mean()), 0.02)


def critical_values(
    share: FloatArray, plan: FloatArray, alpha: float, shape: float
) -> FloatArray:
    """Return the critical value at each *share* of the planned information."""
    constant = critical_constant(
        ratio=float(plan[-1] / plan[0]), alpha=alpha, shape=shape
    )
    return np.asarray(constant * share ** (shape - 0.5), float)


def _share(found: DailyEvidence, plan: FloatArray, factor: float) -> FloatArray:
    """Return each day's share of the information planned for the whole follow-up."""
    first, full = float(plan[0]), float(plan[-1])
    return np.clip(found.information * factor**2 / full, first / full, 1.0)
