"""Daily sums, kept so that a report need not read every feedback again.

They hold nothing that the records do not: a day whose records changed is summed again
from the start, so that doing it twice, or late, gives the same sums.
"""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    cast,
    delete,
    func,
    insert,
    select,
    tuple_,
    union,
)

from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.proof.daily import (
    DayComplaints,
    DayExposure,
    DayScores,
    DaySum,
    SourceVolume,
)
from huixiang.store.bulk import upsert
from huixiang.store.codec import facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.proof.mentions import mentions
from huixiang.store.tables.base import Base
from huixiang.store.tables.codeframe import (
    CodeframeBridgeRow,
    IssueSuccessionRow,
    ThemePartRow,
)
from huixiang.store.tables.coding import CodingRow, IssueRow, RouteRow
from huixiang.store.tables.records import FeedbackRow
from huixiang.store.tables.reports import (
    ComplaintDayRow,
    PlaceDayRow,
    ScoreDayRow,
    SummaryRow,
)
from huixiang.store.tables.review import SupersededRow

T = TypeVar("T")
NAME = "days"
CHUNK = 200
"""Days summed in one statement: more would pass SQLite's number of bound values."""


class Summaries:
    """The daily sums; of the past they are made from the records as known then."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def refresh(self, now: dt.datetime) -> int:
        """Sum the days anew whose records changed; return how many there were."""
        summed_at = self._connection.execute(
            select(SummaryRow.summed_at).where(SummaryRow.name == NAME)
        ).scalar_one_or_none()
        if summed_at is None or self._renamed(summed_at):
            days = self._days(select(FeedbackRow.occurred_on).distinct())
            self._forget_all()
        else:
            days = self._days(_changed(summed_at))
        for start in range(0, len(days), CHUNK):
            self._sum(days[start : start + CHUNK])
        if days:
            row = {"name": NAME, "summed_at": now}
            upsert(self._connection, SummaryRow, [row], ("summed_at",))
        return len(days)

    def _days(self, statement: Any) -> list[dt.date]:
        return sorted(self._connection.execute(statement).scalars())

    def _renamed(self, since: dt.datetime) -> bool:
        """Say whether themes or issues got other names, which changes every day."""
        moments = (
            ThemePartRow.since_at,
            CodeframeBridgeRow.crossed_at,
            IssueSuccessionRow.moved_at,
        )
        return any(
            self._connection.execute(select(at).where(at >= since).limit(1)).first()
            for at in moments
        )

    def _forget_all(self) -> None:
        for table in _TABLES:
            self._connection.execute(delete(table))

    def _sum(self, days: Collection[dt.date]) -> None:
        of_days = FeedbackRow.occurred_on.in_(days)
        for table, statement in _sums(of_days).items():
            self._connection.execute(delete(table).where(table.day.in_(days)))
            names = [column.name for column in statement.selected_columns]
            self._connection.execute(insert(table).from_select(names, statement))

    # -- reading -----------------------------------------------------------------

    def volume(self, until: dt.date) -> Sequence[SourceVolume]:
        """Return how much each source brought, day by day."""
        places = self._of(PlaceDayRow)
        return self._read(
            SourceVolume,
            select(places.c.source, places.c.day, _total(places.c.n).label("n"))
            .where(places.c.day <= until)
            .group_by(places.c.source, places.c.day)
            .order_by(places.c.source, places.c.day),
        )

    def complaints(self, first: dt.date, last: dt.date) -> Sequence[DayComplaints]:
        """Return how many complain of each issue on some days."""
        days = self._of(ComplaintDayRow)
        return self._read(
            DayComplaints,
            select(days.c.issue_id, days.c.day, days.c.n)
            .where(days.c.day.between(first, last))
            .order_by(days.c.issue_id, days.c.day),
        )

    def complaints_by_day(
        self, until: dt.date, department: str | None = None
    ) -> Mapping[dt.date, int]:
        """Return how many complaints each day has, of one department's issues or all."""
        days = self._of(ComplaintDayRow)
        mine = [IssueRow.department == department] if department else []
        rows = self._connection.execute(
            select(days.c.day, func.sum(days.c.n))
            .join(IssueRow, IssueRow.issue_id == days.c.issue_id)
            .where(days.c.day <= until, *mine)
            .group_by(days.c.day)
        )
        return {row[0]: int(row[1]) for row in rows}

    def complaints_of(
        self, issues: Collection[str], until: dt.date
    ) -> Sequence[DayComplaints]:
        """Return how many complain of some issues, day by day."""
        days = self._of(ComplaintDayRow)
        return self._read(
            DayComplaints,
            select(days.c.issue_id, days.c.day, days.c.n).where(
                days.c.issue_id.in_(issues), days.c.day <= until
            ),
        )

    def places(self, until: dt.date) -> Sequence[DayExposure]:
        """Return how much is heard of each place, day by day."""
        places = self._of(PlaceDayRow)
        keys = (places.c.touchpoint, places.c.unit, places.c.day)
        return self._read(
            DayExposure,
            select(*keys, _total(places.c.n).label("n"))
            .where(places.c.day <= until)
            .group_by(*keys),
        )

    def scores_of(
        self, keys: Collection[IssueKey], until: dt.date
    ) -> Sequence[DayScores]:
        """Return the ratings of some issues, day by day."""
        days = self._of(ScoreDayRow)
        wanted = [(key.theme, key.touchpoint, key.unit) for key in keys]
        place = tuple_(days.c.theme, days.c.touchpoint, days.c.unit)
        statement = select(days).where(place.in_(wanted), days.c.day <= until)
        return self._read(DayScores, statement)

    def scores_by_day(self, until: dt.date) -> Sequence[DaySum]:
        """Return how many ratings all themes have on each day, and their sum."""
        days = self._of(ScoreDayRow)
        return self._read(
            DaySum,
            select(
                days.c.day,
                _total(days.c.n).label("n"),
                func.sum(days.c.total).label("total"),
            )
            .where(days.c.day <= until)
            .group_by(days.c.day),
        )

    def _of(self, table: type[Base]) -> Any:
        """Return the kept sums, or for a reading of the past the same from records."""
        if self._knowledge.until is None:
            return table.__table__
        known = self._knowledge.of(FeedbackRow.stored_at)
        return _sums(*known, coded=self._knowledge.of(CodingRow.coded_at))[
            table
        ].subquery()

    def _read(self, kind: type[T], statement: Select[Any]) -> Sequence[T]:
        return facts_of(kind, self._connection.execute(statement))


