"""Train: learn from the labelled sentences."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Learn from the labelled sentences."""
    run.step("train")
    run.step("ledger")


@flow(name="train", validate_parameters=True)
def train(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "train" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("train", steps, home, as_of)
