"""Announcements, the messages that carry them, and what endpoints answered."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select, update

from huixiang.domain.action import RemoteState
from huixiang.domain.outbox import (
    DeliveryAttempt,
    EventType,
    MessageState,
    OutboxMessage,
)
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.items import (
    AnnouncementRow,
    AttemptRow,
    EndpointRow,
    MessageRow,
    RemoteTicketRow,
)


class Outbox:
    """Queries about what is to be sent and what became of it."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def announce(
        self,
        *,
        announcement_id: str,
        item_id: str,
        event: EventType,
        announced_at: dt.datetime,
        messages: Sequence[OutboxMessage],
        queued_at: dt.datetime,
    ) -> None:
        """Store an event and one message for every endpoint that should hear of it.

        `announced_at` is business time, `queued_at` real time: from then on it is due.
        """
        self._connection.execute(
            insert(AnnouncementRow).values(
                announcement_id=announcement_id,
                item_id=item_id,
                event=event,
                n_endpoints=len(messages),
                announced_at=announced_at,
                stored_at=self._knowledge.now,
            )
        )
        insert_new(
            self._connection,
            MessageRow,
            [
                {
                    "message_id": message.message_id,
                    "announcement_id": announcement_id,
                    "item_id": message.item_id,
                    "endpoint": message.endpoint,
                    "event": message.event,
                    "body": message.body,
                    "state": MessageState.QUEUED,
                    "n_attempts": 0,
                    "next_attempt_at": queued_at,
                    "created_at": queued_at,
                }
                for message in messages
            ],
        )

    def n_announced(self, item_id: str) -> int:
        """Return how many events of an item were announced (names the next one)."""
        return self._connection.execute(
            select(func.count()).where(AnnouncementRow.item_id == item_id)
        ).scalar_one()

    def endpoints_told(self, item_id: str) -> set[str]:
        """Return the endpoints that have a message about the item."""
        rows = self._connection.execute(
            select(MessageRow.endpoint).where(MessageRow.item_id == item_id)
        )
        return set(rows.scalars())

    def claim_due(
        self, now: dt.datetime, holder: str, endpoints: Collection[str], limit: int
    ) -> Sequence[OutboxMessage]:
        """Take messages that are due, or whose sender died; nobody else gets them.

        Only the holder of the workspace's lease calls this, so a message still marked
        as being sent belongs to a run that is over.
        """
        rows = self._connection.execute(
            select(MessageRow.__table__)
            .where(_due(now), MessageRow.endpoint.in_(endpoints))
            .order_by(MessageRow.created_at, MessageRow.message_id)
            .limit(limit)
        )
        messages = [_message(row) for row in rows.mappings()]
        self._connection.execute(
            update(MessageRow)
            .where(MessageRow.message_id.in_([each.message_id for each in messages]))
            .values(state=MessageState.SENDING, claimed_by=holder)
        )
        return messages

    def n_due(self, now: dt.datetime, endpoints: Collection[str]) -> int:
        """Return how many messages `claim_due` would find."""
        return self._connection.execute(
            select(func.count()).where(_due(now), MessageRow.endpoint.in_(endpoints))
        ).scalar_one()

    def postpone(self, message_id: str, now: dt.datetime, seconds: float) -> None:
        """Put a claimed message back until the endpoint may hear more."""
        self._connection.execute(
            update(MessageRow)
            .where(MessageRow.message_id == message_id)
            .values(
                state=MessageState.QUEUED,
                claimed_by=None,
                next_attempt_at=now + dt.timedelta(seconds=seconds),
            )
        )

    def record(
        self,
        message: OutboxMessage,
        attempt: DeliveryAttempt,
        *,
        state: MessageState,
        next_attempt_at: dt.datetime,
        dead_reason: str | None,
    ) -> None:
        """Store an attempt and where the message stands after it."""
        self._connection.execute(
            insert(AttemptRow).values(
                message_id=message.message_id,
                number=message.n_attempts + 1,
                outcome=attempt.outcome,
                attempted_at=attempt.attempted_at,
                status_code=attempt.status_code,
                detail=attempt.detail,
            )
        )
        self._connection.execute(
            update(MessageRow)
            .where(MessageRow.message_id == message.message_id)
            .values(
                state=state,
                n_attempts=message.n_attempts + 1,
                next_attempt_at=next_attempt_at,
                dead_reason=dead_reason,
                claimed_by=None,
            )
        )

    def see_remote(
        self,
        item_id: str,
        endpoint: str,
        ticket_id: str,
        status: str | None,
        seen_at: dt.datetime,
    ) -> None:
        """Note the remote system's ticket for an item."""
        upsert(
            self._connection,
            RemoteTicketRow,
            [
                {
                    "item_id": item_id,
                    "endpoint": endpoint,
                    "remote_ticket_id": ticket_id,
                    "state": RemoteState.PRESENT,
                    "remote_status": status,
                    "seen_at": seen_at,
                }
            ],
            ("remote_ticket_id", "state", "remote_status", "seen_at"),
        )

    def item_of_ticket(self, endpoint: str, ticket_id: str) -> str | None:
        """Return the item behind a remote ticket."""
        return self._connection.execute(
            select(RemoteTicketRow.item_id).where(
                RemoteTicketRow.endpoint == endpoint,
                RemoteTicketRow.remote_ticket_id == ticket_id,
            )
        ).scalar_one_or_none()

    def remote_tickets(self, item_id: str) -> list[Mapping[str, Any]]:
        """Return the remote tickets of an item."""
        rows = self._connection.execute(
            select(RemoteTicketRow.__table__).where(RemoteTicketRow.item_id == item_id)
        )
        return [dict(row) for row in rows.mappings()]

    def disable(self, endpoint: str, reason: str, disabled_at: dt.datetime) -> None:
        """Stop sending to an endpoint that is gone."""
        row = {
            "endpoint": endpoint,
            "disabled_at": disabled_at,
            "disabled_reason": reason,
        }
        upsert(self._connection, EndpointRow, [row], tuple(row)[1:])

    def enable(self, endpoint: str) -> None:
        """Send to an endpoint again."""
        row = {"endpoint": endpoint, "disabled_at": None, "disabled_reason": None}
        upsert(self._connection, EndpointRow, [row], tuple(row)[1:])

    def disabled(self) -> dict[str, str]:
        """Return disabled endpoints with the reason."""
        rows = self._connection.execute(
            select(EndpointRow.endpoint, EndpointRow.disabled_reason).where(
                EndpointRow.disabled_at.is_not(None)
            )
        )
        return {row.endpoint: row.disabled_reason or "" for row in rows}

    def messages(self, state: MessageState | None = None) -> list[Mapping[str, Any]]:
        """Return messages, oldest first."""
        statement = select(MessageRow.__table__).order_by(
            MessageRow.created_at, MessageRow.message_id
        )
        if state is not None:
            statement = statement.where(MessageRow.state == state)
        return [dict(row) for row in self._connection.execute(statement).mappings()]

    def states(self) -> list[Mapping[str, Any]]:
        """Return of each message about an item where it stands, without its body."""
        rows = self._connection.execute(
            select(MessageRow.item_id, MessageRow.state)
            .where(
                MessageRow.item_id.is_not(None),
                *self._knowledge.of(MessageRow.created_at),
            )
            .order_by(MessageRow.created_at, MessageRow.message_id)
        )
        return [dict(row) for row in rows.mappings()]

    def attempts(self, message_id: str) -> list[Mapping[str, Any]]:
        """Return the attempts of one message."""
        rows = self._connection.execute(
            select(AttemptRow.__table__)
            .where(AttemptRow.message_id == message_id)
            .order_by(AttemptRow.number)
        )
        return [dict(row) for row in rows.mappings()]

    def attempted_since(self, since: dt.datetime) -> dict[str, list[dt.datetime]]:
        """Return when each endpoint was called after *since*."""
        rows = self._connection.execute(
            select(MessageRow.endpoint, AttemptRow.attempted_at)
            .join(MessageRow, MessageRow.message_id == AttemptRow.message_id)
            .where(AttemptRow.attempted_at > since)
            .order_by(AttemptRow.attempted_at)
        )
        found: dict[str, list[dt.datetime]] = {}
        for endpoint, attempted_at in rows:
            found.setdefault(endpoint, []).append(attempted_at)
        return found

    def replay(self, message_ids: Collection[str], due_at: dt.datetime) -> int:
        """Queue dead letters again; return how many."""
        return self._connection.execute(
            update(MessageRow)
            .where(
                MessageRow.message_id.in_(message_ids),
                MessageRow.state == MessageState.DEAD,
            )
            .values(state=MessageState.QUEUED, next_attempt_at=due_at, dead_reason=None)
        ).rowcount


def _due(now: dt.datetime) -> ColumnElement[bool]:
    return or_(
        MessageRow.state == MessageState.SENDING,
        (MessageRow.state == MessageState.QUEUED) & (MessageRow.next_attempt_at <= now),
    )


def _message(row: Mapping[Any, Any]) -> OutboxMessage:
    return OutboxMessage(
        message_id=row["message_id"],
        endpoint=row["endpoint"],
        event=row["event"],
        item_id=row["item_id"],
        body=row["body"],
        n_attempts=row["n_attempts"],
        state=row["state"],
    )
