"""Digest: tell owners and managers how things stand."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="digest", validate_parameters=True)
def digest(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "digest" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("digest", home, as_of)
