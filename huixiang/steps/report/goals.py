"""Goals: where each stands on the day of the report, and whether its pace is enough."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.proof.goal import Goal, GoalState
from huixiang.reporting.facts.loop import GoalPoint, GoalProgress
from huixiang.steps.context import Context
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.engine.design import METRICS
from huixiang.wording.names import place_name, theme_name

WINDOW_DAYS = 28
SERIES_DAYS = 182
MIN_FEEDBACKS = 5
WEEK = 7

Days = Mapping[dt.date, tuple[int, float]]
"""How many feedbacks counted on a day, and the sum of what is measured."""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalLevel:
    """The mean of some days; absent where too few feedbacks say anything."""

    n: int
    value: float | None


def goals_of(context: Context, uow: UnitOfWork) -> tuple[GoalProgress, ...]:
    """Return every goal of the rules with its progress."""
    return tuple(
        progress_of(context, goal, _days(context, uow, goal))
        for goal in context.rulebook.goals.values()
    )


def _days(context: Context, uow: UnitOfWork, goal: Goal) -> Days:
    last = context.last_day
    rows = uow.figures.goal_days(
        goal.metric,
        themes=_themes(context.rulebook.codeframe, goal.scope.theme),
        touchpoint=goal.scope.touchpoint,
        unit=goal.scope.unit,
        first=last - dt.timedelta(days=SERIES_DAYS - 1),
        last=last,
    )
    return {row.day: (row.n, row.total) for row in rows}


def _themes(codeframe: Codeframe, theme: str | None) -> frozenset[str]:
    """Return a theme with everything below it."""
    if theme is None:
        return frozenset()
    below_or_same = {theme}
    while (
        below := {t.id for t in codeframe.themes if t.parent in below_or_same}
        - below_or_same
    ):
        below_or_same |= below
    return frozenset(below_or_same)


def progress_of(context: Context, goal: Goal, days: Days) -> GoalProgress:
    """Return where a goal stands, from its days up to the last whole one. Pure."""
    last = context.last_day
    current = level(days, last - dt.timedelta(days=WINDOW_DAYS - 1), last)
    before = last - dt.timedelta(days=WINDOW_DAYS)
    previous = level(days, before - dt.timedelta(days=WINDOW_DAYS - 1), before)
    rulebook, scope = context.rulebook, goal.scope
    return GoalProgress(
        goal_id=goal.id,
        name=goal.name,
        metric=goal.metric,
        target=goal.target,
        due_on=goal.due_on,
        state=state_of(goal, current.value, previous.value, last),
        baseline=goal.baseline,
        current=current.value,
        previous=previous.value,
        n=current.n,
        progress=share_of_way(goal, current.value),
        theme=theme_name(rulebook, scope.theme) if scope.theme else None,
        touchpoint=place_name(rulebook, scope.touchpoint) if scope.touchpoint else None,
        unit=place_name(rulebook, scope.unit) if scope.unit else None,
        series=tuple(_series(days)),
    )


def level(days: Days, first: dt.date, last: dt.date) -> GoalLevel:
    """Return the mean from *first* to *last*, where enough feedbacks tell."""
    counted = [each for day, each in days.items() if first <= day <= last]
    n = sum(count for count, _ in counted)
    total = sum(part for _, part in counted)
    return GoalLevel(n=n, value=total / n if n >= MIN_FEEDBACKS else None)


def state_of(
    goal: Goal, current: float | None, previous: float | None, today: dt.date
) -> GoalState:
    """Say whether a goal is reached, or will be at the pace of the last 56 days."""
    if current is None:
        return GoalState.UNMEASURED
    direction = METRICS[goal.metric].direction
    gap = direction * (goal.target - current)
    if gap <= 0:
        return GoalState.REACHED
    if today >= goal.due_on:
        return GoalState.MISSED
    if previous is None:
        return GoalState.BEHIND
    pace = direction * (current - previous) / WINDOW_DAYS
    enough = pace * (goal.due_on - today).days >= gap
    return GoalState.ON_TRACK if enough else GoalState.BEHIND


def share_of_way(goal: Goal, current: float | None) -> float | None:
    """Return how much of the way from the baseline to the target is done, 0 … 1."""
    if current is None or goal.baseline is None or goal.baseline == goal.target:
        return None
    done = (current - goal.baseline) / (goal.target - goal.baseline)
    return min(max(done, 0.0), 1.0)


def _series(days: Days) -> Iterable[GoalPoint]:
    weeks: dict[dt.date, tuple[int, float]] = {}
    for day, (n, total) in days.items():
        monday = day - dt.timedelta(days=day.weekday())
        before = weeks.get(monday, (0, 0.0))
        weeks[monday] = (before[0] + n, before[1] + total)
    for monday, (n, total) in sorted(weeks.items()):
        yield GoalPoint(on=monday, n=n, value=total / n if n else None)
