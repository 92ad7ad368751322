"""What the language model was asked and answered, and its held-out figures."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from huixiang.store.bulk import insert_new, upsert
from huixiang.store.tables.language import LanguageCallRow, LanguageModelRow


class LanguageCalls:
    """Queries about the optional language model."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replies(self, questions: Sequence[str]) -> dict[str, str]:
        """Return the answers that are known already, by question."""
        rows = self._connection.execute(
            select(LanguageCallRow.question, LanguageCallRow.reply).where(
                LanguageCallRow.question.in_(questions),
                LanguageCallRow.reply.is_not(None),
            )
        )
        return {question: reply for question, reply in rows if reply is not None}

    def n_asked(self, run_id: str) -> int:
        """Return how many questions a run has paid for."""
        count = self._connection.scalar(
            select(func.count()).where(LanguageCallRow.run_id == run_id)
        )
        return count or 0

    def add(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep questions and their answers."""
        insert_new(self._connection, LanguageCallRow, rows)

    def keep_figures(
        self,
        prompt_version: str,
        *,
        name: str,
        codeframe_version: str,
        evaluated_at: dt.datetime,
        figures: Mapping[str, Any],
        trust: Mapping[str, Any],
    ) -> None:
        """Keep the figures of a model and its instructions; the newest count."""
        row = {
            "prompt_version": prompt_version,
            "name": name,
            "codeframe_version": codeframe_version,
            "evaluated_at": evaluated_at,
            "figures": dict(figures),
            "trust": dict(trust),
        }
        change = ("evaluated_at", "figures", "trust")
        upsert(self._connection, LanguageModelRow, [row], change)

    def figures(self, prompt_version: str) -> Mapping[str, Any] | None:
        """Return what was measured of a model and its instructions."""
        table = LanguageModelRow.__table__
        found = self._connection.execute(
            select(table).where(table.c.prompt_version == prompt_version)
        ).mappings()
        return next((dict(row) for row in found), None)
