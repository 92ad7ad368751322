"""Ledger: count both sides of every equation."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.artifacts import show_table
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def ledger(run: Run) -> dict[str, Any]:
    """Count, and say what does not add up."""
    steps = steps_of(run)
    show_table("ledger", steps.ledger_rows(), "台账 · both sides of every equation")
    return steps.ledger()
