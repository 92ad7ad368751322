"""Rulebooks: the texts of the rules that runs used, by their hash."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, select

from huixiang.store.bulk import insert_new
from huixiang.store.tables.runs import RulebookRow, RunRow


class Rulebooks:
    """Queries about the rules that runs used; each is the text of every file by name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(
        self, rulebook_hash: str, texts: Mapping[str, str], used_at: dt.datetime
    ) -> None:
        """Keep the rules under their hash; known ones stay as they are."""
        row = {
            "rulebook_hash": rulebook_hash,
            "first_used_at": used_at,
            "content": dict(texts),
        }
        insert_new(self._connection, RulebookRow, [row])

    def get(self, rulebook_hash: str) -> Mapping[str, str] | None:
        """Return the rules with this hash."""
        return self._connection.execute(
            select(RulebookRow.content).where(
                RulebookRow.rulebook_hash == rulebook_hash
            )
        ).scalar_one_or_none()

    def newest(self) -> Mapping[str, str] | None:
        """Return the rules that the newest run used."""
        return self._last()

    def newest_before(self, moment: dt.datetime) -> Mapping[str, str] | None:
        """Return the rules that the last run begun before *moment* used."""
        return self._last(RunRow.started_at < moment)

    def _last(self, *wanted: ColumnElement[bool]) -> Mapping[str, str] | None:
        return self._connection.execute(
            select(RulebookRow.content)
            .join(RunRow, RunRow.rulebook_hash == RulebookRow.rulebook_hash)
            .where(*wanted)
            .order_by(RunRow.started_at.desc())
            .limit(1)
        ).scalar_one_or_none()
