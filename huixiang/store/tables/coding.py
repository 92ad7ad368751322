"""Tables of what was understood: codings, routes, issues, models."""

import datetime as dt

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.coding.codeframe import CoderKind, NeedTier, Polarity
from huixiang.domain.coding.coding_reason import NoIssueReason
from huixiang.domain.items.issue import GivenBy
from huixiang.domain.items.route import Urgency
from huixiang.store.tables.base import Base, primary_id
from huixiang.store.tables.types import CodeText
from huixiang.store.tables.words import (
    MaskedList,
    MaskedText,
    NameText,
    PlainDocument,
    PlainText,
)


class CodingRow(Base):
    """One theme found in one feedback."""

    __tablename__ = "coding"
    coding_id: Mapped[PlainText] = primary_id()
    feedback_id: Mapped[PlainText] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    theme: Mapped[PlainText]
    polarity: Mapped[Polarity]
    need_tier: Mapped[NeedTier]
    evidence: Mapped[MaskedText]
    span_start: Mapped[int]
    span_end: Mapped[int]
    confidence: Mapped[float]
    coder: Mapped[CoderKind]
    coder_id: Mapped[NameText]
    reasons: Mapped[MaskedList]
    codeframe_version: Mapped[PlainText]
    touchpoint: Mapped[PlainText]
    unit: Mapped[MaskedText]
    issue_id: Mapped[PlainText | None] = mapped_column(ForeignKey("issue.issue_id"))
    no_issue_reason: Mapped[NoIssueReason | None] = mapped_column(
        CodeText(NoIssueReason)
    )
    coded_at: Mapped[dt.datetime]
    __table_args__ = (
        Index(None, "theme", "touchpoint", "unit"),
        Index(None, "issue_id"),
    )


class RouteRow(Base):
    """Which rule gave a negative coding to which department."""

    __tablename__ = "route"
    coding_id: Mapped[PlainText] = mapped_column(
        ForeignKey("coding.coding_id"), primary_key=True
    )
    department: Mapped[PlainText]
    severity: Mapped[Urgency]
    sla_hours: Mapped[float]
    playbook: Mapped[PlainText | None]
    rule: Mapped[PlainText]
    rules_version: Mapped[PlainText]
    rulebook_hash: Mapped[PlainText]
    matched: Mapped[MaskedList]
    losing: Mapped[MaskedList]
    stored_at: Mapped[dt.datetime | None]


class IssueRow(Base):
    """Theme × touchpoint × unit; always exactly one department."""

    __tablename__ = "issue"
    issue_id: Mapped[PlainText] = primary_id()
    theme: Mapped[PlainText]
    touchpoint: Mapped[PlainText]
    unit: Mapped[MaskedText]
    department: Mapped[PlainText]
    department_by: Mapped[GivenBy] = mapped_column(CodeText(GivenBy))
    department_person: Mapped[NameText | None]
    severity: Mapped[Urgency]
    sla_hours: Mapped[float]
    playbook: Mapped[PlainText | None]
    first_at: Mapped[dt.datetime]
    last_at: Mapped[dt.datetime]
    __table_args__ = (UniqueConstraint("theme", "touchpoint", "unit"),)


class ModelRow(Base):
    """A trained artefact, by the hash of its manifest."""

    __tablename__ = "model"
    model_id: Mapped[PlainText] = primary_id()
    trained_at: Mapped[dt.datetime]
    folder: Mapped[PlainText]
    codeframe_version: Mapped[PlainText]
    figures: Mapped[PlainDocument]
    active: Mapped[bool]
