"""Tables of records on their way in, and of calls."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.codeframe import Polarity
from huixiang.domain.feedback import (
    Channel,
    CodingState,
    LandingState,
    Ownership,
    QuarantineState,
    RatingScale,
)
from huixiang.domain.inbox import InboxState
from huixiang.store.tables.base import Base, Id, primary_id


class SourceRow(Base):
    """How far a source was read; the cursor moves with what it covers."""

    __tablename__ = "source"
    source: Id = primary_id()
    cursor: Mapped[dict[str, Any]]
    pulled_at: Mapped[dt.datetime | None]
    last_error: Mapped[str | None]
    last_error_at: Mapped[dt.datetime | None]


class PullBatchRow(Base):
    """How many new records one batch brought: the left side of the ledger."""

    __tablename__ = "pull_batch"
    batch_id: Id = primary_id()
    source: Mapped[str] = mapped_column(index=True)
    run_id: Mapped[str]
    pulled_at: Mapped[dt.datetime]
    n_records: Mapped[int]


class SourceProblemRow(Base):
    """A part of a source that could not be read, until it can."""

    __tablename__ = "source_problem"
    problem_id: Id = primary_id()
    source: Mapped[str] = mapped_column(index=True)
    position: Mapped[str]
    reason: Mapped[str]
    next_step: Mapped[str]
    first_seen_at: Mapped[dt.datetime]
    solved_at: Mapped[dt.datetime | None]


class LandingRow(Base):
    """A record as pulled; its payload is encrypted and purged once it is stored."""

    __tablename__ = "landing"
    landing_id: Id = primary_id()
    source: Mapped[str]
    position: Mapped[str]
    sequence: Mapped[int]
    pulled_at: Mapped[dt.datetime]
    state: Mapped[LandingState]
    payload: Mapped[bytes | None] = mapped_column(LargeBinary)
    __table_args__ = (
        UniqueConstraint("source", "position"),
        Index(None, "source", "state", "sequence"),
    )


class FeedbackRow(Base):
    """One valid feedback, masked."""

    __tablename__ = "feedback"
    feedback_id: Id = primary_id()
    landing_id: Mapped[str] = mapped_column(
        ForeignKey("landing.landing_id"), unique=True
    )
    source: Mapped[str]
    source_record_id: Mapped[str]
    content_key: Mapped[str]
    occurred_at: Mapped[dt.datetime]
    occurred_on: Mapped[dt.date]
    channel: Mapped[Channel]
    ownership: Mapped[Ownership]
    title: Mapped[str]
    verbatim: Mapped[str]
    rating_value: Mapped[float | None]
    rating_scale: Mapped[RatingScale | None]
    stars: Mapped[float | None]
    touchpoint: Mapped[str | None]
    unit: Mapped[str | None]
    customer_ref: Mapped[str | None]
    segment: Mapped[str | None]
    attributes: Mapped[dict[str, Any]]
    marks: Mapped[list[Any]]
    coding_state: Mapped[CodingState]
    not_codable: Mapped[str | None]
    polarity: Mapped[Polarity | None]
    polarity_confidence: Mapped[float | None]
    suggested_department: Mapped[str | None]
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
    landing_id: Id = mapped_column(ForeignKey("landing.landing_id"), primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    feedback_id: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    stored_at: Mapped[dt.datetime | None]


class QuarantineRow(Base):
    """A record kept out, with what it broke, waiting for a person."""

    __tablename__ = "quarantine"
    landing_id: Id = mapped_column(ForeignKey("landing.landing_id"), primary_key=True)
    source: Mapped[str] = mapped_column(index=True)
    position: Mapped[str]
    violations: Mapped[list[Any]]
    state: Mapped[QuarantineState]
    quarantined_at: Mapped[dt.datetime]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]


class InboxRow(Base):
    """A call that came in, persisted before it was acknowledged; encrypted."""

    __tablename__ = "inbox_call"
    call_id: Id = primary_id()
    door: Mapped[str]
    name: Mapped[str]
    received_at: Mapped[dt.datetime]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[InboxState] = mapped_column(index=True)
    applied_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    item_id: Mapped[str | None] = mapped_column(index=True)
    claimed_at: Mapped[dt.datetime | None]
