"""Table of themes that were proposed, and what people decided about them."""

import datetime as dt
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from huixiang.domain.insight import ProposalState
from huixiang.store.tables.base import Base
from huixiang.store.tables.types import enum_type


class EmergingThemeRow(Base):
    """A proposed theme; examples are ids, so that a person can be forgotten.

    `found_at` and `decided_at` are business times, `last_found_on` the last day that
    still spoke of it.
    """

    __tablename__ = "emerging_theme"
    proposal_id: Mapped[str] = mapped_column(primary_key=True)
    found_at: Mapped[dt.datetime]
    last_found_on: Mapped[dt.date]
    state: Mapped[ProposalState] = mapped_column(enum_type(ProposalState), index=True)
    keywords: Mapped[list[Any]]
    detail: Mapped[dict[str, Any]]
    decided_at: Mapped[dt.datetime | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]
    theme: Mapped[str | None]
