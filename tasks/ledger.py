"""Ledger: count both sides of every equation."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def ledger(run: Run) -> dict[str, Any]:
    """Count, and say what does not add up."""
    return steps_of(run).ledger()
