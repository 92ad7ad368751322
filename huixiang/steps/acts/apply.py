"""Apply acts that wait: each with its outcome in one transaction, once, in order."""

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from huixiang.domain.acts.act import Act, ActOutcome, ActReason, ActTarget, Settlement
from huixiang.errors import Busy, HuixiangError, StoreUnavailable
from huixiang.steps.acts.effect import NotYet
from huixiang.steps.acts.handlers import HANDLERS, OUTSIDE
from huixiang.steps.acts.refusal import reason_of
from huixiang.steps.context import Context
from huixiang.store.engine import Store

log = logging.getLogger(__name__)

TICKET_WAIT = dt.timedelta(days=7)
"""So long (real time) a call waits for a ticket that nobody knows yet."""

STUCK = "stuck"
"""Counts acts that met a fault of our own; somebody has to look."""

Opening = Callable[[dt.datetime | None], AbstractContextManager[Context]]
"""Begins a run at a business time (None: the usual one) that ends with the block."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attempt:
    """What became of an act just now, and what stood against it, if anything.

    With an error and still waiting it met a fault of our own: it is kept for later.
    """

    outcome: ActOutcome
    error: Exception | None = None
    is_due: bool = True

    @property
    def name(self) -> str:
        """The name under which a run counts it."""
        is_stuck = self.outcome is ActOutcome.WAITING and self.error is not None
        return STUCK if is_stuck else self.outcome.value


def apply_due(context: Context) -> Counter[str]:
    """Apply what counts by this run's business time; return how many ended how.

    An act that has to wait holds up what came later for the same target, nothing else.
    What lies after the business time is left for a later run, uncounted.
    """
    outcomes: Counter[str] = Counter()
    held_up: set[ActTarget] = set()
    for act in _waiting(context.store):
        attempt = _attempt_due(context, act, held_up)
        # A call that an older version kept unread names nothing to hold up.
        if attempt.outcome is ActOutcome.WAITING and act.target.id:
            held_up.add(act.target)
        if attempt.is_due:
            outcomes[attempt.name] += 1
    return outcomes


def apply_decided(context: Context) -> None:
    """Apply what people decided up to this run's business time, before it looks."""
    held_up: set[ActTarget] = set()
    for act in _of_people(context.store):
        if _attempt_due(context, act, held_up).outcome is ActOutcome.WAITING:
            held_up.add(act.target)


def _attempt_due(context: Context, act: Act, held_up: set[ActTarget]) -> Attempt:
    if act.target in held_up:
        return Attempt(outcome=ActOutcome.WAITING)
    if act.from_call:
        return apply_act(context, act)
    if act.moment > context.as_of or (context.store.rehearses and act.verb in OUTSIDE):
        return Attempt(outcome=ActOutcome.WAITING, is_due=False)
    return apply_act(replace(context, as_of=act.moment), act)


def apply_at_once(store: Store, opening: Opening) -> dict[str, Exception]:
    """Apply what people decided while nobody else writes; return what stood against it.

    Whoever is writing applies it when done, so nothing is left where this is refused.
    Calls of other systems are in their own time; runs apply them.
    """
    errors: dict[str, Exception] = {}
    tried: set[str] = set()
    while acts := [act for act in _of_people(store) if act.act_id not in tried]:
        claimed_at = acts[0].claimed_at
        try:
            with opening(claimed_at) as context:
                errors |= _apply_together(context, claimed_at)
        except Busy:
            break
        tried |= {act.act_id for act in acts if act.claimed_at == claimed_at}
    return errors


def _apply_together(
    context: Context, claimed_at: dt.datetime | None
) -> dict[str, Exception]:
    """Apply what waits for the same business time; others may have applied some."""
    errors: dict[str, Exception] = {}
    held_up: set[ActTarget] = set()
    for act in _of_people(context.store):
        if act.claimed_at != claimed_at or act.target in held_up:
            continue
        attempt = apply_act(context, act)
        if attempt.error is not None:
            errors[act.act_id] = attempt.error
        if attempt.outcome is ActOutcome.WAITING:
            held_up.add(act.target)
    return errors


def apply_act(context: Context, act: Act) -> Attempt:
    """Apply one act; what it changes and its outcome are one transaction."""
    try:
        with context.transaction("act") as uow:
            effect = HANDLERS[act.verb](context, uow, act)
            settlement = _settlement(context, ActOutcome.APPLIED)
            uow.acts.settle(
                act.act_id,
                replace(settlement, facts=effect.facts, item_id=effect.item_id),
            )
    except NotYet as wait:
        return _waits(context, act, wait)
    except (Busy, StoreUnavailable):
        raise
    except (HuixiangError, OSError) as error:
        return _refuse(context, act, error)
    except Exception as error:  # a fault of ours must not stop everybody else's acts
        kind = type(error).__qualname__  # the message may repeat somebody's words
        log.error("act.stuck", extra={"act_id": act.act_id, "error": kind})  # noqa: TRY400
        return Attempt(outcome=ActOutcome.WAITING, error=error)
    return Attempt(outcome=ActOutcome.APPLIED)


def _refuse(context: Context, act: Act, error: HuixiangError | OSError) -> Attempt:
    reason = reason_of(error)
    log.info("act.refused", extra={"act_id": act.act_id, "reason": reason.code})
    settlement = _settlement(context, ActOutcome.REFUSED)
    with context.transaction("refuse") as uow:
        uow.acts.settle(
            act.act_id, replace(settlement, reason=reason.code, facts=reason.facts)
        )
    return Attempt(outcome=ActOutcome.REFUSED, error=error)


def _waits(context: Context, act: Act, wait: NotYet) -> Attempt:
    """Let an act wait; one whose ticket stayed unknown for too long expires."""
    if not wait.for_ticket or context.now() - act.recorded_at <= TICKET_WAIT:
        return Attempt(outcome=ActOutcome.WAITING, is_due=wait.for_ticket)
    log.info("act.expired", extra={"act_id": act.act_id})
    settlement = _settlement(context, ActOutcome.EXPIRED)
    with context.transaction("expire") as uow:
        uow.acts.settle(
            act.act_id, replace(settlement, reason=ActReason.UNKNOWN_TICKET)
        )
    return Attempt(outcome=ActOutcome.EXPIRED)


def _settlement(context: Context, outcome: ActOutcome) -> Settlement:
    return Settlement(outcome=outcome, settled_at=context.now(), run_id=context.run_id)


def _waiting(store: Store) -> Sequence[Act]:
    with store.reading() as uow:
        return uow.acts.waiting()


def _of_people(store: Store) -> Sequence[Act]:
    return [act for act in _waiting(store) if not act.from_call]
