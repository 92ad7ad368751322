"""What the language model was asked and answered, and its held-out figures."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from huixiang.domain.coding.training import LanguageTrust
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.codec import decode, encode
from huixiang.store.tables.language import LanguageCallRow, LanguageModelRow


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageCall:
    """One question that a run asked; `reply` is None where the model stayed silent."""

    call_id: str
    question: str
    run_id: str
    asked_at: dt.datetime
    reply: str | None
    n_tokens: int


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

    def add(self, calls: Sequence[LanguageCall]) -> None:
        """Keep questions and their answers."""
        rows = [dataclasses.asdict(each) for each in calls]
        insert_new(self._connection, LanguageCallRow, rows)

    def keep_figures(
        self,
        prompt_version: str,
        *,
        name: str,
        codeframe_version: str,
        evaluated_at: dt.datetime,
        figures: Mapping[str, Any],
        trust: LanguageTrust,
    ) -> None:
        """Keep the figures of a model and its instructions; the newest count."""
        row = {
            "prompt_version": prompt_version,
            "name": name,
            "codeframe_version": codeframe_version,
            "evaluated_at": evaluated_at,
            "figures": dict(figures),
            "trust": encode(trust),
        }
        change = ("evaluated_at", "figures", "trust")
        upsert(self._connection, LanguageModelRow, [row], change)

    def trust(self, prompt_version: str) -> LanguageTrust | None:
        """Return how far a model and its instructions are trusted; None: unmeasured."""
        document = self._connection.execute(
            select(LanguageModelRow.trust).where(
                LanguageModelRow.prompt_version == prompt_version
            )
        ).scalar_one_or_none()
        return None if document is None else decode(LanguageTrust, document)
