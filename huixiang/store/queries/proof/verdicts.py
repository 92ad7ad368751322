"""Verdicts: one row for each follow-up and day it was looked at."""

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select

from huixiang.domain.proof.verdict import LastWord, StoredVerdict
from huixiang.store.bulk import insert_new
from huixiang.store.codec import decode_rows, row_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.verification import VerdictRow


class Verdicts:
    """Queries about effects."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def add(self, verdict: StoredVerdict) -> None:
        """Keep a verdict; the same look again changes nothing."""
        row = row_of(verdict) | {"stored_at": self._knowledge.now}
        insert_new(self._connection, VerdictRow, [row])

    def latest(self) -> Mapping[str, StoredVerdict]:
        """Return the newest verdict of each item."""
        place = func.row_number().over(
            partition_by=VerdictRow.item_id,
            order_by=(VerdictRow.resolved_on.desc(), VerdictRow.looked_on.desc()),
        )
        ranked = (
            select(VerdictRow.verdict_id, place.label("place"))
            .where(*self._knowledge.of(VerdictRow.stored_at))
            .subquery()
        )
        newest = select(ranked.c.verdict_id).where(ranked.c.place == 1)
        rows = self._connection.execute(
            select(VerdictRow.__table__)
            .where(VerdictRow.verdict_id.in_(newest))
            .order_by(VerdictRow.resolved_on, VerdictRow.looked_on)
        )
        return {each.item_id: each for each in decode_rows(StoredVerdict, rows)}

    def of_item(self, item_id: str) -> Sequence[StoredVerdict]:
        """Return every verdict of an item, oldest first."""
        rows = self._connection.execute(
            select(VerdictRow.__table__)
            .where(
                VerdictRow.item_id == item_id,
                *self._knowledge.of(VerdictRow.stored_at),
            )
            .order_by(VerdictRow.resolved_on, VerdictRow.looked_on)
        )
        return decode_rows(StoredVerdict, rows)

    def get(self, verdict_id: str) -> StoredVerdict | None:
        """Return one verdict."""
        rows = self._connection.execute(
            select(VerdictRow.__table__).where(VerdictRow.verdict_id == verdict_id)
        )
        return next(iter(decode_rows(StoredVerdict, rows)), None)

    def finals(self) -> Sequence[LastWord]:
        """Return the last word on every follow-up, oldest first, without its looks."""
        rows = self._connection.execute(
            select(
                VerdictRow.item_id,
                VerdictRow.resolved_on,
                VerdictRow.looked_on,
                VerdictRow.kind,
                VerdictRow.reason,
            )
            .where(VerdictRow.final, *self._knowledge.of(VerdictRow.stored_at))
            .order_by(VerdictRow.looked_on, VerdictRow.verdict_id)
        )
        return decode_rows(LastWord, rows)

    def has_final(self, item_id: str, resolved_on: dt.date) -> bool:
        """Say whether this follow-up has its last word already."""
        return (
            self._connection.execute(
                select(VerdictRow.verdict_id).where(
                    VerdictRow.item_id == item_id,
                    VerdictRow.resolved_on == resolved_on,
                    VerdictRow.final,
                )
            ).first()
            is not None
        )
