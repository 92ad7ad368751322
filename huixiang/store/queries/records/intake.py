"""Sources and their cursors, the landing, feedback, duplicates and quarantine."""

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, update

from huixiang.domain.feedback import (
    CodingState,
    Feedback,
    LandingState,
    QuarantineState,
    Rating,
    RawRecord,
    Severity,
    Violation,
)
from huixiang.domain.source import SourceProblem
from huixiang.errors import NotFound
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.records import (
    DuplicateRow,
    FeedbackRow,
    LandingRow,
    PullBatchRow,
    QuarantineRow,
    SourceProblemRow,
    SourceRow,
)
from huixiang.store.vault import Vault


class Intake:
    """Queries on the way from a source to a feedback."""

    def __init__(
        self, connection: Connection, vault: Vault, knowledge: Knowledge = ALL
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._knowledge = knowledge

    # -- sources ---------------------------------------------------------------

    def cursor(self, source: str) -> Mapping[str, object]:
        """Return how far *source* was read."""
        found = self._connection.execute(
            select(SourceRow.cursor).where(SourceRow.source == source)
        ).scalar_one_or_none()
        return found or {}

    def move_cursor(
        self, source: str, cursor: Mapping[str, object], pulled_at: dt.datetime
    ) -> None:
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
        upsert(
            self._connection,
            SourceRow,
            [
                {
                    "source": source,
                    "cursor": {},
                    "last_error": message,
                    "last_error_at": failed_at,
                }
            ],
            ("last_error", "last_error_at"),
        )

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
        current = {f"{source}:{each.position}" for each in problems}
        self._connection.execute(
            update(SourceProblemRow)
            .where(
                SourceProblemRow.source == source,
                SourceProblemRow.solved_at.is_(None),
                SourceProblemRow.problem_id.not_in(current),
            )
            .values(solved_at=seen_at)
        )
        upsert(
            self._connection,
            SourceProblemRow,
            [
                {
                    "problem_id": f"{source}:{each.position}",
                    "source": source,
                    **dataclasses.asdict(each),
                    "first_seen_at": seen_at,
                    "solved_at": None,
                }
                for each in problems
            ],
            ("reason", "next_step", "solved_at"),
        )

    def sources(self) -> list[Mapping[str, Any]]:
        """Return how each source stands."""
        rows = self._connection.execute(select(SourceRow.__table__))
        return [dict(row) for row in rows.mappings()]

    def problems(self) -> list[Mapping[str, Any]]:
        """Return the parts of sources that cannot be read now."""
        rows = self._connection.execute(
            select(SourceProblemRow.__table__)
            .where(SourceProblemRow.solved_at.is_(None))
            .order_by(SourceProblemRow.problem_id)
        )
        return [dict(row) for row in rows.mappings()]

    # -- landing ---------------------------------------------------------------

    def land(
        self,
        source: str,
        records: Sequence[tuple[str, RawRecord]],
        *,
        batch_id: str,
        run_id: str,
        pulled_at: dt.datetime,
    ) -> int:
        """Store raw records (id, record), sealed; return how many are new."""
        known = self._known_landing([landing_id for landing_id, _ in records])
        new = [each for each in records if each[0] not in known]
        first = self._next_sequence()
        insert_new(
            self._connection,
            LandingRow,
            [
                {
                    "landing_id": landing_id,
                    "source": source,
                    "position": record.position,
                    "sequence": first + index,
                    "pulled_at": pulled_at,
                    "state": LandingState.WAITING,
                    "payload": self._vault.seal_fields(record.fields),
                }
                for index, (landing_id, record) in enumerate(new)
            ],
        )
        if new:
            self._connection.execute(
                insert(PullBatchRow).values(
                    batch_id=batch_id,
                    source=source,
                    run_id=run_id,
                    pulled_at=pulled_at,
                    n_records=len(new),
                )
            )
        return len(new)

    def _known_landing(self, ids: Sequence[str]) -> set[str]:
        statement = select(LandingRow.landing_id).where(LandingRow.landing_id.in_(ids))
        return set(self._connection.execute(statement).scalars())

    def _next_sequence(self) -> int:
        found = self._connection.execute(select(func.max(LandingRow.sequence)))
        return (found.scalar_one() or 0) + 1

    def waiting(self, source: str, limit: int) -> list[tuple[str, RawRecord]]:
        """Return the oldest landed records that were not judged yet."""
        rows = self._connection.execute(
            select(LandingRow.landing_id, LandingRow.position, LandingRow.payload)
            .where(
                LandingRow.source == source, LandingRow.state == LandingState.WAITING
            )
            .order_by(LandingRow.sequence)
            .limit(limit)
        )
        return [(row.landing_id, self._open(row.position, row.payload)) for row in rows]

    def _open(self, position: str, payload: bytes | None) -> RawRecord:
        fields = {} if payload is None else self._vault.open_fields(payload)
        return RawRecord(position=position, fields=fields)

    # -- settling --------------------------------------------------------------

    def known_ids(self, source: str, ids: Sequence[str]) -> dict[str, str]:
        """Return source_record_id → feedback_id of those already stored."""
        rows = self._connection.execute(
            select(FeedbackRow.source_record_id, FeedbackRow.feedback_id).where(
                FeedbackRow.source == source, FeedbackRow.source_record_id.in_(ids)
            )
        )
        return {row.source_record_id: row.feedback_id for row in rows}

    def known_contents(
        self, source: str, keys: Sequence[str]
    ) -> dict[str, list[tuple[str, dt.datetime]]]:
        """Return content_key → (feedback_id, occurred_at) of those already stored."""
        rows = self._connection.execute(
            select(
                FeedbackRow.content_key,
                FeedbackRow.feedback_id,
                FeedbackRow.occurred_at,
            )
            .where(FeedbackRow.source == source, FeedbackRow.content_key.in_(keys))
            .order_by(FeedbackRow.occurred_at, FeedbackRow.feedback_id)
        )
        known: dict[str, list[tuple[str, dt.datetime]]] = {}
        for row in rows:
            known.setdefault(row.content_key, []).append(
                (row.feedback_id, row.occurred_at)
            )
        return known

    def store(self, feedback: Sequence[Feedback], zone: ZoneInfo) -> None:
        """Add feedback; days are counted in the workspace's time zone."""
        insert_new(
            self._connection,
            FeedbackRow,
            [
                {**_feedback_row(each, zone), "stored_at": self._knowledge.now}
                for each in feedback
            ],
        )
        self._settle([f.landing_id for f in feedback], LandingState.STORED, purge=True)

    def store_duplicates(
        self, source: str, duplicates: Sequence[tuple[str, str, str]]
    ) -> None:
        """Add duplicates: landing id, feedback id of the original, kind."""
        insert_new(
            self._connection,
            DuplicateRow,
            [
                {
                    "landing_id": landing_id,
                    "source": source,
                    "feedback_id": feedback_id,
                    "kind": kind,
                    "stored_at": self._knowledge.now,
                }
                for landing_id, feedback_id, kind in duplicates
            ],
        )
        ids = [landing_id for landing_id, _, _ in duplicates]
        self._settle(ids, LandingState.DUPLICATE, purge=True)

    def store_quarantined(
        self,
        source: str,
        quarantined: Sequence[tuple[str, str, Sequence[Violation]]],
        quarantined_at: dt.datetime,
    ) -> None:
        """Add quarantined records (landing id, position, violations), still sealed."""
        insert_new(
            self._connection,
            QuarantineRow,
            [
                {
                    "landing_id": landing_id,
                    "source": source,
                    "position": position,
                    "violations": [dataclasses.asdict(each) for each in violations],
                    "state": QuarantineState.WAITING,
                    "quarantined_at": quarantined_at,
                }
                for landing_id, position, violations in quarantined
            ],
        )
        ids = [landing_id for landing_id, _, _ in quarantined]
        self._settle(ids, LandingState.QUARANTINED, purge=False)

    def _settle(self, ids: Sequence[str], state: LandingState, *, purge: bool) -> None:
        if not ids:
            return
        values: dict[str, Any] = {"state": state}
        if purge:
            values["payload"] = None
        self._connection.execute(
            update(LandingRow).where(LandingRow.landing_id.in_(ids)).values(values)
        )

    # -- quarantine ------------------------------------------------------------

    def quarantine(self, state: QuarantineState | None) -> list[Mapping[str, Any]]:
        """Return quarantined records, in the order they were pulled."""
        statement = (
            select(QuarantineRow.__table__)
            .join(LandingRow, LandingRow.landing_id == QuarantineRow.landing_id)
            .order_by(LandingRow.sequence)
        )
        if state is not None:
            statement = statement.where(QuarantineRow.state == state)
        return [dict(row) for row in self._connection.execute(statement).mappings()]

    def quarantined(self, landing_id: str) -> tuple[Mapping[str, Any], RawRecord]:
        """Return one quarantined record and its fields, opened."""
        row = self._connection.execute(
            select(QuarantineRow.__table__, LandingRow.payload)
            .join(LandingRow, LandingRow.landing_id == QuarantineRow.landing_id)
            .where(QuarantineRow.landing_id == landing_id)
        ).one_or_none()
        if row is None:
            raise NotFound(
                f"no quarantined record {landing_id}; see huixiang quarantine list"
            )
        found = dict(row._mapping)  # noqa: SLF001 - SQLAlchemy's public row mapping
        return found, self._open(found["position"], found.pop("payload"))

    def decide_quarantined(
        self,
        landing_id: str,
        state: QuarantineState,
        *,
        decided_at: dt.datetime,
        decided_by: str,
        reason: str,
    ) -> None:
        """Note what a person decided; a discarded record's words are purged."""
        self._connection.execute(
            update(QuarantineRow)
            .where(QuarantineRow.landing_id == landing_id)
            .values(
                state=state, decided_at=decided_at, decided_by=decided_by, reason=reason
            )
        )
        if state is QuarantineState.DISCARDED:
            self._settle([landing_id], LandingState.DISCARDED, purge=True)

    # -- feedback --------------------------------------------------------------

    def uncoded(self, limit: int) -> list[Feedback]:
        """Return the next feedback that nobody tried to understand yet."""
        rows = self._connection.execute(
            select(FeedbackRow.__table__)
            .where(FeedbackRow.coding_state == CodingState.WAITING)
            .order_by(FeedbackRow.feedback_id)
            .limit(limit)
        )
        return [_feedback(row) for row in rows.mappings()]

    def feedback(self, ids: Sequence[str]) -> dict[str, Feedback]:
        """Return feedback by id."""
        rows = self._connection.execute(
            select(FeedbackRow.__table__).where(FeedbackRow.feedback_id.in_(ids))
        )
        return {row["feedback_id"]: _feedback(row) for row in rows.mappings()}


def _feedback_row(feedback: Feedback, zone: ZoneInfo) -> dict[str, Any]:
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
        "marks": [dataclasses.asdict(mark) for mark in feedback.marks],
        "coding_state": CodingState.WAITING,
    }


def _feedback(row: Mapping[Any, Any]) -> Feedback:
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
        marks=tuple(
            Violation(**{**mark, "severity": Severity(mark["severity"])})
            for mark in row["marks"]
        ),
    )
