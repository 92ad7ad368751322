"""Collect: pull every source and judge what landed."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="collect", validate_parameters=True)
def collect(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any]:
    """Run "collect" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("collect", home, as_of) as (run, facts):
        facts.update(go("collect", Tasks(run)))
    return facts
