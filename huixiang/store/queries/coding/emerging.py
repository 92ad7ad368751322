"""Voices that may tell of something new, and the themes proposed from them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select, update

from huixiang.domain.insight import ProposalState
from huixiang.store.bulk import upsert
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.confidence import THEME_NOW, sure_codings
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.emerging import EmergingThemeRow
from huixiang.store.tables.records import FeedbackRow

_FOUND_AGAIN = ("last_found_on", "keywords", "detail")


class Emerging:
    """Queries about what is new."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def voices(self, first: dt.date, until: dt.date, limit: int) -> list[Any]:
        """Return feedback of these days; of more than *limit* an even draw by its id."""
        return list(
            self._connection.execute(
                select(
                    FeedbackRow.feedback_id,
                    FeedbackRow.occurred_on,
                    FeedbackRow.source,
                    FeedbackRow.ownership,
                    FeedbackRow.title,
                    FeedbackRow.verbatim,
                    FeedbackRow.unit,
                    FeedbackRow.touchpoint,
                    FeedbackRow.polarity,
                    FeedbackRow.customer_ref,
                )
                .where(
                    FeedbackRow.occurred_on.between(first, until),
                    *self._knowledge.of(FeedbackRow.stored_at),
                )
                .order_by(FeedbackRow.feedback_id)
                .limit(limit)
            )
        )

    def themes(self, first: dt.date, until: dt.date) -> list[Any]:
        """Return (feedback_id, theme, polarity, touchpoint, unit) of sure codings."""
        columns = (
            CodingRow.feedback_id,
            THEME_NOW.label("theme"),
            CodingRow.polarity,
            CodingRow.touchpoint,
            CodingRow.unit,
        )
        return list(
            self._connection.execute(
                sure_codings(first, until, self._knowledge, *columns)
                .distinct()
                .order_by(*columns)
            )
        )

    def quotes(self, feedback_ids: Sequence[str]) -> dict[str, str]:
        """Return the masked words of feedbacks that are still there."""
        rows = self._connection.execute(
            select(
                FeedbackRow.feedback_id, FeedbackRow.title, FeedbackRow.verbatim
            ).where(FeedbackRow.feedback_id.in_(feedback_ids))
        )
        return {row.feedback_id: f"{row.title} {row.verbatim}".strip() for row in rows}

    def save(self, rows: Sequence[dict[str, Any]]) -> None:
        """Keep proposals; one found again is refreshed, a decision stays."""
        new = {
            "state": ProposalState.PROPOSED,
            "decided_at": None,
            "decided_by": None,
            "reason": None,
            "theme": None,
        }
        upsert(
            self._connection,
            EmergingThemeRow,
            [{**row, **new} for row in rows],
            _FOUND_AGAIN,
        )

    def open(self, as_of: dt.datetime) -> list[Mapping[str, Any]]:
        """Return the proposals nobody had decided about at *as_of*."""
        row = EmergingThemeRow
        return self._proposals(
            row.found_at <= as_of,
            or_(row.state == ProposalState.PROPOSED, row.decided_at > as_of),
        )

    def proposals(self) -> list[Mapping[str, Any]]:
        """Return every proposal, whatever became of it."""
        return self._proposals()

    def get(self, proposal_id: str) -> Mapping[str, Any] | None:
        """Return one proposal."""
        found = self._proposals(EmergingThemeRow.proposal_id == proposal_id)
        return found[0] if found else None

    def decide(
        self,
        proposal_id: str,
        state: ProposalState,
        *,
        at: dt.datetime,
        by: str,
        reason: str | None = None,
        theme: str | None = None,
    ) -> None:
        """Note what somebody decided about a proposal."""
        self._connection.execute(
            update(EmergingThemeRow)
            .where(EmergingThemeRow.proposal_id == proposal_id)
            .values(
                state=state, decided_at=at, decided_by=by, reason=reason, theme=theme
            )
        )

    def _proposals(self, *conditions: Any) -> list[Mapping[str, Any]]:
        rows = self._connection.execute(
            select(EmergingThemeRow.__table__)
            .where(*conditions)
            .order_by(
                EmergingThemeRow.last_found_on.desc(), EmergingThemeRow.proposal_id
            )
        )
        return [dict(row) for row in rows.mappings()]
