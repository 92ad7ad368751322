"""Questions too small to be tasks: which sources there are, how much still waits."""

from huixiang.app import Run
from tasks.workspace import steps_of


def sources(run: Run) -> list[str]:
    """Return the names of the sources that this run reads."""
    return steps_of(run).sources()


def backlog(run: Run) -> dict[str, int]:
    """Return how much waits for each of the batch steps."""
    return steps_of(run).backlog()
