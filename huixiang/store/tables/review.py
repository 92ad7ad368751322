"""Tables for what people say of codings, and for how models compared."""

import datetime as dt
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.codeframe import Polarity
from huixiang.store.tables.base import Base


class ReviewRow(Base):
    """One person's word on one feedback; applied to its codings later, never deleted."""

    __tablename__ = "review"
    review_id: Mapped[str] = mapped_column(primary_key=True)
    feedback_id: Mapped[str] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    reviewer: Mapped[str]
    reviewed_at: Mapped[dt.datetime]
    mentions: Mapped[list[Any]]
    polarity: Mapped[Polarity | None]
    department: Mapped[str | None]
    seen: Mapped[list[Any]]
    applied_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    withdrawn_at: Mapped[dt.datetime | None]


class SupersededRow(Base):
    """A coding that a review took the place of, whole, with the route it had."""

    __tablename__ = "superseded_coding"
    coding_id: Mapped[str] = mapped_column(primary_key=True)
    feedback_id: Mapped[str] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    issue_id: Mapped[str | None] = mapped_column(index=True)
    coding: Mapped[dict[str, Any]]
    route: Mapped[dict[str, Any] | None]
    superseded_by: Mapped[str]
    superseded_at: Mapped[dt.datetime]


class ModelDecisionRow(Base):
    """Why a model was put to use or not: the comparison, or a person's reason."""

    __tablename__ = "model_decision"
    decision_id: Mapped[str] = mapped_column(primary_key=True)
    model_id: Mapped[str] = mapped_column(index=True)
    champion_id: Mapped[str | None]
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[str]
    promoted: Mapped[bool]
    reason: Mapped[str]
    detail: Mapped[dict[str, Any]]
