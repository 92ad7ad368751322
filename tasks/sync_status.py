"""Sync status: apply what endpoints called back."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def sync_status(run: Run) -> dict[str, Any]:
    """Apply waiting callbacks."""
    return steps_of(run).sync_status()
