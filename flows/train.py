"""Train: learn from the labelled sentences."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="train", validate_parameters=True)
def train(
    home: str | None = None, as_of: dt.datetime | None = None
) -> dict[str, Any] | State[Any]:
    """Run "train" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("train", home, as_of)
