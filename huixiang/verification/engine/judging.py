"""From a panel and the actions to verdicts: a look every day, the first answer stays."""

import datetime as dt
import functools
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri

from huixiang.domain.proof.verdict import (
    Effect,
    InconclusiveReason,
    LevelRecovered,
    Verdict,
    VerdictKind,
    VerdictLook,
)
from huixiang.verification.engine.boundary import crossing_probability
from huixiang.verification.engine.confounding import VerdictBlock, first_block
from huixiang.verification.engine.damage import Damage
from huixiang.verification.engine.design import (
    NOTHING_KNOWN,
    STANDARD,
    ActionWindow,
    Circumstances,
    Design,
)
from huixiang.verification.engine.frequency import rate_factor
from huixiang.verification.engine.history import History, history
from huixiang.verification.engine.panel import BoolArray, FloatArray, Panel
from huixiang.verification.engine.plain_comparison import compare
from huixiang.verification.engine.study import Frequency, Study, place, prepare
from huixiang.verification.engine.threads import one_thread

NO_BASELINE = InconclusiveReason.NO_BASELINE
PRIOR_EFFECT_SD = 0.3  # of true effects, in typical units; shrinks the headline
USUAL_GAP_DAYS = 28  # before the opening: the dip is no part of the usual level
WORSE_REFERENCE_DAYS = 14
TINY = 1e-300


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """The verdict on one action and every look that led to it."""

    action_id: str
    unit: str
    verdict: Verdict
    looks: tuple[VerdictLook, ...]
    p_improved: float | None  # chance of looks this good without any effect


@one_thread()
def judge(
    panel: Panel,
    actions: Sequence[ActionWindow],
    *,
    as_of: dt.date,
    design: Design = STANDARD,
    circumstances: Circumstances = NOTHING_KNOWN,
    only: Container[str] | None = None,
) -> list[Judgement]:
    """Judge every action as if looked at each day up to *as_of*; in input order.

    With *only*, judge the actions of these ids; the others still count as fixes.

    A verdict dated t uses nothing later than t: judging again later, or with later
    data cut off, returns the same verdict.
    """
    known = [_as_known(action, as_of) for action in actions]
    past = view(panel, known, as_of, design)
    frequency = frequency_of(past, design)
    return [
        _judge_one(past, a, known, as_of, design, circumstances, frequency)
        for a in known
        if only is None or a.action_id in only
    ]


def view(
    panel: Panel, actions: Sequence[ActionWindow], as_of: dt.date, design: Design
) -> History:
    """Return what is known on *as_of*, turned so that up is better."""
    wait = dt.timedelta(days=design.horizon_days + 1)
    ends = [
        a.resolved_on + dt.timedelta(days=a.bite_days) + wait
        for a in actions
        if a.resolved_on is not None
    ]
    known = panel.until(as_of).times(float(design.spec.direction))
    return history(known.until(max([as_of, *ends])), actions)


def frequency_of(past: History, design: Design) -> Frequency | None:
    """Return how frequent damage is by learning day; each day is learnt once."""
    if not design.issue_aware:
        return None
    return functools.cache(lambda day: rate_factor(past, day, Damage(), design))


def _as_known(action: ActionWindow, as_of: dt.date) -> ActionWindow:
    """Forget a fix that lies in the future."""
    if action.resolved_on is None or action.resolved_on <= as_of:
        return action
    return replace(action, resolved_on=None)


def _judge_one(
    past: History,
    action: ActionWindow,
    actions: Sequence[ActionWindow],
    as_of: dt.date,
    design: Design,
    circumstances: Circumstances,
    frequency: Frequency | None,
) -> Judgement:
    """Judge one action."""
    case = place(past.panel, action, actions)
    if case is None:
        unresolved = action.resolved_on is None
        reason = InconclusiveReason.NOT_RESOLVED if unresolved else NO_BASELINE
        return _without_evidence(action, reason, as_of, design)
    study = prepare(
        past,
        case,
        design,
        past.panel.day(as_of),
        circumstances=circumstances,
        frequency=frequency,
    )
    if study is None:
        return _without_evidence(action, NO_BASELINE, as_of, design)
    return _decide(past, study, actions, as_of, design, circumstances)


