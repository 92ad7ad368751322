"""Deliver: send what is due and take in what came back."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="deliver", validate_parameters=True)
def deliver(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "deliver" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("deliver", home, as_of)
