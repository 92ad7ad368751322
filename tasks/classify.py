"""Classify: code one batch of feedback."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def classify(run: Run) -> dict[str, Any] | None:
    """Code one batch; None when none is left."""
    return steps_of(run).classify()
