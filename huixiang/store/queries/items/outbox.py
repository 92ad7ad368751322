"""Announcements, the messages that carry them, and what endpoints answered."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    func,
    insert,
    or_,
    select,
    update,
)

from huixiang.domain.items.outbox import (
    Announcement,
    DeadReason,
    DeliveryAttempt,
    DisabledEndpoint,
    MessageStanding,
    MessageState,
    OutboxMessage,
    PastAttempt,
    RemoteTicket,
    Rendered,
    StoredMessage,
)
from huixiang.domain.reason import Reason
from huixiang.store.bulk import insert_new, upsert
from huixiang.store.codec import encode, facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.items.message_rows import (
    disabled_endpoint,
    message_of,
    past_attempt,
    stored_message,
)
from huixiang.store.tables.items import (
    AnnouncementRow,
    AttemptRow,
    EndpointRow,
    MessageRow,
    RemoteTicketRow,
)
from huixiang.store.vault import Vault


class Outbox:
    """Queries about what is to be sent and what became of it."""

    def __init__(
        self, connection: Connection, vault: Vault, knowledge: Knowledge = ALL
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._knowledge = knowledge

    # -- what is to be sent --------------------------------------------------------

    def announce(
        self,
        announcement: Announcement,
        messages: Sequence[OutboxMessage],
        queued_at: dt.datetime,
    ) -> None:
        """Store an event and one message for every endpoint that should hear of it.

        `queued_at` is real time: from then on the messages are due.
        """
        self._connection.execute(
            insert(AnnouncementRow).values(
                announcement_id=announcement.announcement_id,
                item_id=announcement.item_id,
                event=announcement.event,
                n_endpoints=len(messages),
                announced_at=announcement.announced_at,
                stored_at=self._knowledge.now,
            )
        )
        self.queue(messages, queued_at, announcement.announcement_id)

    def queue(
        self,
        messages: Sequence[OutboxMessage],
        queued_at: dt.datetime,
        announcement_id: str | None = None,
    ) -> None:
        """Store messages that are due from *queued_at* on; known ones stay as they are."""
        rows = [_queued_row(each, queued_at, announcement_id) for each in messages]
        insert_new(self._connection, MessageRow, rows)

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

    # -- its way out ---------------------------------------------------------------

    def n_due(self, now: dt.datetime, endpoints: Collection[str]) -> int:
        """Return how many messages `claim_due` would find."""
        return self._connection.execute(
            select(func.count()).where(_due(now), MessageRow.endpoint.in_(endpoints))
        ).scalar_one()

    def claim_due(
        self, now: dt.datetime, holder: str, endpoints: Collection[str], limit: int
    ) -> Sequence[OutboxMessage]:
        """Take messages that are due, or whose sender died; nobody else gets them.

        Only the holder of the workspace's lease calls this, so a message still marked
        as being sent belongs to a run that is over.
        """
        rows = self._connection.execute(
            _MESSAGES.where(_due(now), MessageRow.endpoint.in_(endpoints)).limit(limit)
        )
        messages = [message_of(row, self._vault) for row in rows]
        self._connection.execute(
            update(MessageRow)
            .where(MessageRow.message_id.in_([each.message_id for each in messages]))
            .values(state=MessageState.SENDING, claimed_by=holder)
        )
        return messages

    def keep_rendered(self, message_id: str, rendered: Rendered) -> None:
        """Fix the bytes of a message, sealed; every try from now on sends these."""
        form = {
            "content_type": rendered.content_type,
            "method": rendered.method,
            "path": rendered.path,
        }
        self._connection.execute(
            update(MessageRow)
            .where(MessageRow.message_id == message_id)
            .values(body=self._vault.seal(rendered.body), form=form)
        )

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
        dead_reason: Reason[DeadReason] | None,
    ) -> None:
        """Store an attempt and where the message stands after it."""
        self._connection.execute(
            insert(AttemptRow).values(
                message_id=message.message_id,
                number=message.n_attempts + 1,
                outcome=attempt.outcome,
                attempted_at=attempt.attempted_at,
                status_code=attempt.status_code,
                reason_code=attempt.reason.code,
                reason_facts=dict(attempt.reason.facts),
                detail=attempt.reason.words,
            )
        )
        self._connection.execute(
            update(MessageRow)
            .where(MessageRow.message_id == message.message_id)
            .values(
                state=state,
                n_attempts=message.n_attempts + 1,
                next_attempt_at=next_attempt_at,
                claimed_by=None,
                **_reason_columns("dead", dead_reason),
            )
        )

    def attempted_since(
        self, since: dt.datetime
    ) -> Mapping[str, Sequence[dt.datetime]]:
        """Return when each endpoint was called after *since*."""
        rows = self._connection.execute(
            select(MessageRow.endpoint, AttemptRow.attempted_at)
            .join(MessageRow, MessageRow.message_id == AttemptRow.message_id)
            .where(AttemptRow.attempted_at > since)
            .order_by(AttemptRow.attempted_at)
        )
        moments: dict[str, list[dt.datetime]] = {}
        for endpoint, attempted_at in rows:
            moments.setdefault(endpoint, []).append(attempted_at)
        return moments

    def replay(self, message_ids: Collection[str], due_at: dt.datetime) -> int:
        """Queue dead letters again; return how many."""
        return self._connection.execute(
            update(MessageRow)
            .where(
                MessageRow.message_id.in_(message_ids),
                MessageRow.state == MessageState.DEAD,
            )
            .values(
                state=MessageState.QUEUED,
                next_attempt_at=due_at,
                **_reason_columns("dead", None),
            )
        ).rowcount

    # -- what became of it ---------------------------------------------------------

    def get(self, message_id: str) -> StoredMessage | None:
        """Return one message as it stands."""
        row = self._connection.execute(
            _MESSAGES.where(MessageRow.message_id == message_id)
        ).one_or_none()
        return None if row is None else stored_message(row, self._vault)

    def messages(self, state: MessageState | None = None) -> Sequence[StoredMessage]:
        """Return messages, oldest first."""
        statement = _MESSAGES
        if state is not None:
            statement = statement.where(MessageRow.state == state)
        rows = self._connection.execute(statement)
        return [stored_message(row, self._vault) for row in rows]

    def of_item(self, item_id: str) -> Sequence[StoredMessage]:
        """Return the messages about an item, oldest first."""
        rows = self._connection.execute(_MESSAGES.where(MessageRow.item_id == item_id))
        return [stored_message(row, self._vault) for row in rows]

    def standings(self) -> Sequence[MessageStanding]:
        """Return of each message about an item where it stands."""
        rows = self._connection.execute(
            select(MessageRow.item_id, MessageRow.state)
            .where(
                MessageRow.item_id.is_not(None),
                *self._knowledge.of(MessageRow.created_at),
            )
            .order_by(MessageRow.created_at, MessageRow.message_id)
        )
        return facts_of(MessageStanding, rows)

    def attempts(self, message_id: str) -> Sequence[PastAttempt]:
        """Return the attempts of one message."""
        rows = self._connection.execute(
            select(AttemptRow.__table__)
            .where(AttemptRow.message_id == message_id)
            .order_by(AttemptRow.number)
        )
        return [past_attempt(row) for row in rows]

    # -- endpoints and their tickets -----------------------------------------------

    def see_remote(self, ticket: RemoteTicket) -> None:
        """Note the remote system's ticket for an item."""
        row = {
            "item_id": ticket.item_id,
            "endpoint": ticket.endpoint,
            "remote_ticket_id": ticket.remote_ticket_id,
            "remote_status": ticket.remote_status,
            "seen_at": ticket.seen_at,
        }
        upsert(self._connection, RemoteTicketRow, [row], tuple(row)[2:])

    def item_of_ticket(self, endpoint: str, ticket_id: str) -> str | None:
        """Return the item behind a remote ticket."""
        return self._connection.execute(
            select(RemoteTicketRow.item_id).where(
                RemoteTicketRow.endpoint == endpoint,
                RemoteTicketRow.remote_ticket_id == ticket_id,
            )
        ).scalar_one_or_none()

    def remote_tickets(self, item_id: str) -> Sequence[RemoteTicket]:
        """Return the remote tickets of an item."""
        rows = self._connection.execute(
            select(RemoteTicketRow.__table__).where(RemoteTicketRow.item_id == item_id)
        )
        return facts_of(RemoteTicket, rows)

    def disable(self, disabled: DisabledEndpoint) -> None:
        """Stop sending to an endpoint."""
        row = {
            "endpoint": disabled.endpoint,
            "disabled_at": disabled.disabled_at,
            **_reason_columns("disabled", disabled.reason),
        }
        upsert(self._connection, EndpointRow, [row], tuple(row)[1:])

    def enable(self, endpoint: str) -> None:
        """Send to an endpoint again."""
        row = {
            "endpoint": endpoint,
            "disabled_at": None,
            **_reason_columns("disabled", None),
        }
        upsert(self._connection, EndpointRow, [row], tuple(row)[1:])

    def disabled(self) -> Mapping[str, DisabledEndpoint]:
        """Return the disabled endpoints by name."""
        rows = self._connection.execute(
            select(EndpointRow.__table__).where(EndpointRow.disabled_at.is_not(None))
        )
        return {row.endpoint: disabled_endpoint(row) for row in rows}


