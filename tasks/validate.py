"""Validate: judge one batch of what one source landed."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=2, retry_delay_seconds=[2, 10], cache_policy=NO_CACHE)
def validate(run: Run, source: str) -> dict[str, Any] | None:
    """Judge one batch; None when none is left."""
    return steps_of(run).validate(source)
