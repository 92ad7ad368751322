"""Sources: which of them this run reads."""

from huixiang.app import Run
from tasks.workspace import steps_of


def sources(run: Run) -> list[str]:
    """Return the names; too small a question to be a task of its own."""
    return steps_of(run).sources()
