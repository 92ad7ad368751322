"""Tables for what people say of codings, and for how models compared."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.training import PromotionReason
from huixiang.store.tables.base import Base
from huixiang.store.tables.types import CodeText
from huixiang.store.tables.words import (
    MaskedDocument,
    MaskedList,
    MaskedText,
    NameText,
    PlainDocument,
    PlainText,
)


class ReviewRow(Base):
    """One person's word on one feedback; applied to its codings later, never deleted."""

    __tablename__ = "review"
    review_id: Mapped[PlainText] = mapped_column(primary_key=True)
    feedback_id: Mapped[PlainText] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    reviewer: Mapped[NameText]
    reviewed_at: Mapped[dt.datetime]
    mentions: Mapped[MaskedList]
    polarity: Mapped[Polarity | None]
    department: Mapped[PlainText | None]
    seen: Mapped[MaskedList]
    applied_at: Mapped[dt.datetime | None] = mapped_column(index=True)
    withdrawn_at: Mapped[dt.datetime | None]


class SupersededRow(Base):
    """A coding that a review took the place of, whole, with the route it had."""

    __tablename__ = "superseded_coding"
    coding_id: Mapped[PlainText] = mapped_column(primary_key=True)
    feedback_id: Mapped[PlainText] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    issue_id: Mapped[PlainText | None] = mapped_column(index=True)
    coding: Mapped[MaskedDocument]
    route: Mapped[MaskedDocument | None]
    superseded_by: Mapped[PlainText]
    superseded_at: Mapped[dt.datetime]


class ModelDecisionRow(Base):
    """Why a model was put to use or not: the comparison, or a person's reason."""

    __tablename__ = "model_decision"
    decision_id: Mapped[PlainText] = mapped_column(primary_key=True)
    model_id: Mapped[PlainText] = mapped_column(index=True)
    champion_id: Mapped[PlainText | None]
    decided_at: Mapped[dt.datetime]
    decided_by: Mapped[NameText]
    promoted: Mapped[bool]
    reason: Mapped[PromotionReason] = mapped_column(CodeText(PromotionReason))
    words: Mapped[MaskedText | None]
    detail: Mapped[PlainDocument]
