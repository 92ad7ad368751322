"""Tables of runs: what ran, who may write, by which rules."""

import datetime as dt

from sqlalchemy.orm import Mapped

from huixiang.domain.run import Lane, RunState
from huixiang.store.tables.base import Base, primary_id
from huixiang.store.tables.words import MaskedDocument, PlainDocument, PlainText


class RunRow(Base):
    """One run of a flow, with the snapshot of rules it used."""

    __tablename__ = "run"
    run_id: Mapped[PlainText] = primary_id()
    flow: Mapped[PlainText]
    lane: Mapped[Lane]
    as_of: Mapped[dt.datetime]
    started_at: Mapped[dt.datetime]
    finished_at: Mapped[dt.datetime | None]
    state: Mapped[RunState]
    rulebook_hash: Mapped[PlainText]
    detail: Mapped[MaskedDocument]


class LeaseRow(Base):
    """Who may write in a lane now; `token` grows with every new holder."""

    __tablename__ = "lease"
    name: Mapped[PlainText] = primary_id()
    holder: Mapped[PlainText]
    token: Mapped[int]
    until: Mapped[dt.datetime]


class RulebookRow(Base):
    """The rules as they were, by their hash."""

    __tablename__ = "rulebook"
    rulebook_hash: Mapped[PlainText] = primary_id()
    first_used_at: Mapped[dt.datetime]
    content: Mapped[PlainDocument]
