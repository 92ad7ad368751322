"""Tables of what verification remembers beside the verdicts."""

import datetime as dt

from sqlalchemy import (
    ForeignKey,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.proof.verdict import VerdictKind
from huixiang.store.tables.base import Base, primary_id
from huixiang.store.tables.words import PlainDocument, PlainText


class OutlookRow(Base):
    """Whether the effect of a fix could be seen at all, as told when the item opened."""

    __tablename__ = "outlook"
    item_id: Mapped[PlainText] = mapped_column(
        ForeignKey("action_item.item_id"), primary_key=True
    )
    as_of: Mapped[dt.datetime]
    advice: Mapped[PlainText]
    feedbacks_per_day: Mapped[float | None]
    days_until_medium: Mapped[int | None]
    days_until_medium_likely: Mapped[int | None]
    detectable_effect: Mapped[float | None]
    n_pooled: Mapped[int]
    pooled_days: Mapped[int | None]
    stored_at: Mapped[dt.datetime | None]


class PlaceboCheckRow(Base):
    """What the engine said, on one day and by one design, of dips nobody touched."""

    __tablename__ = "placebo_check"
    check_id: Mapped[PlainText] = mapped_column(primary_key=True)
    design_id: Mapped[PlainText] = mapped_column(index=True)
    design: Mapped[PlainDocument]
    looked_on: Mapped[dt.date]
    as_of: Mapped[dt.datetime]
    panel: Mapped[PlainText]
    n_dips: Mapped[int]
    n_improved: Mapped[int]
    low: Mapped[float]
    high: Mapped[float]
    z_mean: Mapped[float | None]
    z_sd: Mapped[float | None]
    error_factor: Mapped[float]
    method_version: Mapped[PlainText]
    stored_at: Mapped[dt.datetime | None]


class SustainedLookRow(Base):
    """One look, weeks after a verified fix: does it last?"""

    __tablename__ = "sustained_look"
    look_id: Mapped[PlainText] = mapped_column(primary_key=True)
    item_id: Mapped[PlainText] = mapped_column(ForeignKey("action_item.item_id"))
    resolved_on: Mapped[dt.date]
    after_days: Mapped[int]
    looked_on: Mapped[dt.date]
    as_of: Mapped[dt.datetime]
    outcome: Mapped[PlainText]
    final: Mapped[bool]
    detail: Mapped[PlainDocument]
    method_version: Mapped[PlainText]
    stored_at: Mapped[dt.datetime | None]
    __table_args__ = (UniqueConstraint("item_id", "resolved_on", "after_days"),)


class VerdictRow(Base):
    """What the looks so far say of one follow-up of one item."""

    __tablename__ = "verdict"
    verdict_id: Mapped[PlainText] = primary_id()
    item_id: Mapped[PlainText] = mapped_column(
        ForeignKey("action_item.item_id"), index=True
    )
    resolved_on: Mapped[dt.date]
    looked_on: Mapped[dt.date]
    kind: Mapped[VerdictKind]
    reason: Mapped[PlainText | None]
    final: Mapped[bool]
    detail: Mapped[PlainDocument]
    method_version: Mapped[PlainText]
    stored_at: Mapped[dt.datetime | None]
