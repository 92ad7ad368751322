"""Tables of the optional language model: what was asked, and how good it is."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from huixiang.store.tables.base import Base, Id


class LanguageCallRow(Base):
    """One question to a language model; `reply` is empty where it stayed silent."""

    __tablename__ = "language_call"
    call_id: Id = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(index=True)
    run_id: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[dt.datetime]
    reply: Mapped[str | None]
    n_tokens: Mapped[int]


class LanguageModelRow(Base):
    """Held-out figures of one model with one set of instructions."""

    __tablename__ = "language_model"
    prompt_version: Id = mapped_column(primary_key=True)
    name: Mapped[str]
    codeframe_version: Mapped[str]
    evaluated_at: Mapped[dt.datetime]
    figures: Mapped[dict[str, Any]]
    trust: Mapped[dict[str, Any]]
