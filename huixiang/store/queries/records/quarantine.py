"""Quarantine: records kept out, what they broke, and what people decided."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, select, update

from huixiang.domain.records.feedback import LandingState, QuarantineState
from huixiang.domain.records.record import KeptOut, LandedRecord, QuarantinedRecord
from huixiang.domain.records.violation import Violation
from huixiang.errors import NotFound
from huixiang.store.bulk import insert_new
from huixiang.store.codec import decode, encode
from huixiang.store.knowledge import Knowledge
from huixiang.store.queries.records.landing import opened, settle
from huixiang.store.queries.records.quarantined import waiting_then
from huixiang.store.tables.records import LandingRow, QuarantineRow
from huixiang.store.vault import Vault


class Quarantine:
    """Queries about records that were kept out."""

    def __init__(
        self, connection: Connection, vault: Vault, knowledge: Knowledge
    ) -> None:
        self._connection = connection
        self._vault = vault
        self._knowledge = knowledge

    def store(
        self, source: str, kept_out: Sequence[KeptOut], quarantined_at: dt.datetime
    ) -> None:
        """Add records that may not pass, still sealed."""
        rows = [
            {
                "landing_id": each.landing_id,
                "source": source,
                "position": each.position,
                "violations": [encode(violation) for violation in each.violations],
                "state": QuarantineState.WAITING,
                "quarantined_at": quarantined_at,
            }
            for each in kept_out
        ]
        insert_new(self._connection, QuarantineRow, rows)
        landed = [each.landing_id for each in kept_out]
        settle(self._connection, landed, LandingState.QUARANTINED, purge=False)

    def find(self, state: QuarantineState | None = None) -> Sequence[QuarantinedRecord]:
        """Return quarantined records, in the order they were pulled."""
        statement = (
            select(QuarantineRow.__table__)
            .join(LandingRow, LandingRow.landing_id == QuarantineRow.landing_id)
            .order_by(LandingRow.sequence)
        )
        if state is not None:
            statement = statement.where(QuarantineRow.state == state)
        return self._records(statement)

    def waiting(self) -> Sequence[QuarantinedRecord]:
        """Return the records that nobody had decided about, as far as was known."""
        return self._records(
            select(QuarantineRow.__table__)
            .where(*waiting_then(self._knowledge))
            .order_by(QuarantineRow.landing_id)
        )

    def by_id(self, landing_id: str) -> QuarantinedRecord | None:
        """Return one record, decided or not; None where it was never kept out."""
        records = self._records(
            select(QuarantineRow.__table__).where(
                QuarantineRow.landing_id == landing_id
            )
        )
        return records[0] if records else None

    def get(self, landing_id: str) -> QuarantinedRecord:
        """Return one quarantined record; raise NotFound where there is none."""
        record = self.by_id(landing_id)
        if record is None:
            raise NotFound(
                f"no quarantined record {landing_id}; see huixiang quarantine list"
            )
        return record

    def opened(self, landing_id: str) -> LandedRecord:
        """Return what a landed record said; no fields where these were purged."""
        row = self._connection.execute(
            select(LandingRow.position, LandingRow.payload).where(
                LandingRow.landing_id == landing_id
            )
        ).one()
        record = opened(self._vault, row.position, row.payload)
        return LandedRecord(landing_id=landing_id, record=record)

    def decide(
        self,
        landing_id: str,
        state: QuarantineState,
        *,
        decided_at: dt.datetime,
        decided_by: str,
        reason: str,
    ) -> None:
        """Note what a person decided; a discarded record's words are purged."""
        self._connection.execute(
            update(QuarantineRow)
            .where(QuarantineRow.landing_id == landing_id)
            .values(
                state=state, decided_at=decided_at, decided_by=decided_by, reason=reason
            )
        )
        if state is QuarantineState.DISCARDED:
            settle(self._connection, [landing_id], LandingState.DISCARDED, purge=True)

    def _records(self, statement: Select[Any]) -> Sequence[QuarantinedRecord]:
        rows = self._connection.execute(statement).mappings()
        return [quarantined_record(row) for row in rows]


def quarantined_record(row: RowMapping) -> QuarantinedRecord:
    """Return the quarantined record that a row of its table holds."""
    columns: Mapping[str, Any] = dict(row)
    violations = decode(tuple[Violation, ...], columns["violations"])
    return QuarantinedRecord(**{**columns, "violations": violations})
