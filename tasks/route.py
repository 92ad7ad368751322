"""Route: give one batch of negative codings to departments."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def route(run: Run) -> dict[str, Any] | None:
    """Route one batch; None when none is left."""
    return steps_of(run).route()
