"""What needs, drivers, emotion and effort are made of: sums, added up in the database."""

import datetime as dt
from typing import Any

from sqlalchemy import Connection, Float, Select, case, cast, func, select

from huixiang.domain.codeframe import Polarity
from huixiang.domain.feedback import RatingScale
from huixiang.domain.issue import NOWHERE
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.confidence import THEME_NOW, sure_codings
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import FeedbackRow

_POLARITY = case(
    (CodingRow.polarity == Polarity.POSITIVE, 1.0),
    (CodingRow.polarity == Polarity.NEGATIVE, -1.0),
    else_=0.0,
)


class Needs:
    """Read models over the feedback of some days, both ends included."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def rated(self, first: dt.date, until: dt.date) -> list[Any]:
        """Return (source, n, n_rated, total, total_sq) of stars."""
        return self._rows(
            select(
                FeedbackRow.source,
                func.count().label("n"),
                *_sums(FeedbackRow.stars, "n_rated", "total", "total_sq"),
            )
            .where(*self._of(first, until))
            .group_by(FeedbackRow.source)
            .order_by(FeedbackRow.source)
        )

    def sides(self, first: dt.date, until: dt.date) -> list[Any]:
        """Return (source, theme, side, n, n_rated, total, total_sq) of stars.

        `side` is −1 where a feedback only complains of the theme, 1 where it only
        praises it, else 0.
        """
        theme = THEME_NOW.label("theme")
        each = (
            self._codings(
                first,
                until,
                FeedbackRow.feedback_id,
                FeedbackRow.source,
                theme,
                FeedbackRow.stars,
                func.min(_POLARITY).label("least"),
                func.max(_POLARITY).label("most"),
            )
            .group_by(
                FeedbackRow.feedback_id, FeedbackRow.source, theme, FeedbackRow.stars
            )
            .subquery()
        )
        side = case(
            ((each.c.least < 0) & (each.c.most <= 0), -1),
            ((each.c.most > 0) & (each.c.least >= 0), 1),
            else_=0,
        ).label("side")
        keys = (each.c.source, each.c.theme, side)
        return self._rows(
            select(
                *keys,
                func.count().label("n"),
                *_sums(each.c.stars, "n_rated", "total", "total_sq"),
            )
            .group_by(*keys)
            .order_by(*keys)
        )

    def felt(self, first: dt.date, until: dt.date) -> list[Any]:
        """Return sums of mean polarity and of stars for each touchpoint.

        (touchpoint, n, total, total_sq, n_rated, stars, stars_sq); a feedback counts
        once at each touchpoint it speaks of.
        """
        each = (
            self._codings(
                first,
                until,
                FeedbackRow.feedback_id,
                CodingRow.touchpoint,
                FeedbackRow.stars,
                cast(func.avg(_POLARITY), Float).label("polarity"),
            )
            .where(CodingRow.touchpoint != NOWHERE)
            .group_by(FeedbackRow.feedback_id, CodingRow.touchpoint, FeedbackRow.stars)
            .subquery()
        )
        return self._rows(
            select(
                each.c.touchpoint,
                *_sums(each.c.polarity, "n", "total", "total_sq"),
                *_sums(each.c.stars, "n_rated", "stars", "stars_sq"),
            )
            .group_by(each.c.touchpoint)
            .order_by(each.c.touchpoint)
        )

    def effort_scores(self, first: dt.date, until: dt.date) -> list[Any]:
        """Return (touchpoint, n, total, total_sq) of effort scores (1 to 7)."""
        touchpoint = func.coalesce(FeedbackRow.touchpoint, NOWHERE).label("touchpoint")
        return self._rows(
            select(
                touchpoint,
                *_sums(FeedbackRow.rating_value, "n", "total", "total_sq"),
            )
            .where(*self._of(first, until), FeedbackRow.rating_scale == RatingScale.CES)
            .group_by(touchpoint)
            .order_by(touchpoint)
        )

    def words(self, first: dt.date, until: dt.date, limit: int) -> list[Any]:
        """Return (feedback_id, touchpoint, title, verbatim); the newest *limit*."""
        return self._rows(
            select(
                FeedbackRow.feedback_id,
                FeedbackRow.touchpoint,
                FeedbackRow.title,
                FeedbackRow.verbatim,
            )
            .where(*self._of(first, until))
            .order_by(FeedbackRow.occurred_on.desc(), FeedbackRow.feedback_id)
            .limit(limit)
        )

    def _of(self, first: dt.date, until: dt.date) -> tuple[Any, ...]:
        return (
            FeedbackRow.occurred_on.between(first, until),
            *self._knowledge.of(FeedbackRow.stored_at),
        )

    def _codings(self, first: dt.date, until: dt.date, *columns: Any) -> Select[Any]:
        return sure_codings(first, until, self._knowledge, *columns)

    def _rows(self, statement: Select[Any]) -> list[Any]:
        return list(self._connection.execute(statement))


def _sums(value: Any, n: str, total: str, total_sq: str) -> tuple[Any, ...]:
    return (
        func.count(value).label(n),
        func.coalesce(func.sum(value), 0.0).label(total),
        func.coalesce(func.sum(value * value), 0.0).label(total_sq),
    )
