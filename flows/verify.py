"""Verify: judge what was resolved."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Judge what was resolved, and tell who waits for it."""
    run.step("sync_status")
    run.step("verify")
    run.step("push")
    run.step("ledger")


@flow(name="verify", validate_parameters=True)
def verify(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "verify" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("verify", steps, home, as_of)
