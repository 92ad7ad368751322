"""Report: write the before/after report."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="report", validate_parameters=True)
def report(home: str | None = None, as_of: dt.datetime | None = None) -> dict[str, Any]:
    """Run "report" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("report", home, as_of) as (run, facts):
        facts.update(go("report", Tasks(run)))
    return facts
