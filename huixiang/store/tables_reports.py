"""Tables for what reports and digests remember."""

import datetime as dt

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from huixiang.store.tables import Base


class DigestRow(Base):
    """A digest that an endpoint was to hear: whose, of which days."""

    __tablename__ = "digest"
    message_id: Mapped[str] = mapped_column(
        ForeignKey("outbox_message.message_id"), primary_key=True
    )
    endpoint: Mapped[str]
    audience: Mapped[str]
    first_on: Mapped[dt.date]
    last_on: Mapped[dt.date]
    as_of: Mapped[dt.datetime]
