"""What stands beside the verdicts: outlooks, placebo audits, lasting, second ratings."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from huixiang.domain.action import ActionStatus, ItemKind
from huixiang.domain.codeframe import Polarity
from huixiang.domain.feedback import Channel
from huixiang.store.bulk import insert_new
from huixiang.store.tables import ActionItemRow, FeedbackRow, MoveRow
from huixiang.store.tables_verification import (
    OutlookRow,
    PlaceboAuditRow,
    SustainedLookRow,
)

Row = Mapping[str, Any]
LOW_STARS = 2.0


class Assurance:
    """Queries about how far verdicts can be trusted, and whether they last.

    *until* hides what was found out later; None shows everything.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def keep_outlook(self, row: Row) -> None:
        """Keep what was told of an item at its opening; the first word stays."""
        insert_new(self._connection, OutlookRow, [dict(row)])

    def outlook(self, item_id: str) -> Row | None:
        """Return what was told of an item at its opening."""
        found = self._rows(
            select(OutlookRow.__table__).where(OutlookRow.item_id == item_id)
        )
        return found[0] if found else None

    def outlooks(self, until: dt.datetime | None = None) -> dict[str, Row]:
        """Return the outlook of every item that has one."""
        statement = select(OutlookRow.__table__)
        if until is not None:
            statement = statement.where(OutlookRow.as_of <= until)
        return {row["item_id"]: row for row in self._rows(statement)}

    def keep_audit(self, row: Row) -> None:
        """Keep an audit; the same again changes nothing."""
        insert_new(self._connection, PlaceboAuditRow, [dict(row)])

    def audit(self, design_id: str, until: dt.date) -> Row | None:
        """Return the newest audit of a design that looked at nothing after *until*."""
        return self.audits(until).get(design_id)

    def audits(self, until: dt.date | None = None) -> dict[str, Row]:
        """Return the newest audit of each design."""
        statement = select(PlaceboAuditRow.__table__).order_by(
            PlaceboAuditRow.looked_on, PlaceboAuditRow.audit_id
        )
        if until is not None:
            statement = statement.where(PlaceboAuditRow.looked_on <= until)
        return {row["design_id"]: row for row in self._rows(statement)}

    def keep_look(self, row: Row) -> None:
        """Keep a look after a verified fix; the same again changes nothing."""
        insert_new(self._connection, SustainedLookRow, [dict(row)])

    def looks_of(self, item_id: str) -> list[Row]:
        """Return every look after the verified fixes of an item, oldest first."""
        return [r for r in self._looks(None) if r["item_id"] == item_id]

    def sustained(self, until: dt.date | None = None) -> dict[str, Row]:
        """Return the newest look of each item that was verified."""
        return {row["item_id"]: row for row in self._looks(until)}

    def _looks(self, until: dt.date | None) -> list[Row]:
        statement = select(SustainedLookRow.__table__).order_by(
            SustainedLookRow.item_id,
            SustainedLookRow.resolved_on,
            SustainedLookRow.after_days,
        )
        if until is not None:
            statement = statement.where(SustainedLookRow.looked_on <= until)
        return self._rows(statement)

    def recovered(self, until: dt.datetime) -> list[Row]:
        """Return every recovery item resolved by *until* with its customer's rating.

        `resolved_at` is the first time it was; `customer_ref` and `stars` may be absent.
        """
        resolved = (
            select(MoveRow.item_id, func.min(MoveRow.moved_at).label("resolved_at"))
            .where(MoveRow.after == ActionStatus.RESOLVED, MoveRow.moved_at <= until)
            .group_by(MoveRow.item_id)
            .subquery()
        )
        return self._rows(
            select(
                ActionItemRow.item_id,
                ActionItemRow.department,
                resolved.c.resolved_at,
                FeedbackRow.feedback_id,
                FeedbackRow.customer_ref,
                FeedbackRow.stars,
                FeedbackRow.occurred_at,
            )
            .join(resolved, resolved.c.item_id == ActionItemRow.item_id)
            .join(FeedbackRow, FeedbackRow.feedback_id == ActionItemRow.feedback_id)
            .where(ActionItemRow.kind == ItemKind.RECOVERY)
            .order_by(resolved.c.resolved_at, ActionItemRow.item_id)
        )

    def ratings_of_returning(self, until: dt.datetime) -> list[Row]:
        """Return the ratings of customers who rated more than once, in time order.

        `complains`: negative as a whole, or two stars and less; `surveyed`: by survey.
        """
        rated = and_(
            FeedbackRow.customer_ref.is_not(None),
            FeedbackRow.stars.is_not(None),
            FeedbackRow.occurred_at <= until,
        )
        returning = (
            select(FeedbackRow.customer_ref)
            .where(rated)
            .group_by(FeedbackRow.customer_ref)
            .having(func.count() > 1)
        )
        complains = or_(
            FeedbackRow.polarity == Polarity.NEGATIVE, FeedbackRow.stars <= LOW_STARS
        )
        return self._rows(
            select(
                FeedbackRow.customer_ref,
                FeedbackRow.occurred_at,
                FeedbackRow.stars,
                func.coalesce(complains, False).label("complains"),
                (FeedbackRow.channel == Channel.SURVEY).label("surveyed"),
            )
            .where(rated, FeedbackRow.customer_ref.in_(returning))
            .order_by(
                FeedbackRow.customer_ref,
                FeedbackRow.occurred_at,
                FeedbackRow.feedback_id,
            )
        )

    def _rows(self, statement: Any) -> list[Row]:
        rows = self._connection.execute(statement).mappings()
        return [dict(row) for row in rows]
