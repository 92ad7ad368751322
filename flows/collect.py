"""Collect: pull every source and judge what landed."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="collect", validate_parameters=True)
def collect(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "collect" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("collect", home, as_of)
