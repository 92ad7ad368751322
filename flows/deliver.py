"""Deliver: send what is due and take in what came back."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="deliver", validate_parameters=True)
def deliver(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any]:
    """Run "deliver" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("deliver", home, as_of) as (run, facts):
        facts.update(go("deliver", Tasks(run)))
    return facts
