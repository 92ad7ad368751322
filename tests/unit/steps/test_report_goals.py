"""Goals: reached, on track at the present pace, behind, missed, or not to be told."""

import datetime as dt

import pytest

from huixiang.domain.proof.goal import Goal, GoalState
from huixiang.domain.proof.verdict import Metric
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import Maturity, MaturityStage, Milestone
from huixiang.steps.report.goals import MIN_FEEDBACKS, level, share_of_way, state_of

TODAY = dt.date(2026, 3, 31)
DUE = TODAY + dt.timedelta(days=56)
NAME = Bilingual(zh="目标", en="goal")


def goal(metric=Metric.MEAN, target=4.0, due_on=DUE, baseline=3.0):
    return Goal(
        id="g",
        name=NAME,
        metric=metric,
        target=target,
        due_on=due_on,
        baseline=baseline,
    )


@pytest.mark.parametrize(
    ("current", "previous", "state"),
    [
        (None, 3.0, GoalState.UNMEASURED),
        (4.0, 3.0, GoalState.REACHED),
        (3.4, 3.09, GoalState.ON_TRACK),  # 0.31 in 28 days, 0.6 to go in 56
        (3.4, 3.2, GoalState.BEHIND),
        (3.4, None, GoalState.BEHIND),
        (3.4, 3.6, GoalState.BEHIND),
    ],
)
def test_a_goal_is_on_track_when_its_pace_is_enough(current, previous, state):
    assert state_of(goal(), current, previous, TODAY) is state


def test_a_goal_to_lower_a_share_is_reached_from_above():
    lower = goal(Metric.NEGATIVE, target=0.2, baseline=0.4)

    assert state_of(lower, 0.19, None, TODAY) is GoalState.REACHED
    assert state_of(lower, 0.3, 0.37, TODAY) is GoalState.ON_TRACK
    assert share_of_way(lower, 0.3) == pytest.approx(0.5)


def test_a_goal_not_reached_on_its_day_is_missed():
    assert state_of(goal(due_on=TODAY), 3.9, 3.0, TODAY) is GoalState.MISSED


@pytest.mark.parametrize(
    ("current", "share"), [(2.0, 0.0), (3.5, 0.5), (9.0, 1.0), (None, None)]
)
def test_the_way_done_is_between_nothing_and_all(current, share):
    assert share_of_way(goal(), current) == share


def test_a_level_of_too_few_feedbacks_is_not_told():
    days = {TODAY: (MIN_FEEDBACKS - 1, 12.0)}

    assert level(days, TODAY, TODAY).value is None
    assert level({TODAY: (MIN_FEEDBACKS, 20.0)}, TODAY, TODAY).value == 4.0


def test_a_stage_counts_only_when_all_before_it_do():
    def stage(*values):
        return MaturityStage(
            name=NAME,
            milestones=tuple(
                Milestone(name=NAME, value=value, needed=0.5, n=9) for value in values
            ),
        )

    assert Maturity(stages=(stage(0.9), stage(0.4), stage(0.9))).level == 1
    assert Maturity(stages=(stage(0.5, 0.5), stage(0.5))).level == 2
    assert Maturity(stages=(stage(None),)).level == 0
