"""Push: send what is due."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(
    retries=0, cache_policy=NO_CACHE
)  # the outbox owns retries; two layers would multiply attempts
def push(run: Run) -> dict[str, Any]:
    """Send every due message once."""
    return steps_of(run).push()
