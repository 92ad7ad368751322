"""Understand: code new feedback and route what is negative."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Code what is new, then route what is negative."""
    run.until_done("classify")
    run.until_done("route")
    run.step("ledger")


@flow(name="understand", validate_parameters=True)
def understand(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "understand" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("understand", steps, home, as_of)
