"""Train: learn from the labelled sentences."""

import datetime as dt
from typing import Any

from prefect import flow

from flows.bound import Tasks
from flows.order import go
from tasks.workspace import running


@flow(name="train", validate_parameters=True)
def train(home: str | None = None, as_of: dt.datetime | None = None) -> dict[str, Any]:
    """Run "train" on the workspace *home*, at the business time *as_of* (default: now)."""
    with running("train", home, as_of) as (run, facts):
        facts.update(go("train", Tasks(run)))
    return facts
