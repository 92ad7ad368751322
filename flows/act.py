"""Act: turn issues that got worse into action items."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="act", validate_parameters=True)
def act(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "act" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("act", home, as_of)
