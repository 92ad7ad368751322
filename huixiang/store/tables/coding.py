"""Tables of what was understood: codings, routes, issues, models."""

import datetime as dt
from typing import Any

from sqlalchemy import (
    ForeignKey,
    Index,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.codeframe import CoderKind, NeedTier, Polarity
from huixiang.domain.route import Urgency
from huixiang.store.tables.base import Base, Id, primary_id


class CodingRow(Base):
    """One theme found in one feedback."""

    __tablename__ = "coding"
    coding_id: Id = primary_id()
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
    issue_id: Id = primary_id()
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


class ModelRow(Base):
    """A trained artefact, by the hash of its manifest."""

    __tablename__ = "model"
    model_id: Id = primary_id()
    trained_at: Mapped[dt.datetime]
    folder: Mapped[str]
    codeframe_version: Mapped[str]
    figures: Mapped[dict[str, Any]]
    active: Mapped[bool]
