"""Did the fix harm its neighbours, and did it help alike wherever it was made?"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import chdtrc, ndtr

from huixiang.domain.proof.verdict import Consistency, Effect
from huixiang.verification.engine.design import STANDARD, ActionWindow, Design
from huixiang.verification.engine.judging import frequency_of, view
from huixiang.verification.engine.panel import Panel
from huixiang.verification.engine.study import Case, Study, prepare
from huixiang.verification.engine.threads import one_thread

Z_INTERVAL = 1.96  # sequential intervals are wider, so this errs towards "alike"


@dataclass(frozen=True, kw_only=True, slots=True)
class SideEffect:
    """A neighbour that fell below its own forecast after the fix."""

    unit: str
    effect: Effect
    since: dt.date  # the first day on which it could be said


def consistency(effects: Mapping[str, Effect], direction: int) -> Consistency | None:
    """Return how well the *effects* of several units agree; None of fewer than two."""
    if len(effects) < 2:  # noqa: PLR2004  # one unit agrees with itself
        return None
    value = np.array([each.value for each in effects.values()])
    error = np.array([(e.high - e.low) / (2 * Z_INTERVAL) for e in effects.values()])
    weight = 1 / np.maximum(error, 1e-9) ** 2
    mean = (weight @ value) / weight.sum()
    q, df = float(weight @ (value - mean) ** 2), len(value) - 1
    between = max(
        0.0, (q - df) / float(weight.sum() - (weight**2).sum() / weight.sum())
    )
    weight = 1 / (error**2 + between)
    centre = float((weight @ value) / weight.sum())
    half = Z_INTERVAL / float(np.sqrt(weight.sum()))
    return Consistency(
        n_units=len(value),
        pooled=Effect(value=centre, low=centre - half, high=centre + half),
        spread=max(0.0, (q - df) / q) if q > 0 else 0.0,
        p_same=float(chdtrc(df, q)),
        against=tuple(
            unit
            for unit, each in effects.items()
            if (each.high < 0 if direction > 0 else each.low > 0)
        ),
    )


@one_thread()
def side_effects(
    panel: Panel,
    action: ActionWindow,
    neighbours: Iterable[str],
    actions: Sequence[ActionWindow],
    *,
    as_of: dt.date,
    design: Design = STANDARD,
) -> list[SideEffect]:
    """Return the harmed among *neighbours*; one alpha is shared by all of them.

    Neighbours with a fix of their own since the opening are left out.
    """
    if action.resolved_on is None or action.resolved_on > as_of:
        return []
    busy = {a.unit for a in actions if (a.resolved_on or as_of) >= action.opened_on}
    watched = [u for u in neighbours if u in panel.units and u not in busy]
    if not watched:
        return []
    design = replace(design, alpha_worse=design.alpha / len(watched))
    past = view(panel, actions, as_of, design)
    frequency, last = frequency_of(past, design), past.panel.day(as_of)
    found = []
    for unit in watched:
        case = _watch(past.panel, action, action.resolved_on, unit)
        study = prepare(past, case, design, last, frequency=frequency)
        if study is not None:
            found.append(_harm(past.panel, unit, study, design))
    return [harm for harm in found if harm is not None]


def _watch(panel: Panel, action: ActionWindow, resolved: dt.date, unit: str) -> Case:
    """Return the case of a neighbour that was not itself fixed."""
    day = panel.day(resolved)
    return Case(
        action=replace(action, unit=unit),
        unit=panel.units.index(unit),
        opened=panel.day(action.opened_on),
        resolved=day,
        fixed=day + action.bite_days,
        resets=(),
    )


def _harm(panel: Panel, unit: str, study: Study, design: Design) -> SideEffect | None:
    """Return the first day on which harm is clear."""
    found = study.found
    age = found.days - study.case.fixed + 1
    looked = (age >= design.first_look_days) & (
        found.n_after >= design.min_feedbacks_after
    )
    clear = looked & (found.p_below(0.0) < ndtr(-study.critical_worse))
    if not clear.any():
        return None
    k = int(np.flatnonzero(clear)[0])
    low, high = found.interval(study.critical_worse)
    sign = design.spec.direction
    ends = sorted((sign * float(low[k]), sign * float(high[k])))
    return SideEffect(
        unit=unit,
        effect=Effect(value=sign * float(found.effect[k]), low=ends[0], high=ends[1]),
        since=panel.first_day + dt.timedelta(days=int(found.days[k])),
    )
