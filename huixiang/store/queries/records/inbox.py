"""Calls that came in: persisted before they are acknowledged, applied later."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from huixiang.domain.inbox import InboxCall, InboxState, WaitingCall
from huixiang.store.bulk import insert_for
from huixiang.store.codec import facts_of
from huixiang.store.tables.records import InboxRow
from huixiang.store.vault import Vault


class Inbox:
    """Queries about inbound calls."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def accept(
        self,
        *,
        door: str,
        name: str,
        call_id: str,
        received_at: dt.datetime,
        body: bytes,
    ) -> bool:
        """Persist a call; return False where the same call is here already."""
        statement = insert_for(self._connection, InboxRow).on_conflict_do_nothing()
        done = self._connection.execute(
            statement.values(
                call_id=f"{door}:{name}:{call_id}",
                door=door,
                name=name,
                received_at=received_at,
                body=self._vault.seal(body),
                state=InboxState.WAITING,
            ).returning(InboxRow.call_id)
        )
        return done.first() is not None

    def waiting(self, door: str) -> Sequence[WaitingCall]:
        """Return the calls that nobody dealt with, oldest first."""
        rows = self._connection.execute(
            select(InboxRow.call_id, InboxRow.name, InboxRow.received_at, InboxRow.body)
            .where(InboxRow.door == door, InboxRow.state == InboxState.WAITING)
            .order_by(InboxRow.received_at, InboxRow.call_id)
        )
        return [
            WaitingCall(
                call_id=row.call_id,
                name=row.name,
                received_at=row.received_at,
                body=self._vault.open(row.body),
            )
            for row in rows
            if row.body is not None
        ]

    def newest_claim(self, name: str, item_id: str) -> dt.datetime | None:
        """Return when the newest applied status of an item happened, by its sender."""
        return self._connection.execute(
            select(func.max(InboxRow.claimed_at)).where(
                InboxRow.name == name,
                InboxRow.item_id == item_id,
                InboxRow.state == InboxState.APPLIED,
            )
        ).scalar_one_or_none()

    def settle(
        self,
        call_id: str,
        state: InboxState,
        *,
        settled_at: dt.datetime,
        reason: str,
        item_id: str | None = None,
        claimed_at: dt.datetime | None = None,
    ) -> None:
        """Note what became of a call; its body is purged.

        `claimed_at` is when the sender says that the item moved; comments move nothing.
        """
        self._connection.execute(
            update(InboxRow)
            .where(InboxRow.call_id == call_id)
            .values(
                state=state,
                applied_at=settled_at,
                reason=reason,
                body=None,
                item_id=item_id,
                claimed_at=claimed_at,
            )
        )

    def calls(self) -> Sequence[InboxCall]:
        """Return every call without its body, in the order they were received."""
        rows = self._connection.execute(
            select(
                InboxRow.call_id,
                InboxRow.door,
                InboxRow.name,
                InboxRow.received_at,
                InboxRow.state,
                InboxRow.reason,
            ).order_by(InboxRow.received_at, InboxRow.call_id)
        )
        return facts_of(InboxCall, rows)
