"""What stands beside the verdicts: outlooks, placebo audits, lasting, second ratings."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from huixiang.domain.action import ActionStatus, ItemKind
from huixiang.domain.codeframe import Polarity
from huixiang.domain.feedback import Channel
from huixiang.store.bulk import insert_new
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.base import Base
from huixiang.store.tables.items import ActionItemRow, MoveRow
from huixiang.store.tables.records import FeedbackRow
from huixiang.store.tables.verification import (
    OutlookRow,
    PlaceboAuditRow,
    SustainedLookRow,
)

Row = Mapping[str, Any]
LOW_STARS = 2.0


class Assurance:
    """Queries about how far verdicts can be trusted, and whether they last.

    *until* hides what is about later days; None shows everything that is known.
    """

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def keep_outlook(self, row: Row) -> None:
        """Keep what was told of an item at its opening; the first word stays."""
        self._keep(OutlookRow, row)

    def outlook(self, item_id: str) -> Row | None:
        """Return what was told of an item at its opening."""
        return self._outlooks(None, OutlookRow.item_id == item_id).get(item_id)

    def outlooks(self, until: dt.datetime | None = None) -> dict[str, Row]:
        """Return the outlook of every item that has one."""
        return self._outlooks(until)

    def _outlooks(
        self, until: dt.datetime | None, *conditions: ColumnElement[bool]
    ) -> dict[str, Row]:
        statement = select(OutlookRow.__table__).where(
            *conditions, *self._knowledge.of(OutlookRow.stored_at)
        )
        if until is not None:
            statement = statement.where(OutlookRow.as_of <= until)
        return {row["item_id"]: row for row in self._rows(statement)}

    def keep_audit(self, row: Row) -> None:
        """Keep an audit; the same again changes nothing."""
        self._keep(PlaceboAuditRow, row)

    def audit(self, design_id: str, until: dt.date) -> Row | None:
        """Return the newest audit of a design that looked at nothing after *until*."""
        return self.audits(until).get(design_id)

    def audit_by_id(self, audit_id: str | None) -> Row | None:
        """Return one audit."""
        found = self._rows(
            select(PlaceboAuditRow.__table__).where(
                PlaceboAuditRow.audit_id == audit_id
            )
        )
        return found[0] if found else None

    def audits(self, until: dt.date | None = None) -> dict[str, Row]:
        """Return the newest audit of each design."""
        statement = (
            select(PlaceboAuditRow.__table__)
            .where(*self._knowledge.of(PlaceboAuditRow.stored_at))
            .order_by(PlaceboAuditRow.looked_on, PlaceboAuditRow.audit_id)
        )
        if until is not None:
            statement = statement.where(PlaceboAuditRow.looked_on <= until)
        return {row["design_id"]: row for row in self._rows(statement)}

    def keep_look(self, row: Row) -> None:
        """Keep a look after a verified fix; the same again changes nothing."""
        self._keep(SustainedLookRow, row)

    def looks_of(self, item_id: str) -> list[Row]:
        """Return every look after the verified fixes of an item, oldest first."""
        return self._looks(None, SustainedLookRow.item_id == item_id)

    def sustained(self, until: dt.date | None = None) -> dict[str, Row]:
        """Return the newest look of each item that was verified."""
        return {row["item_id"]: row for row in self._looks(until)}

    def _looks(
        self, until: dt.date | None, *conditions: ColumnElement[bool]
    ) -> list[Row]:
        statement = (
            select(SustainedLookRow.__table__)
            .where(*conditions, *self._knowledge.of(SustainedLookRow.stored_at))
            .order_by(
                SustainedLookRow.item_id,
                SustainedLookRow.resolved_on,
                SustainedLookRow.after_days,
            )
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
            .where(
                MoveRow.after == ActionStatus.RESOLVED,
                MoveRow.moved_at <= until,
                *self._knowledge.of(MoveRow.stored_at),
            )
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
            *self._knowledge.of(FeedbackRow.stored_at),
        )
        returning = (
            select(FeedbackRow.customer_ref)
            .where(rated)
            .group_by(FeedbackRow.customer_ref)
            .having(func.count() > 1)
        )
        return self._ratings(rated, FeedbackRow.customer_ref.in_(returning))

    def ratings_of(self, customer_ref: str) -> list[Row]:
        """Return one customer's ratings, as those of the returning ones."""
        rated = FeedbackRow.stars.is_not(None)
        return self._ratings(rated, FeedbackRow.customer_ref == customer_ref)

    def _ratings(self, *conditions: ColumnElement[bool]) -> list[Row]:
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
            .where(*conditions)
            .order_by(
                FeedbackRow.customer_ref,
                FeedbackRow.occurred_at,
                FeedbackRow.feedback_id,
            )
        )

    def _keep(self, table: type[Base], row: Row) -> None:
        stored = {**row, "stored_at": self._knowledge.now}
        insert_new(self._connection, table, [stored])

    def _rows(self, statement: Any) -> list[Row]:
        rows = self._connection.execute(statement).mappings()
        return [dict(row) for row in rows]
