"""Tables for what reports and digests remember."""

import datetime as dt

from sqlalchemy import (
    ForeignKey,
)
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.store.tables.base import Base, primary_id
from huixiang.store.tables.words import MaskedBytes, PlainText


class DigestRow(Base):
    """A digest that an endpoint was to hear: whose, of which days."""

    __tablename__ = "digest"
    message_id: Mapped[PlainText] = mapped_column(
        ForeignKey("outbox_message.message_id"), primary_key=True
    )
    endpoint: Mapped[PlainText]
    audience: Mapped[PlainText]
    first_on: Mapped[dt.date]
    last_on: Mapped[dt.date]
    as_of: Mapped[dt.datetime]


class SummaryRow(Base):
    """Up to when the daily sums below hold everything that was stored."""

    __tablename__ = "summary"
    name: Mapped[PlainText] = mapped_column(primary_key=True)
    summed_at: Mapped[dt.datetime]


class ScoreDayRow(Base):
    """Ratings of the feedback that mentions a theme at a place, on one day."""

    __tablename__ = "score_day"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    theme: Mapped[PlainText] = mapped_column(primary_key=True)
    touchpoint: Mapped[PlainText] = mapped_column(primary_key=True)
    unit: Mapped[PlainText] = mapped_column(primary_key=True)
    n: Mapped[int]
    total: Mapped[float]


class ComplaintDayRow(Base):
    """How many feedbacks complain of an issue on one day."""

    __tablename__ = "complaint_day"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    issue_id: Mapped[PlainText] = mapped_column(primary_key=True)
    n: Mapped[int]


class PlaceDayRow(Base):
    """How many feedbacks a source brings from a place on one day, whatever they say."""

    __tablename__ = "place_day"
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    source: Mapped[PlainText] = mapped_column(primary_key=True)
    touchpoint: Mapped[PlainText] = mapped_column(primary_key=True)
    unit: Mapped[PlainText] = mapped_column(primary_key=True)
    n: Mapped[int]


class ReportRow(Base):
    """A report that was written, with the facts it showed, so that it can be again."""

    __tablename__ = "report"
    report_id: Mapped[PlainText] = primary_id()
    as_of: Mapped[dt.datetime]
    folder: Mapped[PlainText]
    content_hash: Mapped[PlainText]
    written_at: Mapped[dt.datetime | None]
    facts: Mapped[MaskedBytes | None]
