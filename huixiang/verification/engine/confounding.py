"""When a comparison cannot be fair: the first day on which no verdict may be given."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from huixiang.domain.proof.verdict import InconclusiveReason
from huixiang.verification.engine.design import ActionWindow, Circumstances
from huixiang.verification.engine.panel import FloatArray, Panel
from huixiang.verification.engine.study import Case, Study

WINDOW_DAYS = 28  # a feed is judged on this many days
USUAL_DAYS = 90
LEAST_EXPECTED = 14.0  # feedbacks expected in the window, else silence says nothing
DEAD_SHARE = 0.1
CARRIER_SHARE = 0.3  # a channel with this share of the unit's feedback matters
MIX_DISTANCE = 0.6  # total variation between the mixes before and after
LEAST_AFTER = 30.0


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictBlock:
    """From this day on nothing can be concluded, and why."""

    from_day: int
    reason: InconclusiveReason


def first_block(
    panel: Panel,
    study: Study,
    actions: Sequence[ActionWindow],
    facts: Circumstances,
    last: int,
) -> VerdictBlock | None:
    """Return the earliest block up to day *last*; uses only days up to its own."""
    found = [
        *_changes(panel, study.case, facts),
        *_overlaps(panel, study.case, actions),
        *_silence(panel, study.case, facts, last),
        *_moved_mix(panel, study.case, last),
    ]
    return min(
        (block for block in found if block.from_day <= last),
        key=lambda block: block.from_day,
        default=None,
    )


def _changes(panel: Panel, case: Case, facts: Circumstances) -> Iterator[VerdictBlock]:
    """VerdictBlock from the day the meaning of the scores changed."""
    kinds = (
        (InconclusiveReason.CODEFRAME_CHANGED, facts.redefined(case.action.unit)),
        (InconclusiveReason.MODEL_CHANGED, facts.model_changes),
    )
    for reason, changes in kinds:
        for day in map(panel.day, changes):
            if day >= case.cut:
                yield VerdictBlock(from_day=max(day, case.fixed), reason=reason)


def _overlaps(
    panel: Panel, case: Case, actions: Iterable[ActionWindow]
) -> Iterator[VerdictBlock]:
    """VerdictBlock from the day another fix of the same unit began to count."""
    own = case.action
    for other in actions:
        if other.unit != own.unit or other.resolved_on is None:
            continue
        same = other.action_id == own.action_id and other.resolved_on == own.resolved_on
        day = panel.day(other.resolved_on)
        if not same and day >= case.cut:
            yield VerdictBlock(
                from_day=max(day, case.fixed),
                reason=InconclusiveReason.OVERLAPPING_ACTION,
            )


def _silence(
    panel: Panel, case: Case, facts: Circumstances, last: int
) -> Iterator[VerdictBlock]:
    """VerdictBlock when the unit, or a channel that carries it, falls silent after the fix."""
    usual = slice(max(0, case.resolved - USUAL_DAYS), case.resolved)
    unit = panel.n[case.unit]
    carried = unit[usual].sum(0) / max(unit[usual].sum(), 1e-9)
    for channel in np.flatnonzero(carried >= CARRIER_SHARE):
        source = _source(panel, int(channel), facts)
        day = _dead_from(source, usual, case.fixed, last)
        if day is not None:
            yield VerdictBlock(from_day=day, reason=InconclusiveReason.CHANNEL_DIED)
    day = _dead_from(unit.sum(-1), usual, case.fixed, last)
    if day is not None and not facts.source_volumes:
        yield VerdictBlock(from_day=day, reason=InconclusiveReason.FEED_DIED)


def _source(panel: Panel, channel: int, facts: Circumstances) -> FloatArray:
    """Return a channel's records a day: as told, else summed over the units."""
    told = facts.source_volumes.get(panel.channels[channel])
    if told is None:
        return np.asarray(panel.n[:, :, channel].sum(0), float)
    days = (panel.first_day + dt.timedelta(days=k) for k in range(panel.n_days))
    return np.array([float(told.get(day, 0)) for day in days])


def _dead_from(volume: FloatArray, usual: slice, fixed: int, last: int) -> int | None:
    """Return the first day whose trailing window holds a tenth of the usual volume."""
    expected = float(volume[usual].mean()) * WINDOW_DAYS if usual.stop else 0.0
    if expected < LEAST_EXPECTED:
        return None
    running = np.concatenate([[0.0], np.cumsum(volume[: last + 1])])
    ends = np.arange(fixed + WINDOW_DAYS, last + 2)
    seen = running[ends] - running[ends - WINDOW_DAYS]
    dead = np.flatnonzero(seen <= DEAD_SHARE * expected)
    return int(ends[dead[0]]) - 1 if len(dead) else None


def _moved_mix(panel: Panel, case: Case, last: int) -> Iterator[VerdictBlock]:
    """VerdictBlock when the channel mix after the fix is too far from any seen before."""
    before = panel.n[case.unit, max(0, case.resolved - USUAL_DAYS) : case.resolved]
    after = np.cumsum(panel.n[case.unit, case.fixed : last + 1], axis=0)
    n_after = after.sum(1)
    if before.sum() < LEAST_AFTER:
        return
    usual = before.sum(0) / before.sum()
    mix = after / np.maximum(n_after, 1e-9)[:, None]
    distance = np.abs(mix - usual).sum(1) / 2
    moved = np.flatnonzero((distance > MIX_DISTANCE) & (n_after >= LEAST_AFTER))
    if len(moved):
        yield VerdictBlock(
            from_day=case.fixed + int(moved[0]), reason=InconclusiveReason.MIX_MOVED
        )
