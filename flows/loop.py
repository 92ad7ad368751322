"""Loop: once around the whole loop."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Go once around the whole loop.

    Statuses and verdicts come before alerts: both free departments for new items, so
    that a second run right after finds nothing left to do.
    """
    for source in run.sources:
        run.step("pull", source)
    for source in run.sources:
        run.until_done("validate", source)
    run.until_done("classify")
    run.until_done("route")
    run.step("sync_status")
    run.step("verify")
    run.step("alert")
    run.step("push")
    run.step("report")
    run.step("ledger")


@flow(name="loop", validate_parameters=True)
def loop(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "loop" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("loop", steps, home, as_of)
