"""Act: turn issues that got worse into action items."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="act", validate_parameters=True)
def act(home: str | None = None, as_of: dt.datetime | None = None) -> dict[str, Any]:
    """Run "act" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("act", home, as_of) as (run, facts):
        facts.update(go("act", Tasks(run)))
    return facts
