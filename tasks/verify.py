"""Verify: judge resolved items."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.artifacts import show_table
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def verify(run: Run) -> dict[str, Any]:
    """Judge what was resolved."""
    steps = steps_of(run)
    facts = steps.verify()
    show_table("verdicts", steps.verdict_rows(), "验收结论 · verdicts")
    return facts
