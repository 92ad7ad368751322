"""Alert: open action items."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def alert(run: Run) -> dict[str, Any]:
    """Open items; what is open already stays."""
    return steps_of(run).alert()
