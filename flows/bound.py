"""The steps of one run as Prefect tasks."""

import datetime as dt
from typing import Any

from prefect import State
from prefect.states import Failed

from flows.order import go
from huixiang.app import Run
from huixiang.errors import RunFoundProblems
from tasks.alert import alert
from tasks.artifacts import Progress
from tasks.classify import classify
from tasks.digest import digest
from tasks.ledger import ledger
from tasks.pull import pull
from tasks.push import push
from tasks.questions import backlog, sources
from tasks.report import report
from tasks.route import route
from tasks.sync_status import sync_status
from tasks.train import train
from tasks.validate import validate
from tasks.verify import verify
from tasks.workspace import running

Facts = dict[str, Any]


def run_as_tasks(
    flow: str,
    home: str | None,
    as_of: dt.datetime | None,
    **options: str | None,
) -> Facts | State[Any]:
    """Do what *flow* asks for; problems that somebody must see make the run fail."""
    try:
        with running(flow, home, as_of) as (run, facts):
            facts.update(go(flow, Tasks(run), **options))
    except RunFoundProblems as found:
        return Failed(message=str(found), data=found.facts)
    return facts


class Tasks:
    """Calls every step as a task, so that Prefect shows, times and retries it."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._progress: dict[str, Progress] = {}

    def sources(self) -> list[str]:
        """Name the sources to read."""
        return sources(self._run)

    def pull(self, source: str) -> Facts:
        """Land what one source has."""
        return pull(self._run, source)

    def validate(self, source: str) -> Facts | None:
        """Judge one batch of what one source landed."""
        return self._counted("validate", validate(self._run, source))

    def classify(self) -> Facts | None:
        """Code one batch of feedback."""
        return self._counted("classify", classify(self._run))

    def route(self) -> Facts | None:
        """Route one batch of negative codings."""
        return self._counted("route", route(self._run))

    def _counted(self, step: str, batch: Facts | None) -> Facts | None:
        """Show how far a step of batches has come."""
        if batch is not None:
            progress = self._progress.setdefault(step, Progress(step))
            progress.update(backlog(self._run)[step])
        return batch

    def sync_status(self) -> Facts:
        """Apply what endpoints called back."""
        return sync_status(self._run)

    def verify(self) -> Facts:
        """Judge what was resolved."""
        return verify(self._run)

    def alert(self) -> Facts:
        """Open action items."""
        return alert(self._run)

    def push(self) -> Facts:
        """Send what is due."""
        return push(self._run)

    def report(self, period: str | None = None, department: str | None = None) -> Facts:
        """Write the report, whole or limited."""
        return report(self._run, period, department)

    def digest(self) -> Facts:
        """Queue the digests of the last whole period."""
        return digest(self._run)

    def train(self) -> Facts:
        """Learn from the labelled sentences."""
        return train(self._run)

    def ledger(self) -> Facts:
        """Count both sides of every equation."""
        return ledger(self._run)
