"""Deliver: send what is due and take in what came back."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Send what is due, take in what came back, and answer it."""
    run.step("push")
    run.step("sync_status")
    run.step("push", noted="again")
    run.step("ledger")


@flow(name="deliver", validate_parameters=True)
def deliver(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "deliver" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("deliver", steps, home, as_of)
