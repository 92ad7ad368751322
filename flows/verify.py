"""Verify: judge what was resolved."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="verify", validate_parameters=True)
def verify(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "verify" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("verify", home, as_of)
