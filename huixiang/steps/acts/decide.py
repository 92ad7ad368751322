"""Decide: write acts down, and apply them at once where nobody else is writing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.acts.act import Act, NewAct
from huixiang.errors import HuixiangError
from huixiang.steps.acts.record import record_acts
from huixiang.steps.runs.lifetime import Workplace, apply_decisions


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """An act as it stands now, and the error that refused it in this process, if any."""

    act: Act
    error: Exception | None = None


def decide(place: Workplace, *new: NewAct) -> Sequence[Decision]:
    """Write *new* down, all or none, and return what became of each so far.

    Where a run is writing they wait, and it applies them when it is done; where none
    can begin (the rules cannot be used), they wait with the error that says so.
    """
    recorded = record_acts(place.store, place.now, new)
    errors = {**recorded.errors, **_applied(place, recorded.acts)}
    with place.store.reading() as uow:
        acts = [uow.acts.get(act.act_id) for act in recorded.acts]
    return [Decision(act=act, error=errors.get(act.act_id)) for act in acts]


def _applied(place: Workplace, acts: Sequence[Act]) -> Mapping[str, Exception]:
    """Apply what waits; return what stands against each act, if anything."""
    try:
        return apply_decisions(place)
    except HuixiangError as error:  # they are written down: nobody must decide again
        return dict.fromkeys([act.act_id for act in acts], error)
