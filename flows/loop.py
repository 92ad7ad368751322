"""Loop: once around the whole loop."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="loop", validate_parameters=True)
def loop(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "loop" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("loop", home, as_of)
