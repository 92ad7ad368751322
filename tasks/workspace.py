"""Open the workspace of a run once in a process, and begin and end the run."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from huixiang.app import App, Run, open_app
from huixiang.steps.equipment import Steps


@lru_cache(maxsize=2)
def _opened(home: str, run_id: str) -> App:
    return open_app(Path(home))


def steps_of(run: Run) -> Steps:
    """Return the steps of *run*, with the rules read when this process joined it."""
    app = _opened(run.home, run.run_id)
    return Steps(app.context(run), app)


@contextmanager
def running(
    flow: str, home: str | None, as_of: dt.datetime | None
) -> Iterator[tuple[Run, dict[str, Any]]]:
    """Begin a run and end it; what is put into the dictionary is kept with it."""
    app = open_app(Path(home) if home else None)
    with app.running(flow, as_of) as (run, detail):
        yield run, detail
