"""Verify: judge what was resolved."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="verify", validate_parameters=True)
def verify(home: str | None = None, as_of: dt.datetime | None = None) -> dict[str, Any]:
    """Run "verify" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("verify", home, as_of) as (run, facts):
        facts.update(go("verify", Tasks(run)))
    return facts
