"""Sources: how far each was read, and what of it cannot be read."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from huixiang.domain.records.source import (
    Cursor,
    SourceProblem,
    SourceStanding,
    UnreadPart,
)
from huixiang.store.bulk import upsert
from huixiang.store.codec import facts_of
from huixiang.store.tables.records import SourceProblemRow, SourceRow


class Sources:
    """Queries about sources."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def cursor(self, source: str) -> Cursor:
        """Return how far *source* was read."""
        cursor: Cursor | None = self._connection.execute(
            select(SourceRow.cursor).where(SourceRow.source == source)
        ).scalar_one_or_none()
        return cursor or {}

    def move_cursor(self, source: str, cursor: Cursor, pulled_at: dt.datetime) -> None:
        """Set the cursor; call it in the transaction that stores what it covers."""
        row = {
            "source": source,
            "cursor": dict(cursor),
            "pulled_at": pulled_at,
            "last_error": None,
            "last_error_at": None,
        }
        upsert(self._connection, SourceRow, [row], tuple(row)[1:])

    def note_failure(self, source: str, message: str, failed_at: dt.datetime) -> None:
        """Keep why a source could not be read; the cursor stays."""
        row = {
            "source": source,
            "cursor": {},
            "last_error": message,
            "last_error_at": failed_at,
        }
        upsert(self._connection, SourceRow, [row], ("last_error", "last_error_at"))

    def clear_failure(self, source: str) -> None:
        """Forget an error that is over."""
        self._connection.execute(
            update(SourceRow)
            .where(SourceRow.source == source, SourceRow.last_error.is_not(None))
            .values(last_error=None, last_error_at=None)
        )

    def note_problems(
        self, source: str, problems: Sequence[SourceProblem], seen_at: dt.datetime
    ) -> None:
        """Keep the parts that cannot be read; those now readable are solved."""
        current = {_problem_id(source, each) for each in problems}
        self._connection.execute(
            update(SourceProblemRow)
            .where(
                SourceProblemRow.source == source,
                SourceProblemRow.solved_at.is_(None),
                SourceProblemRow.problem_id.not_in(current),
            )
            .values(solved_at=seen_at)
        )
        rows = [
            {
                "problem_id": _problem_id(source, each),
                "source": source,
                **dataclasses.asdict(each),
                "first_seen_at": seen_at,
                "solved_at": None,
            }
            for each in problems
        ]
        changed = ("reason", "next_step", "solved_at")
        upsert(self._connection, SourceProblemRow, rows, changed)

    def standings(self) -> Sequence[SourceStanding]:
        """Return how each source stands that was ever read or tried."""
        rows = self._connection.execute(select(SourceRow.__table__))
        return facts_of(SourceStanding, rows)

    def problems(self) -> Sequence[UnreadPart]:
        """Return the parts of sources that cannot be read now."""
        rows = self._connection.execute(
            select(
                SourceProblemRow.source,
                SourceProblemRow.position,
                SourceProblemRow.reason,
                SourceProblemRow.next_step,
                SourceProblemRow.first_seen_at,
            )
            .where(SourceProblemRow.solved_at.is_(None))
            .order_by(SourceProblemRow.problem_id)
        )
        return facts_of(UnreadPart, rows)


def _problem_id(source: str, problem: SourceProblem) -> str:
    return f"{source}:{problem.position}"
