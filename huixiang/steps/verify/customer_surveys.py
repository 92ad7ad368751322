"""Did answering customers help? What they say when they rate again, for each department."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from huixiang.domain.items.action import ActionItem
from huixiang.store.queries.proof.assurance import CustomerRating, Recovered
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.customer_survey import (
    CustomerSurvey,
    Repeat,
    customer_survey,
)

WITHIN = dt.timedelta(days=90)
AT_LEAST = dt.timedelta(days=1)  # the same visit rated twice is no second rating

Ratings = Mapping[str, Sequence[CustomerRating]]
"""Customer → their ratings, in time order."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentSurvey:
    """What one department's answered customers said; None: all departments together."""

    department: str | None
    result: CustomerSurvey


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedAgain:
    """What one customer gave before the answer and after it, in stars; None: not yet."""

    before: float
    after: float | None


def department_surveys(
    uow: UnitOfWork,
    zone: ZoneInfo,
    first: dt.date,
    last: dt.date,
    until: dt.datetime,
) -> tuple[DepartmentSurvey, ...]:
    """Judge the recoveries resolved from *first* to *last*, by ratings up to *until*.

    One result for each department with any, in the order of their ids, then all.
    """
    recovered = uow.assurance.recovered(until)
    mine = [
        each
        for each in recovered
        if first <= each.resolved_at.astimezone(zone).date() <= last
    ]
    if not mine:
        return ()
    ratings = _by_customer(uow.assurance.ratings_of_returning(until))
    helped = {each.customer_ref for each in recovered}
    untouched = {who: each for who, each in ratings.items() if who not in helped}
    alike, everybody = _pairs(untouched, complaining=True), _pairs(untouched)
    departments: dict[str | None, list[Recovered]] = defaultdict(list)
    for each in mine:
        departments[each.department].append(each)
    named = sorted(departments.items(), key=lambda pair: str(pair[0]))
    return tuple(
        _result(department, rows, ratings, alike, everybody)
        for department, rows in [*named, (None, mine)]
    )


def _result(
    department: str | None,
    rows: Sequence[Recovered],
    ratings: Ratings,
    alike: Sequence[Repeat],
    everybody: Sequence[Repeat],
) -> DepartmentSurvey:
    first_time = {row.customer_ref: row for row in reversed(rows)}
    known = [row for who, row in first_time.items() if who]
    pairs = [pair for row in known if (pair := _answer(row, ratings))]
    found = customer_survey(pairs, alike, everybody, n_asked=len(known))
    return DepartmentSurvey(department=department, result=found)


def _answer(row: Recovered, ratings: Ratings) -> Repeat | None:
    """Return what a helped customer said before and after; None without both."""
    if row.stars is None or row.customer_ref is None:
        return None
    again = _next(ratings.get(row.customer_ref, ()), row.resolved_at)
    return Repeat(before=row.stars, after=again.stars) if again else None


def _pairs(ratings: Ratings, *, complaining: bool = False) -> list[Repeat]:
    """Return one pair for each customer: the first rating (or complaint), the next."""
    found = []
    for mine in ratings.values():
        first = next((r for r in mine if r.complains or not complaining), None)
        again = _next(mine, first.occurred_at + AT_LEAST) if first else None
        if first and again:
            found.append(Repeat(before=first.stars, after=again.stars))
    return found


def _next(
    ratings: Sequence[CustomerRating], since: dt.datetime
) -> CustomerRating | None:
    """Return the first survey rating after *since*, if it came in time."""
    return next(
        (
            each
            for each in ratings
            if each.surveyed and since < each.occurred_at <= since + WITHIN
        ),
        None,
    )


def _by_customer(rows: Sequence[CustomerRating]) -> Ratings:
    found: dict[str, list[CustomerRating]] = defaultdict(list)
    for row in rows:
        found[row.customer_ref].append(row)
    return found


def rated_again(uow: UnitOfWork, item: ActionItem) -> RatedAgain | None:
    """Return how the customer of a recovery item rated before and after the answer.

    None: the customer was not answered yet, is not known, or gave no rating.
    """
    if item.resolved_at is None or item.feedback_id is None:
        return None
    before = uow.feedback.by_id([item.feedback_id]).get(item.feedback_id)
    if before is None or before.customer_ref is None or before.rating is None:
        return None
    again = _next(uow.assurance.ratings_of(before.customer_ref), item.resolved_at)
    return RatedAgain(before=before.rating.stars, after=again.stars if again else None)
