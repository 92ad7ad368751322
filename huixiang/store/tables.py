"""Typed tables for everything the loop must remember."""

import datetime as dt
import enum
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from huixiang.domain.action import ActionStatus, ItemKind, RemoteState
from huixiang.domain.codeframe import CoderKind, NeedTier, Polarity
from huixiang.domain.feedback import Channel, Ownership, RatingScale
from huixiang.domain.outbox import EventType, MessageState, Outcome
from huixiang.domain.route import Urgency
from huixiang.domain.verdict import VerdictKind
from huixiang.store.types import UtcDateTime, enum_type

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class LandingState(enum.StrEnum):
    """Where a landed record is now."""

    WAITING = "waiting"
    STORED = "stored"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    DISCARDED = "discarded"


class QuarantineState(enum.StrEnum):
    """What became of a quarantined record."""

    WAITING = "waiting"
    RELEASED = "released"
    DISCARDED = "discarded"


class CodingState(enum.StrEnum):
    """Whether a feedback was understood yet."""

    WAITING = "waiting"
    CODED = "coded"
    NOT_CODABLE = "not_codable"


class RunState(enum.StrEnum):
    """How a run ended."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    ABANDONED = "abandoned"


class InboxState(enum.StrEnum):
    """What became of a call that came in."""

    WAITING = "waiting"
    APPLIED = "applied"
    IGNORED = "ignored"


ENUMS: tuple[type[enum.StrEnum], ...] = (
    ActionStatus, Channel, CoderKind, CodingState, EventType, InboxState, ItemKind,
    LandingState, MessageState, NeedTier, Outcome, Ownership, Polarity,
    QuarantineState, RatingScale, RemoteState, RunState, Urgency, VerdictKind,
)  # fmt: skip
DOCUMENT = JSON().with_variant(JSONB, "postgresql")
TYPES: dict[Any, Any] = {kind: enum_type(kind) for kind in ENUMS}
TYPES[str] = Text
TYPES[dt.datetime] = UtcDateTime
TYPES[dict[str, Any]] = DOCUMENT
TYPES[list[Any]] = DOCUMENT


class Base(DeclarativeBase):
    """Base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = TYPES


Id = Mapped[str]


def _id() -> Any:
    return mapped_column(primary_key=True)


class RunRow(Base):
    """One run of a flow, with the snapshot of rules it used."""

    __tablename__ = "run"
    run_id: Id = _id()
    flow: Mapped[str]
    as_of: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    state: Mapped[RunState]
    rulebook_hash: Mapped[str]
    detail: Mapped[dict[str, Any]]


class LeaseRow(Base):
    """Who may write now; `token` grows with every new holder."""

    __tablename__ = "lease"
    name: Id = _id()
    holder: Mapped[str]
    token: Mapped[int]
    until: Mapped[dt.datetime]


class RulebookRow(Base):
    """The rules as they were, by their hash."""

    __tablename__ = "rulebook"
    rulebook_hash: Id = _id()
    first_used_at: Mapped[dt.datetime]
    content: Mapped[dict[str, Any]]


class SourceRow(Base):
    """How far a source was read; the cursor moves with what it covers."""

    __tablename__ = "source"
    source: Id = _id()
    cursor: Mapped[dict[str, Any]]
    pulled_at: Mapped[dt.datetime | None]
    last_error: Mapped[str | None]
    last_error_at: Mapped[dt.datetime | None]


class PullBatchRow(Base):
    """How many new records one batch brought: the left side of the ledger."""

    __tablename__ = "pull_batch"
    batch_id: Id = _id()
    source: Mapped[str] = mapped_column(index=True)
    run_id: Mapped[str]
    pulled_at: Mapped[dt.datetime]
    n_records: Mapped[int]


class SourceProblemRow(Base):
    """A part of a source that could not be read, until it can."""

    __tablename__ = "source_problem"
    problem_id: Id = _id()
    source: Mapped[str] = mapped_column(index=True)
    position: Mapped[str]
    reason: Mapped[str]
    next_step: Mapped[str]
    first_seen_at: Mapped[dt.datetime]
    solved_at: Mapped[dt.datetime | None]


