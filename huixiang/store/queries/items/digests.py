"""Digests: messages about a period, and who was to read them."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from huixiang.domain.items.outbox import OutboxMessage
from huixiang.store.bulk import insert_new
from huixiang.store.queries.items.outbox import Outbox
from huixiang.store.tables.reports import DigestRow, ReportRow


@dataclass(frozen=True, kw_only=True, slots=True)
class Digest:
    """A digest with the message that carries it; `audience` is a department or all."""

    message: OutboxMessage
    audience: str
    first_on: dt.date
    last_on: dt.date
    as_of: dt.datetime


class Digests:
    """Queries about digests."""

    def __init__(self, connection: Connection, outbox: Outbox) -> None:
        self._connection = connection
        self._outbox = outbox

    def known(self, message_ids: Collection[str]) -> set[str]:
        """Return those of the messages that were queued already."""
        rows = self._connection.execute(
            select(DigestRow.message_id).where(DigestRow.message_id.in_(message_ids))
        )
        return set(rows.scalars())

    def publish(self, digests: Sequence[Digest], queued_at: dt.datetime) -> None:
        """Queue digests with what they are; from *queued_at* on they are due."""
        self._outbox.queue([each.message for each in digests], queued_at)
        insert_new(
            self._connection,
            DigestRow,
            [
                {
                    "message_id": each.message.message_id,
                    "endpoint": each.message.endpoint,
                    "audience": each.audience,
                    "first_on": each.first_on,
                    "last_on": each.last_on,
                    "as_of": each.as_of,
                }
                for each in digests
            ],
        )

    def newest_report(self, as_of: dt.datetime) -> str | None:
        """Return the folder of the newest whole report, if one was written."""
        return self._connection.execute(
            select(ReportRow.folder)
            .where(
                ReportRow.as_of <= as_of,
                ReportRow.folder.not_like("%\\_%", escape="\\"),
            )
            .order_by(ReportRow.as_of.desc())
            .limit(1)
        ).scalar_one_or_none()
