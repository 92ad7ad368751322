"""Report: write the before/after report."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def report(
    run: Run, period: str | None = None, department: str | None = None
) -> dict[str, Any]:
    """Write the report."""
    return steps_of(run).report(period, department)
