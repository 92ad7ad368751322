"""Understand: code new feedback and route what is negative."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="understand", validate_parameters=True)
def understand(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any]:
    """Run "understand" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("understand", home, as_of) as (run, facts):
        facts.update(go("understand", Tasks(run)))
    return facts
