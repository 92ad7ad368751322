"""Act: turn issues that got worse into action items."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Turn issues that got worse into action items."""
    run.step("alert")
    run.step("ledger")


@flow(name="act", validate_parameters=True)
def act(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "act" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("act", steps, home, as_of)
