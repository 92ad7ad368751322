"""The landing: records as they were pulled, sealed until they are judged."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select, update

from huixiang.domain.records.feedback import LandingState, RawRecord
from huixiang.domain.records.record import LandedRecord
from huixiang.store.bulk import insert_new
from huixiang.store.tables.records import LandingRow, PullBatchRow
from huixiang.store.vault import Vault


class Landing:
    """Queries about landed records."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def land(
        self,
        source: str,
        records: Sequence[LandedRecord],
        *,
        batch_id: str,
        run_id: str,
        pulled_at: dt.datetime,
    ) -> int:
        """Store raw records, sealed; return how many are new."""
        known = self._known([each.landing_id for each in records])
        new = [each for each in records if each.landing_id not in known]
        first = self._next_sequence()
        rows = [
            {
                "landing_id": each.landing_id,
                "source": source,
                "position": each.record.position,
                "sequence": first + index,
                "pulled_at": pulled_at,
                "state": LandingState.WAITING,
                "payload": self._vault.seal_fields(each.record.fields),
            }
            for index, each in enumerate(new)
        ]
        insert_new(self._connection, LandingRow, rows)
        if new:
            self._connection.execute(
                insert(PullBatchRow).values(
                    batch_id=batch_id,
                    source=source,
                    run_id=run_id,
                    pulled_at=pulled_at,
                    n_records=len(new),
                )
            )
        return len(new)

    def _known(self, ids: Sequence[str]) -> set[str]:
        statement = select(LandingRow.landing_id).where(LandingRow.landing_id.in_(ids))
        return set(self._connection.execute(statement).scalars())

    def _next_sequence(self) -> int:
        last = self._connection.execute(select(func.max(LandingRow.sequence)))
        return (last.scalar_one() or 0) + 1

    def waiting(self, source: str, limit: int) -> Sequence[LandedRecord]:
        """Return the oldest landed records that were not judged yet."""
        rows = self._connection.execute(
            select(LandingRow.landing_id, LandingRow.position, LandingRow.payload)
            .where(
                LandingRow.source == source, LandingRow.state == LandingState.WAITING
            )
            .order_by(LandingRow.sequence)
            .limit(limit)
        )
        return [
            LandedRecord(
                landing_id=row.landing_id,
                record=opened(self._vault, row.position, row.payload),
            )
            for row in rows
        ]


def opened(vault: Vault, position: str, payload: bytes | None) -> RawRecord:
    """Return a record as it was pulled; without fields where these were purged."""
    fields = {} if payload is None else vault.open_fields(payload)
    return RawRecord(position=position, fields=fields)


def settle(
    connection: Connection, ids: Sequence[str], state: LandingState, *, purge: bool
) -> None:
    """Note where landed records went; *purge* what they said where it is not needed."""
    if not ids:
        return
    statement = update(LandingRow).where(LandingRow.landing_id.in_(ids))
    statement = statement.values(state=state)
    connection.execute(statement.values(payload=None) if purge else statement)
