"""The table of steps: a step is its function and its line here; flows call it by name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from huixiang.domain.text import Bilingual
from huixiang.steps import calls
from huixiang.steps.context import Context
from huixiang.steps.equipment import Facts
from huixiang.steps.runs.run import Arguments, Run
from huixiang.wording.tables import LEDGER_TABLE, VERDICT_TABLE

BATCH = timedelta(hours=1)
WHOLE = timedelta(hours=6)
"""Limits that no healthy step meets: what hangs must not hold the lease for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownTable:
    """A table that a scheduler's page shows once the step is done."""

    key: str
    title: Bilingual
    rows: Callable[[Context], list[Facts]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step, and how whoever schedules it should treat it.

    `retry_delays` has the seconds to wait before each further try, `because` why these.
    `in_batches`: each call does one batch and says None when none is left.
    `rehearsed`: what a rehearsal says instead of calling a step that writes files.
    """

    name: str
    does: Callable[..., Facts | None]
    retry_delays: tuple[int, ...]
    because: str
    limit: timedelta
    tags: tuple[str, ...]
    in_batches: bool = False
    shown: ShownTable | None = None
    rehearsed: Mapping[str, Any] | None = None


_AGAIN = "done twice is done once; a database may be busy for a moment"
_ROWS = (
    Step(
        name="pull", does=calls.pull, limit=WHOLE, tags=("intake",),
        retry_delays=(2, 10), because="a folder or server may be away for a moment",
    ),
    Step(
        name="validate", does=calls.validate, limit=BATCH, tags=("intake",),
        retry_delays=(2, 10), because=_AGAIN, in_batches=True,
    ),
    Step(
        name="classify", does=calls.classify, limit=BATCH, tags=("coding",),
        retry_delays=(0,), because=_AGAIN, in_batches=True,
    ),
    Step(
        name="route", does=calls.route, limit=BATCH, tags=("coding",),
        retry_delays=(0,), because=_AGAIN, in_batches=True,
    ),
    Step(
        name="sync_status", does=calls.sync_status, limit=BATCH, tags=("items",),
        retry_delays=(0,), because=_AGAIN,
    ),
    Step(
        name="verify", does=calls.verify, limit=WHOLE, tags=("verify",),
        retry_delays=(0,), because=_AGAIN,
        shown=ShownTable(key="verdicts", title=VERDICT_TABLE, rows=calls.verdict_rows),
    ),
    Step(
        name="alert", does=calls.alert, limit=WHOLE, tags=("items",),
        retry_delays=(0,), because=_AGAIN,
    ),
    Step(
        name="push", does=calls.push, limit=WHOLE, tags=("messages",),
        retry_delays=(), because="the outbox retries; two layers would multiply tries",
    ),
    Step(
        name="report", does=calls.report, limit=WHOLE, tags=("report",),
        retry_delays=(0,), because=_AGAIN,
        rehearsed={"report": "not written in a rehearsal"},
    ),
    Step(
        name="digest", does=calls.digest, limit=BATCH, tags=("report",),
        retry_delays=(0,), because=_AGAIN,
    ),
    Step(
        name="train", does=calls.train, limit=WHOLE, tags=("codeframe",),
        retry_delays=(), because="what failed would fail again, an hour later",
        rehearsed={"model": "not trained in a rehearsal"},
    ),
    Step(
        name="ledger", does=calls.ledger, limit=BATCH, tags=("ledger",),
        retry_delays=(0,), because=_AGAIN,
        shown=ShownTable(key="ledger", title=LEDGER_TABLE, rows=calls.ledger_rows),
    ),
)  # fmt: skip
STEPS: Mapping[str, Step] = {step.name: step for step in _ROWS}


def call_directly(run: Run, name: str, arguments: Arguments) -> Facts | None:
    """Call a step here and now."""
    return STEPS[name].does(run.context, run.equipment, **arguments)


def call_in_rehearsal(run: Run, name: str, arguments: Arguments) -> Facts | None:
    """Call a step, unless it writes files."""
    rehearsed = STEPS[name].rehearsed
    if rehearsed is not None:
        return dict(rehearsed)
    return call_directly(run, name, arguments)
