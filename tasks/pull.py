"""Pull: land what one source has."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=2, retry_delay_seconds=[2, 10], cache_policy=NO_CACHE)
def pull(run: Run, source: str) -> dict[str, Any]:
    """Land new records; reading again changes nothing."""
    return steps_of(run).pull(source)
