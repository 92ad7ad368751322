"""Tables of runs: what ran, who may write, by which rules."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped

from huixiang.domain.run import RunState
from huixiang.store.tables.base import Base, Id, primary_id


class RunRow(Base):
    """One run of a flow, with the snapshot of rules it used."""

    __tablename__ = "run"
    run_id: Id = primary_id()
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
    name: Id = primary_id()
    holder: Mapped[str]
    token: Mapped[int]
    until: Mapped[dt.datetime]


class RulebookRow(Base):
    """The rules as they were, by their hash."""

    __tablename__ = "rulebook"
    rulebook_hash: Id = primary_id()
    first_used_at: Mapped[dt.datetime]
    content: Mapped[dict[str, Any]]
