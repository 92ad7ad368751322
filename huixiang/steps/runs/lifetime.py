"""How a run begins, how another process joins it, and how it ends."""

import contextlib
import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from huixiang.clock import Now, monotonic
from huixiang.configuration.rulebook import Rulebook
from huixiang.configuration.versions import FILE as FRAME_FILE
from huixiang.configuration.versions import frame_content, frame_hash
from huixiang.domain.run import Lane, RunState
from huixiang.errors import Busy, HuixiangError, RunFoundProblems
from huixiang.processes import holder_name, is_dead
from huixiang.steps.acts.apply import apply_at_once, apply_decided
from huixiang.steps.context import Context, short_id
from huixiang.steps.equipment import Equipment
from huixiang.steps.runs.handle import RunHandle
from huixiang.steps.runs.lease import acquire, release
from huixiang.steps.runs.rules import RunRules, rules_begun_with, rules_to_use, texts_of
from huixiang.steps.runs.run import CallStep, Run, no_step
from huixiang.store.engine import Store
from huixiang.store.unit_of_work import UnitOfWork

ACTS = "acts"
"""The flow of a run that only applies what people decided; it takes a moment."""
PATIENCE_SECONDS = 30.0
PAUSE_SECONDS = 0.02

CODING_FLOWS = frozenset({"understand", "loop"})


class Workplace(Protocol):
    """What the composition root has built, as far as a run needs it."""

    @property
    def store(self) -> Store:
        """The workspace's database."""
        ...

    @property
    def now(self) -> Now:
        """The clock."""
        ...

    @property
    def home(self) -> Path:
        """The workspace's folder."""
        ...

    @property
    def rulebook(self) -> Rulebook:
        """The rules on disk."""
        ...

    def prepare(self) -> object:
        """Bring the database to the newest version."""
        ...

    def equip(self, rulebook: Rulebook) -> Equipment:
        """Return what steps work with under these rules."""
        ...

    def context(self, handle: RunHandle, rulebook: Rulebook) -> Context:
        """Return what the steps of a run are given."""
        ...


@contextmanager
def running(
    place: Workplace, flow: str, as_of: dt.datetime | None, call: CallStep = no_step
) -> Iterator[Run]:
    """Give a run that ends with the block, well or not.

    Raise RunFoundProblems at the end where its facts name problems: the run did its
    work, but somebody has to look.
    """
    run = begin(place, flow, as_of, call)
    try:
        if flow != ACTS:
            apply_decided(run.context)
        yield run
    except BaseException as error:
        _finish(run, RunState.FAILED, {**run.facts, "error": _what_failed(error)})
        with contextlib.suppress(HuixiangError):
            apply_decisions(place)
        raise
    if "problems" in run.facts:
        run.facts["problems"] = [*run.alarms, *run.facts["problems"]]
    _finish(run, RunState.COMPLETED, run.facts)
    if flow != ACTS:
        apply_decisions(place)
    if problems := run.facts.get("problems"):
        raise RunFoundProblems(problems, run.facts)


def begin(
    place: Workplace, flow: str, as_of: dt.datetime | None, call: CallStep = no_step
) -> Run:
    """Take the lease, note the run, keep a snapshot of the rules it uses."""
    if flow != ACTS:  # what was recorded has met the newest tables
        place.prepare()
    rules = rules_to_use(place.store, place.home.name, lambda: place.rulebook)
    equipment = place.equip(rules.rulebook)
    # What is wrong with the models belongs to the runs that would have used them.
    coding_alarms = equipment.coding_alarms if flow in CODING_FLOWS else ()
    handle = _in_turn(place.store, flow, lambda: _start(place, flow, as_of, rules))
    return Run(
        handle=handle,
        context=place.context(handle, rules.rulebook),
        equipment=equipment,
        alarms=(*rules.alarms, *coding_alarms),
        call=call,
    )


def _start(
    place: Workplace, flow: str, as_of: dt.datetime | None, rules: RunRules
) -> RunHandle:
    now = place.now()
    with place.store.transaction("begin") as uow:
        lease = acquire(
            uow, lane=Lane.WRITER, holder=holder_name(), now=now, is_dead=is_dead
        )
        uow.runs.abandon_running(lease.lane, now)
        _remember(uow, rules.rulebook, now)
        handle = RunHandle(
            home=str(place.home),
            flow=flow,
            run_id=short_id("run", flow, now.isoformat(), lease.token),
            as_of=as_of or rules.rulebook.as_of or now,
            lease=lease,
            rulebook_hash=rules.rulebook.hash,
        )
        uow.runs.start(
            run_id=handle.run_id,
            flow=flow,
            lane=lease.lane,
            as_of=handle.as_of,
            started_at=now,
            rulebook_hash=handle.rulebook_hash,
        )
    return handle


def _in_turn(store: Store, flow: str, start: Callable[[], RunHandle]) -> RunHandle:
    """Start a run; where people's acts are just being applied, wait for that moment.

    They themselves wait for nobody: whoever is writing applies them.
    """
    deadline = monotonic() + PATIENCE_SECONDS
    was_just_over = False
    while True:
        try:
            return start()
        except Busy:
            writing = _flow_running(store)
            if flow == ACTS or monotonic() > deadline:
                raise
            if writing != ACTS and (writing or was_just_over):
                raise
            was_just_over = writing is None
        time.sleep(PAUSE_SECONDS)


def _flow_running(store: Store) -> str | None:
    with store.reading() as uow:
        return uow.runs.flow_running(Lane.WRITER)


def apply_decisions(place: Workplace) -> Mapping[str, Exception]:
    """Apply what people decided, unless somebody is writing: they will do it.

    Return what stood against each that was refused, by the act's id.
    """
    if place.store.rehearses:
        return {}
    return apply_at_once(place.store, lambda as_of: _acting(place, as_of))


@contextmanager
def _acting(place: Workplace, as_of: dt.datetime | None) -> Iterator[Context]:
    with running(place, ACTS, as_of) as run:
        yield run.context


def join(place: Workplace, handle: RunHandle) -> Run:
    """Return the run of *handle* in this process, with the rules it began with."""
    begun_with = rules_begun_with(place.store, place.home.name, handle.rulebook_hash)
    rulebook = begun_with or place.rulebook
    return Run(
        handle=handle,
        context=place.context(handle, rulebook),
        equipment=place.equip(rulebook),
    )


def _remember(uow: UnitOfWork, rulebook: Rulebook, now: dt.datetime) -> None:
    frame = frame_content(rulebook.texts[FRAME_FILE])
    uow.rulebooks.remember(rulebook.hash, texts_of(rulebook), now)
    uow.codeframes.remember(rulebook.codeframe.version, frame_hash(frame), frame, now)


def _finish(run: Run, state: RunState, detail: Mapping[str, Any]) -> None:
    """Note how the run ended and give the lease back."""
    context = run.context
    now = context.now()
    with context.store.transaction("finish") as uow:
        uow.runs.finish(context.run_id, state=state, finished_at=now, detail=detail)
        release(uow, context.lease, now)


def _what_failed(error: BaseException) -> str:
    """Name an error; only our own messages are known to hold nobody's words."""
    name = type(error).__name__
    return f"{name}: {error}" if isinstance(error, HuixiangError) else name