def _decide(
    past: History,
    study: Study,
    actions: Sequence[ActionWindow],
    as_of: dt.date,
    design: Design,
    circumstances: Circumstances,
) -> Judgement:
    """Walk through the days until one of them may answer."""
    last = min(past.panel.day(as_of), study.case.fixed + design.horizon_days)
    block = first_block(past.panel, study, actions, circumstances, last)
    effects = _effects(study, design)
    looks: list[VerdictLook] = []
    for k, kind in daily_kinds(study, design, last):
        looks.append(_look(past.panel, study, k, kind, effects[k]))
        day = int(study.found.days[k])
        blocked = block is not None and day >= block.from_day
        if kind.is_terminal and not blocked:
            return _judgement(past, study, effects, tuple(looks), None, day, design)
    reason = _why_not(study, design, block, last)
    return _judgement(past, study, effects, tuple(looks), reason, last, design)


def daily_kinds(
    study: Study, design: Design, last: int
) -> list[tuple[int, VerdictKind]]:
    """Return what each look (position in the evidence) says on its own."""
    found = study.found
    age = found.days - study.case.fixed + 1  # days of follow-up at the day's end
    allowed = (age >= design.first_look_days) & (age <= design.horizon_days)
    allowed &= (found.n_after >= design.min_feedbacks_after) & (found.days <= last)
    improved = found.p_above(0.0) < ndtr(-study.critical)
    worse = _below_reference(study) & (found.p_below(0.0) < ndtr(-study.critical_worse))
    least = design.criterion.minimum_effect
    idle = found.p_below(least) < _futility(age, design)
    kinds = np.select(
        [improved, worse, idle],
        [VerdictKind.IMPROVED, VerdictKind.WORSE, VerdictKind.NOT_IMPROVED],
        VerdictKind.INCONCLUSIVE,
    )
    return [(int(k), VerdictKind(kinds[k])) for k in np.flatnonzero(allowed)]


def _futility(age: FloatArray, design: Design) -> FloatArray:
    """Return the chance below which a worthwhile effect is given up, by day."""
    chance = np.zeros(len(age))
    for from_day, share in design.futility:
        last = from_day >= design.horizon_days
        chance[age >= (design.horizon_days - 1 if last else from_day)] = share
    return chance


def _below_reference(study: Study) -> BoolArray:
    """Say for each day whether the level since the fix lies below that before it."""
    base, case, days = study.base, study.case, study.found.days.astype(np.intp)
    start = max(0, min(case.opened, case.resolved) - WORSE_REFERENCE_DAYS)
    reference = _level(study, slice(start, case.resolved))
    gap = base.adjusted[case.unit, days] - base.trend[days]
    n = base.n[case.unit, days]
    running = np.cumsum(gap * n) / np.maximum(np.cumsum(n), 1e-9)
    return np.asarray(running < (np.inf if reference is None else reference))


def _level(study: Study, days: slice) -> float | None:
    """Return the unit's adjusted level (trend removed); None without feedback."""
    base, unit = study.base, study.case.unit
    n = base.n[unit, days]
    if not n.sum() > 0:
        return None
    gap = base.adjusted[unit, days] - base.trend[days]
    return float((gap * n).sum() / n.sum())


def _look(
    panel: Panel, study: Study, k: int, kind: VerdictKind, effect: Effect
) -> VerdictLook:
    """Write one day down."""
    return VerdictLook(
        on=panel.first_day + dt.timedelta(days=int(study.found.days[k])),
        effect=effect,
        critical_value=float(study.critical[k]),
        n_after=int(study.found.n_after[k]),
        kind=kind,
    )


def _effects(study: Study, design: Design) -> list[Effect]:
    """Return each day's effect in the metric's own sign, with its interval."""
    low, high = study.found.interval(study.critical)
    value, sign = study.found.effect, design.spec.direction
    ends = np.sort(np.column_stack([sign * low, sign * high]), axis=1)
    return [
        Effect(value=float(v), low=float(a), high=float(b))
        for v, (a, b) in zip(sign * value, ends, strict=True)
    ]


def _why_not(
    study: Study, design: Design, block: VerdictBlock | None, last: int
) -> InconclusiveReason:
    """Say why the days up to *last* gave no answer."""
    if block is not None:
        return block.reason
    if last < study.case.fixed + design.horizon_days - 1:
        return InconclusiveReason.FOLLOWING
    n_after = study.found.n_after[-1] if len(study.found.days) else 0
    if n_after < design.min_feedbacks_after:
        return InconclusiveReason.TOO_FEW_FEEDBACKS
    return InconclusiveReason.NOT_SEPARABLE


