"""Verify: judge resolved items."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def verify(run: Run) -> dict[str, Any]:
    """Judge what was resolved."""
    return steps_of(run).verify()