def _total(counts: Any) -> Any:
    """Add counts up to a whole number; PostgreSQL would make decimals of them."""
    return cast(func.sum(counts), Integer)


_TABLES: tuple[Any, ...] = (ScoreDayRow, ComplaintDayRow, PlaceDayRow)


def _sums(*wanted: Any, coded: Collection[Any] = ()) -> Mapping[Any, Select[Any]]:
    """Return the statement behind each table of sums."""
    mention = mentions(*wanted, *coded)
    keys = (mention.c.day, mention.c.theme, mention.c.touchpoint, mention.c.unit)
    scores = (
        select(
            *keys,
            func.count().label("n"),
            func.sum(mention.c.stars).label("total"),
        )
        .where(mention.c.stars.is_not(None))
        .group_by(*keys)
    )
    complaints = (
        select(
            FeedbackRow.occurred_on.label("day"),
            CodingRow.issue_id,
            func.count(func.distinct(CodingRow.feedback_id)).label("n"),
        )
        .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
        .where(CodingRow.issue_id.is_not(None), *wanted, *coded)
        .group_by(FeedbackRow.occurred_on, CodingRow.issue_id)
    )
    touchpoint = func.coalesce(FeedbackRow.touchpoint, NOWHERE).label("touchpoint")
    unit = func.coalesce(FeedbackRow.unit, NOWHERE).label("unit")
    places = (
        select(
            FeedbackRow.occurred_on.label("day"),
            FeedbackRow.source,
            touchpoint,
            unit,
            func.count().label("n"),
        )
        .where(*wanted)
        .group_by(FeedbackRow.occurred_on, FeedbackRow.source, touchpoint, unit)
    )
    return {ScoreDayRow: scores, ComplaintDayRow: complaints, PlaceDayRow: places}


def _changed(since: dt.datetime) -> Any:
    """Return the days of feedback that was stored, coded, routed or corrected since."""
    return union(*_days_with_news(since))


def _days_with_news(since: dt.datetime) -> Iterator[Select[Any]]:
    day = FeedbackRow.occurred_on
    yield select(day).where(FeedbackRow.stored_at >= since)
    yield (
        select(day)
        .join(CodingRow, CodingRow.feedback_id == FeedbackRow.feedback_id)
        .where(CodingRow.coded_at >= since)
    )
    yield (
        select(day)
        .join(CodingRow, CodingRow.feedback_id == FeedbackRow.feedback_id)
        .join(RouteRow, RouteRow.coding_id == CodingRow.coding_id)
        .where(RouteRow.stored_at >= since)
    )
    yield (
        select(day)
        .join(SupersededRow, SupersededRow.feedback_id == FeedbackRow.feedback_id)
        .where(SupersededRow.superseded_at >= since)
    )
