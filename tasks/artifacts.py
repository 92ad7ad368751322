"""What Prefect's own pages show of a run: progress and tables; never anybody's words."""

from typing import Any
from uuid import UUID

from prefect.artifacts import (
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)

from huixiang.domain.text import Bilingual

WHOLE = 100.0


class Progress:
    """A progress bar over the batches of one step; made when the first one is done."""

    def __init__(self, step: str) -> None:
        self._step = step
        self._artifact: UUID | None = None
        self._total = 0

    def update(self, waiting: int) -> None:
        """Show how much of the step is done, given how much still waits."""
        self._total = max(self._total, waiting)
        done = WHOLE * (1 - waiting / self._total) if self._total else WHOLE
        if self._artifact is None:
            made = create_progress_artifact(
                progress=done, key=self._step.replace("_", "-"), description=self._step
            )
            self._artifact = made if isinstance(made, UUID) else None
        else:
            update_progress_artifact(self._artifact, progress=done)


def show_table(key: str, rows: list[dict[str, Any]], title: Bilingual) -> None:
    """Show *rows* as a table artifact."""
    create_table_artifact(table=rows, key=key, description=f"{title.zh} · {title.en}")
