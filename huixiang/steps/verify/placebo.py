"""Keep the method honest: try it on untouched dips, now and then and on every change."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huixiang.domain.proof.assurance import PlaceboCheck
from huixiang.steps.context import Context, short_id
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.placebo import placebo_check
from huixiang.verification.engine.design import ActionWindow, Circumstances, Design
from huixiang.verification.engine.panel import Panel

METHOD = "placebo-1"
EVERY_DAYS = 28
SOON_DAYS = 7  # while the history holds few dips, each week adds some
ENOUGH_DIPS = 30
MAX_DIPS = 60  # a run must stay cheap; 60 tell 2 % from 10 %


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckedDesign:
    """A design with the placebo check that holds for it; *fresh* has to be stored."""

    design: Design
    check: PlaceboCheck
    fresh: bool


def checked_design(
    context: Context,
    uow: UnitOfWork,
    design: Design,
    panel: Callable[[], Panel],
    actions: Sequence[ActionWindow],
    facts: Circumstances,
) -> CheckedDesign:
    """Return the newest check of *design*, made anew where it is old or things changed."""
    day, meaning = context.last_day, _meaning(facts, context.last_day)
    known = uow.assurance.placebo_check(design_id(design), day)
    if known is not None and not _is_stale(known, day, meaning):
        return _with(design, known, fresh=False)
    made = _check(context, design, panel(), actions, meaning)
    return _with(design, made, fresh=True)


def design_id(design: Design) -> str:
    """Name a design by what was agreed at opening."""
    return short_id("ds", *dataclasses.astuple(design.criterion))


def _meaning(facts: Circumstances, until: dt.date) -> str:
    """Name what the scores mean: another codeframe or model asks for another check."""
    changes = (*facts.codeframe_changes, "model", *facts.model_changes)
    return short_id("pn", *(day for day in changes if not _is_later(day, until)))


def _is_later(day: object, until: dt.date) -> bool:
    return isinstance(day, dt.date) and day > until


def _is_stale(check: PlaceboCheck, day: dt.date, meaning: str) -> bool:
    wait = EVERY_DAYS if check.n_dips >= ENOUGH_DIPS else SOON_DAYS
    return (day - check.looked_on).days >= wait or check.panel != meaning


def _with(design: Design, check: PlaceboCheck, *, fresh: bool) -> CheckedDesign:
    widened = dataclasses.replace(design, error_factor=check.error_factor)
    return CheckedDesign(design=widened, check=check, fresh=fresh)


def _check(
    context: Context,
    design: Design,
    panel: Panel,
    actions: Sequence[ActionWindow],
    meaning: str,
) -> PlaceboCheck:
    key, day = design_id(design), context.last_day
    figures = placebo_check(panel, actions, as_of=day, design=design, max_dips=MAX_DIPS)
    return PlaceboCheck(
        check_id=short_id("pa", key, day, meaning),
        design_id=key,
        design=design.criterion,
        looked_on=day,
        as_of=context.as_of,
        panel=meaning,
        **dataclasses.asdict(figures),
        error_factor=figures.error_factor,
        method_version=METHOD,
    )
