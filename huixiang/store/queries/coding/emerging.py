"""Voices that may tell of something new, and the themes proposed from them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, or_, select, update

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.insight import EmergingTheme, Proposal, ProposalState
from huixiang.domain.records.feedback import Ownership
from huixiang.store.bulk import upsert
from huixiang.store.codec import decode, encode, facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.confidence import THEME_NOW, sure_codings
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.emerging import EmergingThemeRow
from huixiang.store.tables.records import FeedbackRow

_FOUND_AGAIN = ("last_found_on", "keywords", "detail")


@dataclass(frozen=True, kw_only=True, slots=True)
class HeardFeedback:
    """A feedback as far as it may tell of something new; `customer_ref` is a pseudonym."""

    feedback_id: str
    occurred_on: dt.date
    source: str
    ownership: Ownership
    title: str
    verbatim: str
    unit: str | None
    touchpoint: str | None
    polarity: Polarity | None
    customer_ref: str | None

    @property
    def words(self) -> str:
        """Title and verbatim, as codings count them."""
        return f"{self.title}\n{self.verbatim}" if self.title else self.verbatim


@dataclass(frozen=True, kw_only=True, slots=True)
class SureTheme:
    """A theme that a feedback surely mentions, by the name it has now."""

    feedback_id: str
    theme: str
    polarity: Polarity
    touchpoint: str
    unit: str


class Emerging:
    """Queries about what is new."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def voices(
        self, first: dt.date, until: dt.date, limit: int
    ) -> Sequence[HeardFeedback]:
        """Return feedback of these days; of more than *limit* an even draw by its id."""
        return facts_of(
            HeardFeedback,
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
            ),
        )

    def themes(self, first: dt.date, until: dt.date) -> Sequence[SureTheme]:
        """Return what feedback of these days surely mentions."""
        columns = (
            CodingRow.feedback_id,
            THEME_NOW.label("theme"),
            CodingRow.polarity,
            CodingRow.touchpoint,
            CodingRow.unit,
        )
        return facts_of(
            SureTheme,
            self._connection.execute(
                sure_codings(first, until, self._knowledge, *columns)
                .distinct()
                .order_by(*columns)
            ),
        )

    def quotes(self, feedback_ids: Sequence[str]) -> dict[str, str]:
        """Return the masked words of feedbacks that are still there."""
        rows = self._connection.execute(
            select(
                FeedbackRow.feedback_id, FeedbackRow.title, FeedbackRow.verbatim
            ).where(FeedbackRow.feedback_id.in_(feedback_ids))
        )
        return {row.feedback_id: f"{row.title} {row.verbatim}".strip() for row in rows}

    def save(
        self,
        themes: Sequence[EmergingTheme],
        *,
        found_at: dt.datetime,
        found_on: dt.date,
    ) -> None:
        """Keep proposals; one found again is refreshed, a decision stays."""
        upsert(
            self._connection,
            EmergingThemeRow,
            [_row(each, found_at, found_on) for each in themes],
            _FOUND_AGAIN,
        )

    def open(self, as_of: dt.datetime) -> Sequence[Proposal]:
        """Return the proposals nobody had decided about at *as_of*."""
        row = EmergingThemeRow
        return self._proposals(
            row.found_at <= as_of,
            or_(row.state == ProposalState.PROPOSED, row.decided_at > as_of),
        )

    def proposals(self) -> Sequence[Proposal]:
        """Return every proposal, whatever became of it."""
        return self._proposals()

    def get(self, proposal_id: str) -> Proposal | None:
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
        words: str | None = None,
        theme: str | None = None,
    ) -> None:
        """Note what somebody decided about a proposal."""
        self._connection.execute(
            update(EmergingThemeRow)
            .where(EmergingThemeRow.proposal_id == proposal_id)
            .values(
                state=state, decided_at=at, decided_by=by, reason=words, theme=theme
            )
        )

    def _proposals(self, *conditions: ColumnElement[bool]) -> list[Proposal]:
        rows = self._connection.execute(
            select(EmergingThemeRow.__table__)
            .where(*conditions)
            .order_by(
                EmergingThemeRow.last_found_on.desc(), EmergingThemeRow.proposal_id
            )
        )
        return [_proposal(row) for row in rows.mappings()]


def _row(
    found: EmergingTheme, found_at: dt.datetime, found_on: dt.date
) -> dict[str, Any]:
    return {
        "proposal_id": found.proposal_id,
        "found_at": found_at,
        "last_found_on": found_on,
        "state": ProposalState.PROPOSED,
        "keywords": list(found.keywords),
        "detail": encode(found),
        "decided_at": None,
        "decided_by": None,
        "reason": None,
        "theme": None,
    }


def _proposal(row: RowMapping) -> Proposal:
    return Proposal(
        found=decode(EmergingTheme, row["detail"]),
        found_at=row["found_at"],
        last_found_on=row["last_found_on"],
        state=row["state"],
        decided_at=row["decided_at"],
        decided_by=row["decided_by"],
        words=row["reason"],
        accepted_as=row["theme"],
    )
