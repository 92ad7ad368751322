"""Keep the method honest: audit it on untouched dips, now and then and on every change."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huixiang.steps.context import Context, short_id
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.placebo import PlaceboAudit, audit
from huixiang.verification.engine.design import ActionWindow, Circumstances, Design
from huixiang.verification.engine.panel import Panel

METHOD = "placebo-1"
EVERY_DAYS = 28
SOON_DAYS = 7  # while the history holds few dips, each week adds some
ENOUGH_DIPS = 30
MAX_DIPS = 60  # a run must stay cheap; 60 tell 2 % from 10 %


@dataclass(frozen=True, kw_only=True, slots=True)
class Audited:
    """A design with the audit that holds for it; *fresh* has to be stored."""

    design: Design
    row: Mapping[str, Any]
    fresh: bool


def audited(
    context: Context,
    uow: UnitOfWork,
    design: Design,
    panel: Callable[[], Panel],
    actions: Sequence[ActionWindow],
    facts: Circumstances,
) -> Audited:
    """Return the newest audit of *design*, made anew where it is old or things changed."""
    day, meaning = context.last_day, _meaning(facts, context.last_day)
    row = uow.assurance.audit(design_id(design), day)
    if row is None or _is_stale(row, day, meaning):
        found = audit(panel(), actions, as_of=day, design=design, max_dips=MAX_DIPS)
        return _with(design, _row(context, design, found, meaning), fresh=True)
    return _with(design, row, fresh=False)


def design_id(design: Design) -> str:
    """Name a design by what was agreed at opening."""
    return short_id("ds", *dataclasses.astuple(design.criterion))


def _meaning(facts: Circumstances, until: dt.date) -> str:
    """Name what the scores mean: another codeframe or model asks for another audit."""
    changes = (*facts.codeframe_changes, "model", *facts.model_changes)
    return short_id("pn", *(day for day in changes if not _is_later(day, until)))


def _is_later(day: object, until: dt.date) -> bool:
    return isinstance(day, dt.date) and day > until


def _is_stale(row: Mapping[str, Any], day: dt.date, meaning: str) -> bool:
    wait = EVERY_DAYS if row["n_dips"] >= ENOUGH_DIPS else SOON_DAYS
    age: int = (day - row["looked_on"]).days
    return age >= wait or bool(row["panel"] != meaning)


def _with(design: Design, row: Mapping[str, Any], *, fresh: bool) -> Audited:
    widened = dataclasses.replace(design, error_factor=row["error_factor"])
    return Audited(design=widened, row=row, fresh=fresh)


def _row(
    context: Context, design: Design, found: PlaceboAudit, meaning: str
) -> Mapping[str, Any]:
    key, day = design_id(design), context.last_day
    criterion = design.criterion
    return {
        "audit_id": short_id("pa", key, day, meaning),
        "design_id": key,
        "design": {**dataclasses.asdict(criterion), "metric": criterion.metric.value},
        "looked_on": day,
        "as_of": context.as_of,
        "panel": meaning,
        **dataclasses.asdict(found),
        "error_factor": found.error_factor,
        "method_version": METHOD,
    }