class LandingRow(Base):
    """A record as pulled; its payload is encrypted and purged once it is stored."""

    __tablename__ = "landing"
    landing_id: Id = _id()
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
    feedback_id: Id = _id()
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


class CodingRow(Base):
    """One theme found in one feedback."""

    __tablename__ = "coding"
    coding_id: Id = _id()
    feedback_id: Mapped[str] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    theme: Mapped[str]
    polarity: Mapped[Polarity]
    need_tier: Mapped[NeedTier]
    evidence: Mapped[str]
    span_start: Mapped[int]
    span_end: Mapped[int]
    confidence: Mapped[float]
    coder: Mapped[CoderKind]
    coder_id: Mapped[str]
    reasons: Mapped[list[Any]]
    codeframe_version: Mapped[str]
    touchpoint: Mapped[str]
    unit: Mapped[str]
    issue_id: Mapped[str | None] = mapped_column(ForeignKey("issue.issue_id"))
    no_issue_reason: Mapped[str | None]
    coded_at: Mapped[dt.datetime]
    __table_args__ = (
        Index(None, "theme", "touchpoint", "unit"),
        Index(None, "issue_id"),
    )


class RouteRow(Base):
    """Which rule gave a negative coding to which department."""

    __tablename__ = "route"
    coding_id: Id = mapped_column(ForeignKey("coding.coding_id"), primary_key=True)
    department: Mapped[str]
    severity: Mapped[Urgency]
    sla_hours: Mapped[float]
    playbook: Mapped[str | None]
    rule: Mapped[str]
    rules_version: Mapped[str]
    rulebook_hash: Mapped[str]
    matched: Mapped[list[Any]]
    losing: Mapped[list[Any]]
    stored_at: Mapped[dt.datetime | None]


class IssueRow(Base):
    """Theme × touchpoint × unit; always exactly one department."""

    __tablename__ = "issue"
    issue_id: Id = _id()
    theme: Mapped[str]
    touchpoint: Mapped[str]
    unit: Mapped[str]
    department: Mapped[str]
    department_by: Mapped[str]
    severity: Mapped[Urgency]
    sla_hours: Mapped[float]
    playbook: Mapped[str | None]
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("theme", "touchpoint", "unit"),)


class ActionItemRow(Base):
    """Work asked of a department."""

    __tablename__ = "action_item"
    item_id: Id = _id()
    kind: Mapped[ItemKind]
    issue_id: Mapped[str] = mapped_column(ForeignKey("issue.issue_id"), index=True)
    feedback_id: Mapped[str | None] = mapped_column(
        ForeignKey("feedback.feedback_id"), unique=True
    )
    department: Mapped[str]
    status: Mapped[ActionStatus] = mapped_column(index=True)
    severity: Mapped[Urgency]
    priority: Mapped[float]
    playbook: Mapped[str | None]
    opened_at: Mapped[dt.datetime]
    due_at: Mapped[dt.datetime]
    resolved_at: Mapped[dt.datetime | None]
    root_cause: Mapped[str | None]
    alert: Mapped[dict[str, Any]]
    criterion: Mapped[dict[str, Any]]
    criterion_hash: Mapped[str]
    rulebook_hash: Mapped[str]


