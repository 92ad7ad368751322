"""What is stored about one id and only `huixiang explain` asks for."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionItem
from huixiang.domain.records.feedback import (
    Channel,
    CodingState,
    LandingState,
    NotCodable,
    Ownership,
    RatingScale,
)
from huixiang.domain.records.record import Duplicate
from huixiang.domain.records.violation import Violation
from huixiang.store.codec import decode_rows, facts_of
from huixiang.store.queries.items.items import Items
from huixiang.store.tables.items import ActionItemRow
from huixiang.store.tables.records import DuplicateRow, FeedbackRow, LandingRow


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredFeedback:
    """A feedback with everything that was found out about it as a whole."""

    feedback_id: str
    landing_id: str
    source: str
    source_record_id: str
    content_key: str
    occurred_at: dt.datetime
    occurred_on: dt.date
    channel: Channel
    ownership: Ownership
    title: str
    verbatim: str
    rating_value: float | None
    rating_scale: RatingScale | None
    stars: float | None
    touchpoint: str | None
    unit: str | None
    customer_ref: str | None
    segment: str | None
    attributes: Mapping[str, str]
    marks: tuple[Violation, ...]
    coding_state: CodingState
    not_codable: NotCodable | None
    polarity: Polarity | None
    polarity_confidence: float | None
    suggested_department: str | None
    department_confidence: float | None
    stored_at: dt.datetime | None
    coded_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LandedPlace:
    """A record that was pulled: from where, and where it is now."""

    landing_id: str
    source: str
    position: str
    sequence: int
    pulled_at: dt.datetime
    state: LandingState


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenedItem:
    """An item with the marks of what was fixed when it opened."""

    item: ActionItem
    criterion_hash: str
    rulebook_hash: str


class Explanations:
    """Look things up by id alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def feedback(self, key: str) -> StoredFeedback | None:
        """Return a feedback."""
        rows = self._connection.execute(
            select(FeedbackRow.__table__).where(FeedbackRow.feedback_id == key)
        )
        return next(iter(decode_rows(StoredFeedback, rows)), None)

    def landing(self, key: str) -> LandedPlace | None:
        """Return a landed record, without its content."""
        rows = self._connection.execute(
            select(
                LandingRow.landing_id,
                LandingRow.source,
                LandingRow.position,
                LandingRow.sequence,
                LandingRow.pulled_at,
                LandingRow.state,
            ).where(LandingRow.landing_id == key)
        )
        return next(iter(facts_of(LandedPlace, rows)), None)

    def duplicate(self, key: str) -> Duplicate | None:
        """Return what a landed record repeats."""
        rows = self._connection.execute(
            select(
                DuplicateRow.landing_id, DuplicateRow.feedback_id, DuplicateRow.kind
            ).where(DuplicateRow.landing_id == key)
        )
        return next(iter(facts_of(Duplicate, rows)), None)

    def n_duplicates(self, feedback_id: str) -> int:
        """Return how many records say the same as a feedback."""
        counted = select(func.count()).where(DuplicateRow.feedback_id == feedback_id)
        return int(self._connection.execute(counted).scalar_one())

    def feedback_of(self, landing_id: str) -> Sequence[str]:
        """Return the feedback that a landed record became."""
        rows = self._connection.execute(
            select(FeedbackRow.feedback_id).where(FeedbackRow.landing_id == landing_id)
        )
        return list(rows.scalars())

    def item(self, key: str) -> OpenedItem | None:
        """Return an action item."""
        return next(iter(self._items(ActionItemRow.item_id == key)), None)

    def items_of_issue(self, issue_id: str) -> Sequence[OpenedItem]:
        """Return the items of an issue."""
        return self._items(ActionItemRow.issue_id == issue_id)

    def _items(self, wanted: ColumnElement[bool]) -> Sequence[OpenedItem]:
        items = Items(self._connection)
        rows = self._connection.execute(
            select(
                ActionItemRow.item_id,
                ActionItemRow.criterion_hash,
                ActionItemRow.rulebook_hash,
            ).where(wanted)
        )
        return [
            OpenedItem(
                item=items.get(row.item_id),
                criterion_hash=row.criterion_hash,
                rulebook_hash=row.rulebook_hash,
            )
            for row in rows
        ]
