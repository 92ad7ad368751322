"""Report: write the before/after report."""

import datetime as dt

from prefect import flow

from tasks.steps import Outcome, Run, run_as_tasks


def steps(run: Run, **limits: str | None) -> None:
    """Write the report, whole or limited."""
    run.step("report", **limits)
    run.step("ledger")


@flow(name="report", validate_parameters=True)
def report(
    home: str | None = None,
    as_of: dt.datetime | None = None,
    period: str | None = None,
    department: str | None = None,
) -> Outcome:
    """Run "report" on the workspace *home*, at the business time *as_of* (default: now).

    *period* (2026-03, 2026-Q1, FROM..TO) and *department* limit what it is about.
    """
    return run_as_tasks(
        "report", steps, home, as_of, period=period, department=department
    )
