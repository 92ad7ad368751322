"""Digest: queue what owners and managers should read."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=1, cache_policy=NO_CACHE)
def digest(run: Run) -> dict[str, Any]:
    """Queue the digests of the last whole period; once each."""
    return steps_of(run).digest()
