"""Everything stored about one id, for `huixiang explain`."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from huixiang.store.tables.base import Base
from huixiang.store.tables.items import ActionItemRow, AnnouncementRow
from huixiang.store.tables.records import (
    DuplicateRow,
    FeedbackRow,
    LandingRow,
)
from huixiang.store.tables.verification import VerdictRow


class Explanations:
    """Look things up by id alone."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def feedback(self, key: str) -> Mapping[str, Any] | None:
        """Return a feedback's row."""
        return self._one(FeedbackRow, FeedbackRow.feedback_id == key)

    def landing(self, key: str) -> Mapping[str, Any] | None:
        """Return a landed record's row, without its payload."""
        row = self._one(LandingRow, LandingRow.landing_id == key)
        return {k: v for k, v in row.items() if k != "payload"} if row else None

    def duplicate(self, key: str) -> Mapping[str, Any] | None:
        """Return a duplicate's row."""
        return self._one(DuplicateRow, DuplicateRow.landing_id == key)

    def duplicates_of(self, feedback_id: str) -> list[Mapping[str, Any]]:
        """Return the records that say the same as a feedback."""
        return self._all(DuplicateRow, DuplicateRow.feedback_id == feedback_id)

    def feedback_of(self, landing_id: str) -> list[str]:
        """Return the feedback that a landed record became."""
        rows = self._connection.execute(
            select(FeedbackRow.feedback_id).where(FeedbackRow.landing_id == landing_id)
        )
        return list(rows.scalars())

    def item(self, key: str) -> Mapping[str, Any] | None:
        """Return an action item's row."""
        return self._one(ActionItemRow, ActionItemRow.item_id == key)

    def items_of_issue(self, issue_id: str) -> list[Mapping[str, Any]]:
        """Return the items of an issue."""
        return self._all(ActionItemRow, ActionItemRow.issue_id == issue_id)

    def announcement(self, key: str) -> Mapping[str, Any] | None:
        """Return an announcement's row."""
        return self._one(AnnouncementRow, AnnouncementRow.announcement_id == key)

    def verdict(self, key: str) -> Mapping[str, Any] | None:
        """Return a verdict's row."""
        return self._one(VerdictRow, VerdictRow.verdict_id == key)

    def _one(self, table: type[Base], condition: Any) -> Mapping[str, Any] | None:
        found = self._all(table, condition)
        return found[0] if found else None

    def _all(self, table: type[Base], condition: Any) -> list[Mapping[str, Any]]:
        rows = self._connection.execute(select(table.__table__).where(condition))
        return [dict(row) for row in rows.mappings()]
