"""Tables of the optional language model: what was asked, and how good it is."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from huixiang.store.tables.base import Base
from huixiang.store.tables.words import MaskedText, PlainDocument, PlainText


class LanguageCallRow(Base):
    """One question to a language model; `reply` is empty where it stayed silent."""

    __tablename__ = "language_call"
    call_id: Mapped[PlainText] = mapped_column(primary_key=True)
    question: Mapped[PlainText] = mapped_column(index=True)
    run_id: Mapped[PlainText] = mapped_column(index=True)
    asked_at: Mapped[dt.datetime]
    reply: Mapped[MaskedText | None]
    n_tokens: Mapped[int]


class LanguageModelRow(Base):
    """Held-out figures of one model with one set of instructions."""

    __tablename__ = "language_model"
    prompt_version: Mapped[PlainText] = mapped_column(primary_key=True)
    name: Mapped[PlainText]
    codeframe_version: Mapped[PlainText]
    evaluated_at: Mapped[dt.datetime]
    figures: Mapped[PlainDocument]
    trust: Mapped[PlainDocument]
