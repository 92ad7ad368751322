"""Report: write the before/after report."""

import datetime as dt
from typing import Any

from prefect import State, flow

from flows.bound import run_as_tasks


@flow(name="report", validate_parameters=True)
def report(
    home: str | None = None,
    as_of: dt.datetime | None = None,
    period: str | None = None,
    department: str | None = None,
) -> dict[str, Any] | State[Any]:
    """Run "report" on the workspace *home*, at the business time *as_of* (default: now).

    *period* (2026-03, 2026-Q1, FROM..TO) and *department* limit what it is about.
    """
    return run_as_tasks("report", home, as_of, period=period, department=department)
