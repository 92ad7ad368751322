"""Understand: code new feedback and route what is negative."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="understand", validate_parameters=True)
def understand(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "understand" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("understand", home, as_of)
