"""Digest: tell owners and managers how things stand."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Tell owners and managers how things stand."""
    run.step("digest")
    run.step("push")
    run.step("ledger")


@flow(name="digest", validate_parameters=True)
def digest(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "digest" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("digest", steps, home, as_of)
