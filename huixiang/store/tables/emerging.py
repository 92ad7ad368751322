"""Table of themes that were proposed, and what people decided about them."""

import datetime as dt

from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.coding.insight import ProposalState
from huixiang.store.tables.base import Base
from huixiang.store.tables.types import enum_type
from huixiang.store.tables.words import (
    MaskedDocument,
    MaskedList,
    MaskedText,
    NameText,
    PlainText,
)


class EmergingThemeRow(Base):
    """A proposed theme; examples are ids, so that a person can be forgotten.

    `found_at` and `decided_at` are business times, `last_found_on` the last day that
    still spoke of it.
    """

    __tablename__ = "emerging_theme"
    proposal_id: Mapped[PlainText] = mapped_column(primary_key=True)
    found_at: Mapped[dt.datetime]
    last_found_on: Mapped[dt.date]
    state: Mapped[ProposalState] = mapped_column(enum_type(ProposalState), index=True)
    keywords: Mapped[MaskedList]
    detail: Mapped[MaskedDocument]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[NameText | None]
    reason: Mapped[MaskedText | None]
    theme: Mapped[PlainText | None]
