"""Tables of the codeframe's history: its versions, the bridges, the second codings."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.coding.codeframe import CoderKind, Polarity
from huixiang.store.tables.base import Base
from huixiang.store.tables.words import NameText, PlainDocument, PlainList, PlainText


class CodeframeVersionRow(Base):
    """A codeframe that codings were made with; its content never changes."""

    __tablename__ = "codeframe_version"
    version: Mapped[PlainText] = mapped_column(primary_key=True)
    content_hash: Mapped[PlainText]
    content: Mapped[PlainDocument]
    first_used_at: Mapped[dt.datetime]


class CodeframeBridgeRow(Base):
    """A change of version that was crossed, and how well both versions agree."""

    __tablename__ = "codeframe_bridge"
    from_version: Mapped[PlainText] = mapped_column(primary_key=True)
    to_version: Mapped[PlainText] = mapped_column(primary_key=True)
    crossed_at: Mapped[dt.datetime]
    first_on: Mapped[dt.date]
    last_on: Mapped[dt.date]
    n_feedback: Mapped[int]
    n_mentions: Mapped[int]
    n_disagree: Mapped[int]
    max_error: Mapped[float]
    figures: Mapped[PlainList]


class SecondCodingRow(Base):
    """What the next version says of feedback that the one before has coded.

    Beside the ledger: it is compared, never counted, routed or shown as a coding.
    """

    __tablename__ = "second_coding"
    coding_id: Mapped[PlainText] = mapped_column(primary_key=True)
    feedback_id: Mapped[PlainText] = mapped_column(
        ForeignKey("feedback.feedback_id"), index=True
    )
    codeframe_version: Mapped[PlainText]
    theme: Mapped[PlainText]
    polarity: Mapped[Polarity]
    span_start: Mapped[int]
    span_end: Mapped[int]
    confidence: Mapped[float]
    coder: Mapped[CoderKind]
    coder_id: Mapped[NameText]
    coded_at: Mapped[dt.datetime]


class ThemeSuccessionRow(Base):
    """What a theme of an earlier version is called now (renamed or merged)."""

    __tablename__ = "theme_succession"
    codeframe_version: Mapped[PlainText] = mapped_column(primary_key=True)
    theme: Mapped[PlainText] = mapped_column(primary_key=True)
    continues_as: Mapped[PlainText]


class ThemePartRow(Base):
    """A theme that was split off another, with its measured share of it."""

    __tablename__ = "theme_part"
    whole: Mapped[PlainText] = mapped_column(primary_key=True)
    part: Mapped[PlainText] = mapped_column(primary_key=True)
    share: Mapped[float | None]
    since_at: Mapped[dt.datetime]


class IssueSuccessionRow(Base):
    """An issue that goes on under another name, or as part of another issue."""

    __tablename__ = "issue_succession"
    issue_id: Mapped[PlainText] = mapped_column(primary_key=True)
    to_version: Mapped[PlainText] = mapped_column(primary_key=True)
    old_theme: Mapped[PlainText]
    continues_as: Mapped[PlainText] = mapped_column(ForeignKey("issue.issue_id"))
    moved_at: Mapped[dt.datetime]
