"""Loop: once around the whole loop."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="loop", validate_parameters=True)
def loop(home: str | None = None, as_of: dt.datetime | None = None) -> dict[str, Any]:
    """Run "loop" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("loop", home, as_of) as (run, facts):
        facts.update(go("loop", Tasks(run)))
    return facts
