"""Collect: pull every source and judge what landed."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run) -> None:
    """Pull every source, then judge what landed."""
    for source in run.sources:
        run.step("pull", source)
    for source in run.sources:
        run.until_done("validate", source)
    run.step("ledger")


@flow(name="collect", validate_parameters=True)
def collect(home: str | None = None, as_of: dt.datetime | None = None) -> Outcome:
    """Run "collect" on the workspace *home*, at the business time *as_of* (default: now)."""
    return run_as_tasks("collect", steps, home, as_of)