_MESSAGES: Select[Any] = select(MessageRow.__table__).order_by(
    MessageRow.created_at, MessageRow.message_id
)


def _due(now: dt.datetime) -> ColumnElement[bool]:
    return or_(
        MessageRow.state == MessageState.SENDING,
        (MessageRow.state == MessageState.QUEUED) & (MessageRow.next_attempt_at <= now),
    )


def _queued_row(
    message: OutboxMessage, queued_at: dt.datetime, announcement_id: str | None
) -> dict[str, Any]:
    """Return the row of a message that is due from *queued_at* on."""
    return {
        "message_id": message.message_id,
        "announcement_id": announcement_id,
        "item_id": message.item_id,
        "endpoint": message.endpoint,
        "event": message.event,
        "content": _without_nul(encode(message.content)),
        "state": MessageState.QUEUED,
        "n_attempts": 0,
        "next_attempt_at": queued_at,
        "created_at": queued_at,
    }


def _without_nul(value: Any) -> Any:
    """Return a document that PostgreSQL takes: names in rules may hold any character."""
    if isinstance(value, dict):
        return {name: _without_nul(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_nul(each) for each in value]
    return value.replace("\x00", " ") if isinstance(value, str) else value


def _reason_columns(name: str, reason: Reason[Any] | None) -> dict[str, Any]:
    """Return the three columns of a reason; all empty where there is none."""
    return {
        f"{name}_code": reason and reason.code,
        f"{name}_facts": reason and dict(reason.facts),
        f"{name}_words": reason and reason.words,
    }
