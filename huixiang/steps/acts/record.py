"""Write acts down: one short transaction, no lease, whatever else is running."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.clock import Now
from huixiang.domain.acts.act import Act, ActOutcome, NewAct, Settlement
from huixiang.errors import HuixiangError
from huixiang.steps.acts.handlers import FREE
from huixiang.steps.acts.masking import masked
from huixiang.steps.acts.refusal import reason_of
from huixiang.store.engine import Store
from huixiang.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, kw_only=True, slots=True)
class Recorded:
    """Acts as they were written down, and the errors of those refused at once."""

    acts: Sequence[Act]
    errors: Mapping[str, Exception]


def record_acts(store: Store, now: Now, new: Sequence[NewAct]) -> Recorded:
    """Write *new* down, all or none; people's words are masked first.

    What touches only what nobody else writes is applied in the same transaction.
    """
    at = now()
    with store.transaction("record", at=at) as uow:
        acts = [uow.acts.add(masked(each), at) for each in new]
        refused = [(act.act_id, _apply_free(uow, act)) for act in acts]
    errors = {act_id: error for act_id, error in refused if error is not None}
    return Recorded(acts=acts, errors=errors)


def _apply_free(uow: UnitOfWork, act: Act) -> HuixiangError | None:
    """Apply an act that needs no lease; return what stood against it, if anything."""
    handler = FREE.get(act.verb)
    if handler is None:
        return None
    try:
        effect = handler(uow, act)
    except HuixiangError as error:
        reason = reason_of(error)
        settlement = Settlement(
            outcome=ActOutcome.REFUSED,
            settled_at=act.recorded_at,
            reason=reason.code,
            facts=reason.facts,
        )
        uow.acts.settle(act.act_id, settlement)
        return error
    uow.acts.settle(
        act.act_id,
        Settlement(
            outcome=ActOutcome.APPLIED,
            settled_at=act.recorded_at,
            facts=effect.facts,
        ),
    )
    return None
