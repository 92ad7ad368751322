"""Verdicts: one row for each follow-up and day it was looked at."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from huixiang.store.bulk import insert_new
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.verification import VerdictRow


class Verdicts:
    """Queries about effects."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def add(self, row: Mapping[str, Any]) -> None:
        """Keep a verdict; the same look again changes nothing."""
        stored = {**row, "stored_at": self._knowledge.now}
        insert_new(self._connection, VerdictRow, [stored])

    def latest(self) -> dict[str, Mapping[str, Any]]:
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
        return {row["item_id"]: dict(row) for row in rows.mappings()}

    def of_item(self, item_id: str) -> list[Mapping[str, Any]]:
        """Return every verdict of an item, oldest first."""
        rows = self._connection.execute(
            select(VerdictRow.__table__)
            .where(
                VerdictRow.item_id == item_id,
                *self._knowledge.of(VerdictRow.stored_at),
            )
            .order_by(VerdictRow.resolved_on, VerdictRow.looked_on)
        )
        return [dict(row) for row in rows.mappings()]

    def finals(self) -> list[Mapping[str, Any]]:
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
        return [dict(row) for row in rows.mappings()]

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
