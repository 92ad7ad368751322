"""The weekly series of items beside those that nobody treated, from daily sums."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from huixiang.domain.items.action import ActionItem, ItemKind
from huixiang.domain.items.issue import NOWHERE, Issue
from huixiang.domain.proof.verdict import Metric
from huixiang.reporting.facts.report import SeriesPoint
from huixiang.store.unit_of_work import UnitOfWork

WEEK = 7
BEFORE_DAYS = 84

Days = dict[dt.date, tuple[int, float]]
"""Day → how many feedbacks count, and their sum."""

Issues = Mapping[str, Issue]


class Series:
    """Every item's days, and the days of all issues that nobody fixed anything on."""

    def __init__(
        self,
        uow: UnitOfWork,
        *,
        items: Sequence[ActionItem],
        all_items: Sequence[ActionItem],
        issues: Issues,
        until: dt.date,
    ) -> None:
        treated = {item.issue_id for item in all_items if item.resolved_at}
        drawn = {item.issue_id for item in items if item.kind is ItemKind.IMPROVEMENT}
        metrics = {item.criterion.metric for item in items}
        self._days: dict[Metric, Mapping[str, Days]] = {}
        self._control: dict[Metric, Days] = {}
        for metric in metrics:
            read = _ratings if metric is Metric.MEAN else _complaints
            days, control = read(uow, drawn | treated, treated, issues, until)
            self._days[metric] = days
            self._control[metric] = _weeks(control)

    def of(self, item: ActionItem, opened_on: dt.date) -> tuple[SeriesPoint, ...]:
        """Return an item's weeks from 12 weeks before it opened."""
        if item.kind is ItemKind.RECOVERY:
            return ()
        metric = item.criterion.metric
        control = self._control[metric]
        own = _weeks(self._days[metric].get(item.issue_id, {}))
        start = _monday(opened_on - dt.timedelta(days=BEFORE_DAYS))
        return tuple(
            SeriesPoint(
                on=week,
                n=n,
                mean=total / n if n else None,
                control=control[week][1] / control[week][0]
                if control.get(week, (0, 0.0))[0]
                else None,
            )
            for week, (n, total) in sorted(own.items())
            if week >= start
        )

    def mean_after(
        self, item: ActionItem, first: dt.date, last: dt.date
    ) -> float | None:
        """Return the plain mean of the days from a fix to a look."""
        days = self._days[item.criterion.metric].get(item.issue_id, {})
        own = [each for day, each in days.items() if first <= day <= last]
        n = sum(count for count, _ in own)
        return sum(total for _, total in own) / n if n else None


def _ratings(
    uow: UnitOfWork,
    wanted: set[str],
    treated: set[str],
    issues: Issues,
    until: dt.date,
) -> tuple[Mapping[str, Days], Days]:
    ids = {issues[key].key: key for key in sorted(wanted)}
    days: dict[str, Days] = defaultdict(dict)
    for row in uow.summaries.scores_of(ids, until):
        days[ids[row.key]][row.day] = (row.n, row.total)
    control = {
        row.day: (row.n, row.total) for row in uow.summaries.scores_by_day(until)
    }
    for issue_id in sorted(treated):  # sums of floats depend on their order
        _subtract(control, days.get(issue_id, {}))
    return days, control


def _complaints(
    uow: UnitOfWork,
    wanted: set[str],
    treated: set[str],
    issues: Issues,
    until: dt.date,
) -> tuple[Mapping[str, Days], Days]:
    """Return shares of complaints: of all feedback of the place, not of the theme."""
    places: dict[tuple[str, str], dict[dt.date, int]] = defaultdict(dict)
    for place in uow.summaries.places(until):
        places[place.touchpoint, place.unit][place.day] = place.n
    days = {key: _exposed(places, issues[key]) for key in sorted(wanted)}
    for row in uow.summaries.complaints_of(wanted, until):
        if row.day in days[row.issue_id]:
            days[row.issue_id][row.day] = (days[row.issue_id][row.day][0], row.n)
    complaints = uow.summaries.complaints_by_day(until)
    return days, _untreated(places, issues, treated, days, complaints)


def _exposed(
    places: Mapping[tuple[str, str], Mapping[dt.date, int]], issue: Issue
) -> Days:
    """Return the feedback of an issue's place; who names no touchpoint counts too."""
    days: Days = {}
    for touchpoint in {issue.touchpoint, NOWHERE}:
        for day, n in places.get((touchpoint, issue.unit), {}).items():
            days[day] = (days.get(day, (0, 0.0))[0] + n, 0.0)
    return days


def _untreated(
    places: Mapping[tuple[str, str], Mapping[dt.date, int]],
    issues: Issues,
    treated: set[str],
    days: Mapping[str, Days],
    complaints: Mapping[dt.date, int],
) -> Days:
    """Return the sums over every issue but the treated ones."""
    control: Days = {day: (0, float(n)) for day, n in complaints.items()}
    for key, issue in issues.items():
        if key not in treated:
            for day, (n, _) in _exposed(places, issue).items():
                before = control.get(day, (0, 0.0))
                control[day] = (before[0] + n, before[1])
    for key in sorted(treated):
        _subtract(control, {day: (0, part) for day, (_, part) in days[key].items()})
    return control


def _subtract(sums: Days, part: Mapping[dt.date, tuple[int, float]]) -> None:
    for day, (n, total) in part.items():
        before = sums.get(day, (0, 0.0))
        sums[day] = (before[0] - n, before[1] - total)


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weeks(days: Mapping[dt.date, tuple[int, float]]) -> Days:
    weeks: Days = {}
    for day, (n, total) in days.items():
        before = weeks.get(_monday(day), (0, 0.0))
        weeks[_monday(day)] = (before[0] + int(n), before[1] + total)
    return weeks
