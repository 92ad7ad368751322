"""The steps of a run as Prefect tasks: shown, timed and retried as their table says."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from prefect import State, Task, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Failed

from huixiang.app import open_app
from huixiang.errors import RunFoundProblems
from huixiang.steps.equipment import Facts
from huixiang.steps.reads.ledger import backlog
from huixiang.steps.runs.handle import RunHandle
from huixiang.steps.runs.lifetime import join
from huixiang.steps.runs.run import Arguments, Run
from huixiang.steps.table import STEPS, Step, call_directly
from tasks.artifacts import Progress, show_table

__all__ = ["Outcome", "Run", "run_as_tasks"]

Outcome = Facts | State[Any]
"""What a flow returns: the facts of its run; failed where somebody has to look."""

_runs: dict[str, Run] = {}
"""The runs that this process began."""


def run_as_tasks(
    flow: str,
    order: Callable[..., None],
    home: str | None,
    as_of: dt.datetime | None,
    **options: str | None,
) -> Outcome:
    """Do what *order* says, each step as a task, on the workspace in *home*."""
    app = open_app(Path(home) if home else None)
    try:
        with app.running(flow, as_of, _Tasks().call) as run:
            _runs[run.handle.run_id] = run
            try:
                run.follow(order, **options)
            finally:
                del _runs[run.handle.run_id]
    except RunFoundProblems as error:
        return Failed(message=str(error), data=error.facts)
    return run.facts


class _Tasks:
    """Calls steps as tasks, and shows how far those in batches have come."""

    def __init__(self) -> None:
        self._progress: dict[str, Progress] = {}

    def call(self, run: Run, name: str, arguments: Arguments) -> Facts | None:
        """Call the task of a step."""
        call: Callable[..., Facts | None] = TASKS[name]
        facts = call(run.handle, name, dict(arguments))
        if STEPS[name].in_batches and facts is not None:
            progress = self._progress.setdefault(name, Progress(name))
            progress.update(backlog(run.context.store)[name])
        return facts


@task(cache_policy=NO_CACHE)
def _call(handle: RunHandle, name: str, arguments: dict[str, str | None]) -> Any:
    """Call a step of a run, and show its table where it has one."""
    run = _runs.get(handle.run_id) or _joined(handle)
    facts = call_directly(run, name, arguments)
    if shown := STEPS[name].shown:
        show_table(shown.key, shown.rows(run.context), shown.title)
    return facts


@lru_cache(maxsize=2)
def _joined(handle: RunHandle) -> Run:
    """Open the workspace of a run that another process began, once."""
    return join(open_app(Path(handle.home)), handle)


def _task_of(step: Step) -> Task[..., Any]:
    return _call.with_options(
        name=step.name,
        description=step.does.__doc__,
        retries=len(step.retry_delays),
        retry_delay_seconds=[float(each) for each in step.retry_delays],
        timeout_seconds=step.limit.total_seconds(),
        tags=step.tags,
    )


TASKS: Mapping[str, Task[..., Any]] = {
    name: _task_of(step) for name, step in STEPS.items()
}
