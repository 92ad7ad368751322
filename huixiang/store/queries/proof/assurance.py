"""What stands beside the verdicts: outlooks, placebo checks, later looks, second ratings."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.proof.assurance import ItemOutlook, PlaceboCheck, SustainedLook
from huixiang.domain.records.feedback import Channel
from huixiang.store.bulk import insert_new
from huixiang.store.codec import decode_rows, row_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.base import Base
from huixiang.store.tables.items import ActionItemRow, MoveRow
from huixiang.store.tables.records import FeedbackRow
from huixiang.store.tables.verification import (
    OutlookRow,
    PlaceboCheckRow,
    SustainedLookRow,
)

LOW_STARS = 2.0
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class Recovered:
    """A recovery item that was resolved, first at *resolved_at*, and its customer."""

    item_id: str
    department: str
    resolved_at: dt.datetime
    feedback_id: str
    customer_ref: str | None
    stars: float | None
    occurred_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerRating:
    """One rating of a customer.

    `complains`: negative as a whole, or two stars and less; `surveyed`: by survey.
    """

    customer_ref: str
    occurred_at: dt.datetime
    stars: float
    complains: bool
    surveyed: bool


class Assurances:
    """Queries about how far verdicts can be trusted, and whether they last.

    *until* hides what is about later days; None shows everything that is known.
    """

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def keep_outlook(self, outlook: ItemOutlook) -> None:
        """Keep what was found of an item at its opening; the first word stays."""
        self._keep(OutlookRow, outlook)

    def outlook(self, item_id: str) -> ItemOutlook | None:
        """Return what was found of an item at its opening."""
        return self._outlooks(None, OutlookRow.item_id == item_id).get(item_id)

    def outlooks(self, until: dt.datetime | None = None) -> Mapping[str, ItemOutlook]:
        """Return the outlook of every item that has one."""
        return self._outlooks(until)

    def _outlooks(
        self, until: dt.datetime | None, *conditions: ColumnElement[bool]
    ) -> Mapping[str, ItemOutlook]:
        statement = select(OutlookRow.__table__).where(
            *conditions, *self._knowledge.of(OutlookRow.stored_at)
        )
        if until is not None:
            statement = statement.where(OutlookRow.as_of <= until)
        return {each.item_id: each for each in self._read(ItemOutlook, statement)}

    def keep_placebo_check(self, check: PlaceboCheck) -> None:
        """Keep a placebo check; the same again changes nothing."""
        self._keep(PlaceboCheckRow, check)

    def placebo_check(self, design_id: str, until: dt.date) -> PlaceboCheck | None:
        """Return the newest check of a design that looked at nothing after *until*."""
        return self.placebo_checks(until).get(design_id)

    def placebo_check_by_id(self, check_id: str) -> PlaceboCheck | None:
        """Return one placebo check."""
        by_id = select(PlaceboCheckRow.__table__).where(
            PlaceboCheckRow.check_id == check_id
        )
        return next(iter(self._read(PlaceboCheck, by_id)), None)

    def placebo_checks(
        self, until: dt.date | None = None
    ) -> Mapping[str, PlaceboCheck]:
        """Return the newest placebo check of each design."""
        statement = (
            select(PlaceboCheckRow.__table__)
            .where(*self._knowledge.of(PlaceboCheckRow.stored_at))
            .order_by(PlaceboCheckRow.looked_on, PlaceboCheckRow.check_id)
        )
        if until is not None:
            statement = statement.where(PlaceboCheckRow.looked_on <= until)
        return {each.design_id: each for each in self._read(PlaceboCheck, statement)}

    def keep_look(self, look: SustainedLook) -> None:
        """Keep a look after a verified fix; the same again changes nothing."""
        self._keep(SustainedLookRow, look)

    def looks_of(self, item_id: str) -> Sequence[SustainedLook]:
        """Return every look after the verified fixes of an item, oldest first."""
        return self._looks(None, SustainedLookRow.item_id == item_id)

    def sustained(self, until: dt.date | None = None) -> Mapping[str, SustainedLook]:
        """Return the newest look of each item that was verified."""
        return {look.item_id: look for look in self._looks(until)}

    def _looks(
        self, until: dt.date | None, *conditions: ColumnElement[bool]
    ) -> Sequence[SustainedLook]:
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
        return self._read(SustainedLook, statement)

    def recovered(self, until: dt.datetime) -> Sequence[Recovered]:
        """Return every recovery item resolved by *until* with its customer's rating."""
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
        return self._read(
            Recovered,
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
            .order_by(resolved.c.resolved_at, ActionItemRow.item_id),
        )

    def ratings_of_returning(self, until: dt.datetime) -> Sequence[CustomerRating]:
        """Return the ratings of customers who rated more than once, in time order."""
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

    def ratings_of(self, customer_ref: str) -> Sequence[CustomerRating]:
        """Return one customer's ratings, as those of the returning ones."""
        rated = FeedbackRow.stars.is_not(None)
        return self._ratings(rated, FeedbackRow.customer_ref == customer_ref)

    def _ratings(self, *conditions: ColumnElement[bool]) -> Sequence[CustomerRating]:
        complains = or_(
            FeedbackRow.polarity == Polarity.NEGATIVE, FeedbackRow.stars <= LOW_STARS
        )
        return self._read(
            CustomerRating,
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
            ),
        )

    def _keep(self, table: type[Base], fact: object) -> None:
        row = row_of(fact) | {"stored_at": self._knowledge.now}
        insert_new(self._connection, table, [row])

    def _read(self, kind: type[T], statement: Select[Any]) -> Sequence[T]:
        return decode_rows(kind, self._connection.execute(statement))
