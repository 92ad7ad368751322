"""Train: learn from the labelled sentences."""

from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE

from huixiang.app import Run
from tasks.workspace import steps_of


@task(retries=0, cache_policy=NO_CACHE)
def train(run: Run) -> dict[str, Any]:
    """Train a challenger; it decides from now on unless the champion is better."""
    return steps_of(run).train()