def _judgement(
    past: History,
    study: Study,
    effects: Sequence[Effect],
    looks: tuple[VerdictLook, ...],
    reason: InconclusiveReason | None,
    day: int,
    design: Design,
) -> Judgement:
    """Put the verdict of *day* together."""
    case, found = study.case, study.found
    seen = np.flatnonzero(found.days <= day)
    k = int(seen[-1]) if len(seen) else None
    verdict = Verdict(
        kind=looks[-1].kind if reason is None else VerdictKind.INCONCLUSIVE,
        reason=reason,
        effect=None if k is None else effects[k],
        shrunk_effect=None if k is None else _shrunk(study, k, design),
        level_recovered=_recovered(study, day, design),
        plain_comparison=compare(
            past.panel, unit=case.unit, opened=case.opened, fixed=case.fixed, last=day,
            direction=design.spec.direction, one=float(study.base.usual[case.unit]),
        ),
        n_before=study.n_before,
        n_after=0 if k is None else int(found.n_after[k]),
        n_controls=study.base.n_controls,
        n_more_needed=_n_more(study, k, design) if reason is not None else None,
        as_of=past.panel.first_day + dt.timedelta(days=day),
        criterion=design.criterion,
        notes=study.notes,
    )  # fmt: skip
    return Judgement(
        action_id=case.action.action_id, unit=case.action.unit, verdict=verdict,
        looks=looks,
        p_improved=_p_improved(study, len(looks), design),
    )  # fmt: skip


def _shrunk(study: Study, k: int, design: Design) -> float:
    """Pull the headline towards 0: the first crossing is a lucky moment."""
    information = float(study.found.information[k])
    prior = (PRIOR_EFFECT_SD * study.base.scale) ** -2
    share = information / (information + prior)
    return design.spec.direction * float(study.found.effect[k]) * share


def _n_more(study: Study, k: int | None, design: Design) -> int | None:
    """Return about how many more feedbacks would separate the least effect from 0."""
    if k is None:
        return None
    wanted = (1.96 / design.criterion.minimum_effect) ** 2
    share = wanted / float(study.found.information[k])
    return max(1, int(np.ceil(study.found.n_after[k] * (share - 1))))


def _recovered(study: Study, day: int, design: Design) -> LevelRecovered:
    """Compare the level since the fix with the usual one before the dip."""
    case, half = study.case, design.criterion.minimum_effect / 2
    usual = _level(study, slice(study.start, max(case.opened - USUAL_GAP_DAYS, 0)))
    now = _level(study, slice(case.fixed, day + 1))
    if usual is None or now is None:
        return LevelRecovered.UNKNOWN
    return LevelRecovered.YES if now > usual - half else LevelRecovered.NO


def _without_evidence(
    action: ActionWindow, reason: InconclusiveReason, as_of: dt.date, design: Design
) -> Judgement:
    """Say plainly that nothing can be measured."""
    verdict = Verdict(
        kind=VerdictKind.INCONCLUSIVE, reason=reason, effect=None, shrunk_effect=None,
        level_recovered=LevelRecovered.UNKNOWN, plain_comparison=None, n_before=0, n_after=0,
        n_controls=0, n_more_needed=None, as_of=as_of, criterion=design.criterion,
    )  # fmt: skip
    return Judgement(
        action_id=action.action_id,
        unit=action.unit,
        verdict=verdict,
        looks=(),
        p_improved=None,
    )


def _p_improved(study: Study, n_looks: int, design: Design) -> float | None:
    """Return the chance that any look so far was this good without an effect."""
    found = study.found
    age = found.days - study.case.fixed + 1
    seen = (age >= design.first_look_days) & (
        found.n_after >= design.min_feedbacks_after
    )
    z = -ndtri(np.maximum(found.p_above(0.0)[seen][:n_looks], TINY))
    share = study.share[seen][:n_looks]
    if not len(z):
        return None
    shape = design.boundary_shape
    highest = float((z * share ** (0.5 - shape)).max())
    return crossing_probability(ratio=study.ratio, constant=highest, shape=shape)
