"""Does it last? A second look 90 days after a fix that was found to help."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from huixiang.domain.proof.verdict import Effect, Sustained
from huixiang.verification.engine.design import STANDARD, ActionWindow, Design
from huixiang.verification.engine.judging import frequency_of, view
from huixiang.verification.engine.panel import Panel
from huixiang.verification.engine.study import Study, place, prepare
from huixiang.verification.engine.threads import one_thread

LOOK_DAYS = 90
WINDOW_DAYS = 28
Z_TWO_SIDED = 1.96  # one look, 95 %
CERTAINTY = 0.10  # chance of a sustained effect below which it is called a relapse
CLEAR = (
    0.10  # chance of such an estimate without any effect, at most, to call it lasting
)


@dataclass(frozen=True, kw_only=True, slots=True)
class RelapseLook:
    """The effect over the last 28 of 90 days, one look, 95 % interval."""

    action_id: str
    outcome: Sustained
    effect: Effect | None
    as_of: dt.date


@one_thread()
def relapse_look(
    panel: Panel,
    action: ActionWindow,
    actions: Sequence[ActionWindow],
    *,
    as_of: dt.date,
    design: Design = STANDARD,
    look_days: int = LOOK_DAYS,
    certainty: float = CERTAINTY,
) -> RelapseLook:
    """Judge the last 28 of *look_days* after the fix against the same forecast.

    Relapsed: the chance of a worthwhile effect has sunk below *certainty*. Sustained:
    it has not, the estimate is at least half of it and clearly above nothing.
    """
    look = _look_day(action, look_days)
    if look is None or as_of < look:
        return _nothing(action, Sustained.WATCHED, as_of)
    late = replace(action, bite_days=look_days - WINDOW_DAYS)
    window = replace(design, horizon_days=WINDOW_DAYS, futility=())
    past = view(panel, [*actions, late], look, window)
    case = place(past.panel, late, actions)
    if case is None:
        return _nothing(action, Sustained.UNCLEAR, look)
    frequency = frequency_of(past, window)
    study = prepare(past, case, window, past.panel.day(look), frequency=frequency)
    if study is None or not len(study.found.days):
        return _nothing(action, Sustained.UNCLEAR, look)
    return _judged(action, study, design, look, certainty)


def _look_day(action: ActionWindow, look_days: int) -> dt.date | None:
    """Return the last day of the look's window."""
    if action.resolved_on is None:
        return None
    return action.resolved_on + dt.timedelta(days=look_days - 1)


def _judged(
    action: ActionWindow,
    study: Study,
    design: Design,
    look: dt.date,
    certainty: float,
) -> RelapseLook:
    """Apply the rule to the last day's evidence."""
    found, sign = study.found, design.spec.direction
    least = design.criterion.minimum_effect
    low, high = found.interval(np.full(len(found.days), Z_TWO_SIDED))
    ends = sorted((sign * float(low[-1]), sign * float(high[-1])))
    value = float(found.effect[-1])
    outcome = Sustained.UNCLEAR
    if found.p_below(least)[-1] < certainty:
        outcome = Sustained.RELAPSED
    elif value >= least / 2 and found.p_above(0.0)[-1] < CLEAR:
        outcome = Sustained.SUSTAINED
    return RelapseLook(
        action_id=action.action_id,
        outcome=outcome,
        effect=Effect(value=sign * value, low=ends[0], high=ends[1]),
        as_of=look,
    )


def _nothing(action: ActionWindow, outcome: Sustained, as_of: dt.date) -> RelapseLook:
    """Return a look without evidence."""
    return RelapseLook(
        action_id=action.action_id, outcome=outcome, effect=None, as_of=as_of
    )
