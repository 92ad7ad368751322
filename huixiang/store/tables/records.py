"""Tables of records on their way in, and of calls."""

import datetime as dt

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.records.feedback import (
    Channel,
    CodingState,
    LandingState,
    NotCodable,
    Ownership,
    QuarantineState,
    RatingScale,
)
from huixiang.domain.records.record import DuplicateKind
from huixiang.store.tables.base import Base, primary_id
from huixiang.store.tables.words import (
    ClearDocument,
    ClearText,
    MaskedDocument,
    MaskedList,
    MaskedText,
    NameText,
    PlainText,
    SealedBytes,
)


class SourceRow(Base):
    """How far a source was read; the cursor moves with what it covers."""

    __tablename__ = "source"
    source: Mapped[PlainText] = primary_id()
    cursor: Mapped[ClearDocument]
    pulled_at: Mapped[dt.datetime | None]
    last_error: Mapped[ClearText | None]
    last_error_at: Mapped[dt.datetime | None]


class PullBatchRow(Base):
    """How many new records one batch brought: the left side of the ledger."""

    __tablename__ = "pull_batch"
    batch_id: Mapped[PlainText] = primary_id()
    source: Mapped[PlainText] = mapped_column(index=True)
    run_id: Mapped[PlainText]
    pulled_at: Mapped[dt.datetime]
    n_records: Mapped[int]


class SourceProblemRow(Base):
    """A part of a source that could not be read, until it can."""

    __tablename__ = "source_problem"
    problem_id: Mapped[PlainText] = primary_id()
    source: Mapped[PlainText] = mapped_column(index=True)
    position: Mapped[ClearText]
    reason: Mapped[ClearText]
    next_step: Mapped[PlainText]
    first_seen_at: Mapped[dt.datetime]
    solved_at: Mapped[dt.datetime | None]


class LandingRow(Base):
    """A record as pulled; its payload is encrypted and purged once it is stored."""

    __tablename__ = "landing"
    landing_id: Mapped[PlainText] = primary_id()
    source: Mapped[PlainText]
    position: Mapped[ClearText]
    sequence: Mapped[int]
    pulled_at: Mapped[dt.datetime]
    state: Mapped[LandingState]
    payload: Mapped[SealedBytes | None]
    __table_args__ = (
        UniqueConstraint("source", "position"),
        Index(None, "source", "state", "sequence"),
    )


class FeedbackRow(Base):
    """One valid feedback, masked."""

    __tablename__ = "feedback"
    feedback_id: Mapped[PlainText] = primary_id()
    landing_id: Mapped[PlainText] = mapped_column(
        ForeignKey("landing.landing_id"), unique=True
    )
    source: Mapped[PlainText]
    source_record_id: Mapped[PlainText]
    content_key: Mapped[PlainText]
    occurred_at: Mapped[dt.datetime]
    occurred_on: Mapped[dt.date]
    channel: Mapped[Channel]
    ownership: Mapped[Ownership]
    title: Mapped[MaskedText]
    verbatim: Mapped[MaskedText]
    rating_value: Mapped[float | None]
    rating_scale: Mapped[RatingScale | None]
    stars: Mapped[float | None]
    touchpoint: Mapped[PlainText | None]
    unit: Mapped[MaskedText | None]
    customer_ref: Mapped[PlainText | None]
    segment: Mapped[MaskedText | None]
    attributes: Mapped[MaskedDocument]
    marks: Mapped[MaskedList]
    coding_state: Mapped[CodingState]
    not_codable: Mapped[NotCodable | None]
    polarity: Mapped[Polarity | None]
    polarity_confidence: Mapped[float | None]
    suggested_department: Mapped[PlainText | None]
    department_confidence: Mapped[float | None]
    stored_at: Mapped[dt.datetime | None]
    coded_at: Mapped[dt.datetime | None]
    __table_args__ = (
        UniqueConstraint("source", "source_record_id"),
        Index(None, "source", "content_key"),
        Index(None, "coding_state", "feedback_id"),
        Index(None, "unit", "touchpoint", "occurred_on"),
        Index(None, "occurred_on"),
    )


class DuplicateRow(Base):
    """A record that says again what is stored already."""

    __tablename__ = "duplicate"
    landing_id: Mapped[PlainText] = mapped_column(
        ForeignKey("landing.landing_id"), primary_key=True
    )
    source: Mapped[PlainText] = mapped_column(index=True)
    feedback_id: Mapped[PlainText] = mapped_column(index=True)
    kind: Mapped[DuplicateKind]
    stored_at: Mapped[dt.datetime | None]


class QuarantineRow(Base):
    """A record kept out, with what it broke, waiting for a person."""

    __tablename__ = "quarantine"
    landing_id: Mapped[PlainText] = mapped_column(
        ForeignKey("landing.landing_id"), primary_key=True
    )
    source: Mapped[PlainText] = mapped_column(index=True)
    position: Mapped[ClearText]
    violations: Mapped[MaskedList]
    state: Mapped[QuarantineState]
    quarantined_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[NameText | None]
    reason: Mapped[MaskedText | None]
