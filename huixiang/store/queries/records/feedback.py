"""Feedback and its duplicates: what was let in, and what is known already."""

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, select

from huixiang.domain.records.feedback import CodingState, Feedback, LandingState, Rating
from huixiang.domain.records.record import Duplicate, KnownContent
from huixiang.domain.records.violation import Violation
from huixiang.store.bulk import insert_new
from huixiang.store.codec import decode, encode
from huixiang.store.knowledge import Knowledge
from huixiang.store.queries.records.landing import settle
from huixiang.store.tables.records import DuplicateRow, FeedbackRow


class FeedbackRecords:
    """Queries about feedback and what repeats it."""

    def __init__(self, connection: Connection, knowledge: Knowledge) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def known_ids(self, source: str, ids: Sequence[str]) -> Mapping[str, str]:
        """Return source_record_id → feedback_id of those already stored."""
        rows = self._connection.execute(
            select(FeedbackRow.source_record_id, FeedbackRow.feedback_id).where(
                FeedbackRow.source == source, FeedbackRow.source_record_id.in_(ids)
            )
        )
        return {row.source_record_id: row.feedback_id for row in rows}

    def known_contents(
        self, source: str, keys: Sequence[str]
    ) -> Mapping[str, Sequence[KnownContent]]:
        """Return content_key → the feedback that says it already, oldest first."""
        rows = self._connection.execute(
            select(
                FeedbackRow.content_key,
                FeedbackRow.feedback_id,
                FeedbackRow.occurred_at,
            )
            .where(FeedbackRow.source == source, FeedbackRow.content_key.in_(keys))
            .order_by(FeedbackRow.occurred_at, FeedbackRow.feedback_id)
        )
        known: dict[str, list[KnownContent]] = {}
        for row in rows:
            content = KnownContent(
                feedback_id=row.feedback_id, occurred_at=row.occurred_at
            )
            known.setdefault(row.content_key, []).append(content)
        return known

    def store(self, feedback: Sequence[Feedback], zone: ZoneInfo) -> None:
        """Add feedback; days are counted in the workspace's time zone."""
        rows = [
            {**_row_of(each, zone), "stored_at": self._knowledge.now}
            for each in feedback
        ]
        insert_new(self._connection, FeedbackRow, rows)
        landed = [each.landing_id for each in feedback]
        settle(self._connection, landed, LandingState.STORED, purge=True)

    def store_duplicates(self, source: str, duplicates: Sequence[Duplicate]) -> None:
        """Add records that repeat feedback."""
        rows = [
            {
                "landing_id": each.landing_id,
                "source": source,
                "feedback_id": each.feedback_id,
                "kind": each.kind,
                "stored_at": self._knowledge.now,
            }
            for each in duplicates
        ]
        insert_new(self._connection, DuplicateRow, rows)
        landed = [each.landing_id for each in duplicates]
        settle(self._connection, landed, LandingState.DUPLICATE, purge=True)

    def uncoded(self, limit: int) -> Sequence[Feedback]:
        """Return the next feedback that nobody tried to understand yet."""
        rows = self._connection.execute(
            select(FeedbackRow.__table__)
            .where(FeedbackRow.coding_state == CodingState.WAITING)
            .order_by(FeedbackRow.feedback_id)
            .limit(limit)
        )
        return [feedback_of(row) for row in rows.mappings()]

    def by_id(self, ids: Sequence[str]) -> Mapping[str, Feedback]:
        """Return feedback by id."""
        rows = self._connection.execute(
            select(FeedbackRow.__table__).where(FeedbackRow.feedback_id.in_(ids))
        )
        return {row["feedback_id"]: feedback_of(row) for row in rows.mappings()}


def _row_of(feedback: Feedback, zone: ZoneInfo) -> dict[str, Any]:
    rating = feedback.rating
    return {
        "feedback_id": feedback.feedback_id,
        "landing_id": feedback.landing_id,
        "source": feedback.source,
        "source_record_id": feedback.source_record_id,
        "content_key": feedback.content_key,
        "occurred_at": feedback.occurred_at,
        "occurred_on": feedback.occurred_at.astimezone(zone).date(),
        "channel": feedback.channel,
        "ownership": feedback.ownership,
        "title": feedback.title,
        "verbatim": feedback.verbatim,
        "rating_value": rating.value if rating else None,
        "rating_scale": rating.scale if rating else None,
        "stars": rating.stars if rating else None,
        "touchpoint": feedback.touchpoint,
        "unit": feedback.unit,
        "customer_ref": feedback.customer_ref,
        "segment": feedback.segment,
        "attributes": dict(feedback.attributes),
        "marks": [encode(mark) for mark in feedback.marks],
        "coding_state": CodingState.WAITING,
    }


def feedback_of(row: RowMapping) -> Feedback:
    """Return the feedback that a row of its table holds."""
    rating = (
        Rating(value=row["rating_value"], scale=row["rating_scale"])
        if row["rating_scale"] is not None
        else None
    )
    return Feedback(
        feedback_id=row["feedback_id"],
        landing_id=row["landing_id"],
        source=row["source"],
        source_record_id=row["source_record_id"],
        content_key=row["content_key"],
        occurred_at=row["occurred_at"],
        channel=row["channel"],
        ownership=row["ownership"],
        title=row["title"],
        verbatim=row["verbatim"],
        rating=rating,
        touchpoint=row["touchpoint"],
        unit=row["unit"],
        customer_ref=row["customer_ref"],
        segment=row["segment"],
        attributes=row["attributes"],
        marks=decode(tuple[Violation, ...], row["marks"]),
    )
