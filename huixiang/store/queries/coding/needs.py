"""What needs, drivers, emotion and effort are made of: sums, added up in the database."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Float, Select, case, cast, func, select

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.records.feedback import RatingScale
from huixiang.store.codec import facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.queries.coding.confidence import THEME_NOW, sure_codings
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import FeedbackRow

T = TypeVar("T")
_POLARITY = case(
    (CodingRow.polarity == Polarity.POSITIVE, 1.0),
    (CodingRow.polarity == Polarity.NEGATIVE, -1.0),
    else_=0.0,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceStars:
    """How many feedbacks a source has, and the sums of the stars of those rated."""

    source: str
    n: int
    n_rated: int
    total: float
    total_sq: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeSide:
    """Feedbacks of a source that speak of a theme alike, and the sums of their stars.

    `side` is −1 where a feedback only complains of the theme, 1 where it only praises
    it, else 0.
    """

    source: str
    theme: str
    side: int
    n: int
    n_rated: int
    total: float
    total_sq: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TouchpointFeeling:
    """Sums of polarity (−1 to 1) and of stars over the feedbacks at a touchpoint."""

    touchpoint: str
    n: int
    total: float
    total_sq: float
    n_rated: int
    stars: float
    stars_sq: float


@dataclass(frozen=True, kw_only=True, slots=True)
class EffortSums:
    """Sums of the effort scores at a touchpoint."""

    touchpoint: str
    n: int
    total: float
    total_sq: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TouchpointWords:
    """The masked words of one feedback, and where it happened."""

    feedback_id: str
    touchpoint: str | None
    title: str
    verbatim: str


class Needs:
    """Read models over the feedback of some days, both ends included."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def rated(self, first: dt.date, until: dt.date) -> Sequence[SourceStars]:
        """Return the sums of stars of each source."""
        return self._facts(
            SourceStars,
            select(
                FeedbackRow.source,
                func.count().label("n"),
                *_sums(FeedbackRow.stars, "n_rated", "total", "total_sq"),
            )
            .where(*self._of(first, until))
            .group_by(FeedbackRow.source)
            .order_by(FeedbackRow.source),
        )

    def sides(self, first: dt.date, until: dt.date) -> Sequence[ThemeSide]:
        """Return the sums of stars of each source, theme and side."""
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
        return self._facts(
            ThemeSide,
            select(
                *keys,
                func.count().label("n"),
                *_sums(each.c.stars, "n_rated", "total", "total_sq"),
            )
            .group_by(*keys)
            .order_by(*keys),
        )

    def felt(self, first: dt.date, until: dt.date) -> Sequence[TouchpointFeeling]:
        """Return sums of mean polarity and of stars for each touchpoint.

        A feedback counts once at each touchpoint it speaks of.
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
        return self._facts(
            TouchpointFeeling,
            select(
                each.c.touchpoint,
                *_sums(each.c.polarity, "n", "total", "total_sq"),
                *_sums(each.c.stars, "n_rated", "stars", "stars_sq"),
            )
            .group_by(each.c.touchpoint)
            .order_by(each.c.touchpoint),
        )

    def effort_scores(self, first: dt.date, until: dt.date) -> Sequence[EffortSums]:
        """Return the sums of effort scores (1 to 7) of each touchpoint."""
        touchpoint = func.coalesce(FeedbackRow.touchpoint, NOWHERE).label("touchpoint")
        return self._facts(
            EffortSums,
            select(
                touchpoint,
                *_sums(FeedbackRow.rating_value, "n", "total", "total_sq"),
            )
            .where(*self._of(first, until), FeedbackRow.rating_scale == RatingScale.CES)
            .group_by(touchpoint)
            .order_by(touchpoint),
        )

    def words(
        self, first: dt.date, until: dt.date, limit: int
    ) -> Sequence[TouchpointWords]:
        """Return the masked words of the newest *limit* feedbacks."""
        return self._facts(
            TouchpointWords,
            select(
                FeedbackRow.feedback_id,
                FeedbackRow.touchpoint,
                FeedbackRow.title,
                FeedbackRow.verbatim,
            )
            .where(*self._of(first, until))
            .order_by(FeedbackRow.occurred_on.desc(), FeedbackRow.feedback_id)
            .limit(limit),
        )

    def _of(self, first: dt.date, until: dt.date) -> tuple[Any, ...]:
        return (
            FeedbackRow.occurred_on.between(first, until),
            *self._knowledge.of(FeedbackRow.stored_at),
        )

    def _codings(self, first: dt.date, until: dt.date, *columns: Any) -> Select[Any]:
        return sure_codings(first, until, self._knowledge, *columns)

    def _facts(self, kind: type[T], statement: Select[Any]) -> Sequence[T]:
        return facts_of(kind, self._connection.execute(statement))


def _sums(value: Any, n: str, total: str, total_sq: str) -> tuple[Any, ...]:
    return (
        func.count(value).label(n),
        func.coalesce(func.sum(value), 0.0).label(total),
        func.coalesce(func.sum(value * value), 0.0).label(total_sq),
    )