class MoveRow(Base):
    """One change of an item's status: who, when, why, and what it replaced.

    `moved_at` is business time, `stored_at` when we came to know of it.
    """

    __tablename__ = "move"
    item_id: Id = mapped_column(ForeignKey("action_item.item_id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    before: Mapped[ActionStatus | None]
    after: Mapped[ActionStatus]
    moved_at: Mapped[dt.datetime]
    actor: Mapped[str]
    reason: Mapped[str]
    stored_at: Mapped[dt.datetime | None]
    replaced: Mapped[dict[str, Any] | None]


class AnnouncementRow(Base):
    """An event of an item, and how many endpoints should hear of it."""

    __tablename__ = "announcement"
    announcement_id: Id = _id()
    item_id: Mapped[str] = mapped_column(ForeignKey("action_item.item_id"), index=True)
    event: Mapped[EventType]
    n_endpoints: Mapped[int]
    announced_at: Mapped[dt.datetime]
    stored_at: Mapped[dt.datetime | None]


class MessageRow(Base):
    """The outbox: stored with the business change, sent afterwards."""

    __tablename__ = "outbox_message"
    message_id: Id = _id()
    announcement_id: Mapped[str | None] = mapped_column(
        ForeignKey("announcement.announcement_id")
    )
    item_id: Mapped[str | None] = mapped_column(
        ForeignKey("action_item.item_id"), index=True
    )
    endpoint: Mapped[str]
    event: Mapped[EventType]
    body: Mapped[str]
    state: Mapped[MessageState]
    n_attempts: Mapped[int]
    next_attempt_at: Mapped[dt.datetime]
    claimed_by: Mapped[str | None]
    dead_reason: Mapped[str | None]
    created_at: Mapped[dt.datetime]
    __table_args__ = (Index(None, "state", "next_attempt_at"),)


class AttemptRow(Base):
    """One try of one message."""

    __tablename__ = "delivery_attempt"
    message_id: Id = mapped_column(
        ForeignKey("outbox_message.message_id"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    outcome: Mapped[Outcome]
    attempted_at: Mapped[dt.datetime]
    status_code: Mapped[int | None]
    detail: Mapped[str]


class EndpointRow(Base):
    """What an endpoint's behaviour has made of it."""

    __tablename__ = "endpoint"
    endpoint: Id = _id()
    disabled_at: Mapped[dt.datetime | None]
    disabled_reason: Mapped[str | None]


class RemoteTicketRow(Base):
    """The remote system's object for an item: one item, one ticket."""

    __tablename__ = "remote_ticket"
    item_id: Id = mapped_column(ForeignKey("action_item.item_id"), primary_key=True)
    endpoint: Mapped[str] = mapped_column(primary_key=True)
    remote_ticket_id: Mapped[str] = mapped_column(index=True)
    state: Mapped[RemoteState]
    remote_status: Mapped[str | None]
    seen_at: Mapped[dt.datetime]


class InboxRow(Base):
    """A call that came in, persisted before it was acknowledged; encrypted."""

    __tablename__ = "inbox_call"
    call_id: Id = _id()
    door: Mapped[str]
    name: Mapped[str]
    received_at: Mapped[dt.datetime]
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    state: Mapped[InboxState] = mapped_column(index=True)
    applied_at: Mapped[dt.datetime | None]
    reason: Mapped[str | None]
    item_id: Mapped[str | None] = mapped_column(index=True)
    claimed_at: Mapped[dt.datetime | None]


class VerdictRow(Base):
    """What the looks so far say of one follow-up of one item."""

    __tablename__ = "verdict"
    verdict_id: Id = _id()
    item_id: Mapped[str] = mapped_column(ForeignKey("action_item.item_id"), index=True)
    resolved_on: Mapped[dt.date]
    looked_on: Mapped[dt.date]
    kind: Mapped[VerdictKind]
    reason: Mapped[str | None]
    final: Mapped[bool]
    detail: Mapped[dict[str, Any]]
    method_version: Mapped[str]
    stored_at: Mapped[dt.datetime | None]


class ModelRow(Base):
    """A trained artefact, by the hash of its manifest."""

    __tablename__ = "model"
    model_id: Id = _id()
    trained_at: Mapped[dt.datetime]
    folder: Mapped[str]
    codeframe_version: Mapped[str]
    figures: Mapped[dict[str, Any]]
    active: Mapped[bool]


class ReportRow(Base):
    """A report that was written, with the facts it showed, so that it can be again."""

    __tablename__ = "report"
    report_id: Id = _id()
    as_of: Mapped[dt.datetime]
    folder: Mapped[str]
    content_hash: Mapped[str]
    written_at: Mapped[dt.datetime | None]
    facts: Mapped[bytes | None] = mapped_column(LargeBinary)
