"""Counts that reports ask for: who is heard where, and the days of a goal."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, case, func, select

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.proof.daily import DaySum
from huixiang.domain.proof.verdict import Metric
from huixiang.domain.records.feedback import RatingScale
from huixiang.store.codec import facts_of
from huixiang.store.knowledge import ALL, Knowledge
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import FeedbackRow

PROMOTER, DETRACTOR = 9, 6
BEST_STARS, BAD_STARS = 5, 2
COMPLAINTS = frozenset({Metric.NEGATIVE, Metric.COMPLAINT_RATE})
"""Metrics that count who complains, of all that is said."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TouchpointVoices:
    """How much one source says of a touchpoint, or of none."""

    touchpoint: str | None
    source: str
    n: int
    n_negative: int
    last_on: dt.date


class Figures:
    """Read models of reports."""

    def __init__(self, connection: Connection, knowledge: Knowledge = ALL) -> None:
        self._connection = connection
        self._knowledge = knowledge

    def touchpoints(self, first: dt.date, last: dt.date) -> Sequence[TouchpointVoices]:
        """Return what each source says of each touchpoint within some days."""
        negative = case((FeedbackRow.polarity == Polarity.NEGATIVE, 1), else_=0)
        keys = (FeedbackRow.touchpoint, FeedbackRow.source)
        rows = self._connection.execute(
            select(
                *keys,
                func.count().label("n"),
                func.sum(negative).label("n_negative"),
                func.max(FeedbackRow.occurred_on).label("last_on"),
            )
            .where(
                FeedbackRow.occurred_on.between(first, last),
                *self._knowledge.of(FeedbackRow.stored_at),
            )
            .group_by(*keys)
            .order_by(*keys)
        )
        return facts_of(TouchpointVoices, rows)

    def goal_days(
        self,
        metric: Metric,
        *,
        themes: Collection[str],
        touchpoint: str | None,
        unit: str | None,
        first: dt.date,
        last: dt.date,
    ) -> Sequence[DaySum]:
        """Return the days of what a goal measures; no theme given: any."""
        value, counted = _measure(metric, themes)
        place = _place(metric, themes, touchpoint)
        if unit is not None:
            place.append(FeedbackRow.unit == unit)
        rows = self._connection.execute(
            select(
                FeedbackRow.occurred_on.label("day"),
                func.count().label("n"),
                func.sum(value).label("total"),
            )
            .where(
                FeedbackRow.occurred_on.between(first, last),
                *self._knowledge.of(FeedbackRow.stored_at),
                *counted,
                *place,
            )
            .group_by(FeedbackRow.occurred_on)
            .order_by(FeedbackRow.occurred_on)
        )
        return [DaySum(day=day, n=n, total=float(total)) for day, n, total in rows]

    def erased(self, feedback_ids: Collection[str]) -> set[str]:
        """Return those of *feedback_ids* whose words are no longer kept."""
        kept = self._connection.execute(
            select(FeedbackRow.feedback_id).where(
                FeedbackRow.feedback_id.in_(feedback_ids),
                (FeedbackRow.verbatim != "") | (FeedbackRow.title != ""),
            )
        )
        return set(feedback_ids) - set(kept.scalars())


def _mentioning(themes: Collection[str], *more: Any) -> Select[Any]:
    return select(CodingRow.feedback_id).where(CodingRow.theme.in_(themes), *more)


def _place(
    metric: Metric, themes: Collection[str], touchpoint: str | None
) -> list[Any]:
    """Return which feedback counts: what mentions the themes, or all of a place.

    A share of complaints is of everything said there, also by those who name no place.
    """
    if not themes:
        return [FeedbackRow.touchpoint == touchpoint] if touchpoint else []
    if metric in COMPLAINTS:
        nowhere = FeedbackRow.touchpoint.is_(None)
        return [(FeedbackRow.touchpoint == touchpoint) | nowhere] if touchpoint else []
    there = [CodingRow.touchpoint == touchpoint] if touchpoint else []
    return [FeedbackRow.feedback_id.in_(_mentioning(themes, *there))]


def _measure(metric: Metric, themes: Collection[str]) -> tuple[Any, list[Any]]:
    """Return what is summed up, and over which feedback."""
    stars, raw, scale = (
        FeedbackRow.stars,
        FeedbackRow.rating_value,
        FeedbackRow.rating_scale,
    )
    if metric in COMPLAINTS:
        negative = (
            FeedbackRow.feedback_id.in_(
                _mentioning(themes, CodingRow.polarity == Polarity.NEGATIVE)
            )
            if themes
            else FeedbackRow.polarity == Polarity.NEGATIVE
        )
        return case((negative, 1.0), else_=0.0), []
    if metric is Metric.NPS:
        vote = case((raw >= PROMOTER, 1.0), (raw <= DETRACTOR, -1.0), else_=0.0)
        return vote, [scale == RatingScale.NPS]
    if metric is Metric.CES:
        return raw, [scale == RatingScale.CES]
    value: Any = stars
    if metric is Metric.TOP_BOX:
        value = case((stars >= BEST_STARS, 1.0), else_=0.0)
    if metric is Metric.BOTTOM_BOX:
        value = case((stars <= BAD_STARS, 1.0), else_=0.0)
    return value, [stars.is_not(None)]
