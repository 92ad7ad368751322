"""A planted panel reaches every reason that makes a comparison unfair."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from huixiang.domain.proof.verdict import InconclusiveReason
from huixiang.verification.engine.design import ActionWindow, Circumstances
from huixiang.verification.engine.judging import judge

OPENED, FIXED = 120, 130
UNIT = "unit-000"


def on(panel, day):
    return panel.first_day + dt.timedelta(days=day)


@pytest.fixture
def action(quiet):
    return ActionWindow(
        action_id="a", unit=UNIT, opened_on=on(quiet, OPENED),
        resolved_on=on(quiet, FIXED),
    )  # fmt: skip


@pytest.fixture
def steady(quiet):
    """The same panel with a unit in which nothing at all happens."""
    values = [x.copy() for x in (quiet.n, quiet.total, quiet.squares)]
    values[0][0], values[1][0], values[2][0] = 5.0, 18.0, 72.0
    return dataclasses.replace(quiet, n=values[0], total=values[1], squares=values[2])


def without(panel, cells):
    """Take the feedback out of some cells."""
    values = [x.copy() for x in (panel.n, panel.total, panel.squares)]
    for value in values:
        value[cells] = 0
    return dataclasses.replace(panel, n=values[0], total=values[1], squares=values[2])


def reason(panel, action, others=(), circumstances=None, as_of=None):
    judgements = judge(
        panel, [action, *others], as_of=as_of or panel.last_day,
        circumstances=circumstances or Circumstances(),
    )  # fmt: skip
    return judgements[0].verdict.reason


def test_nothing_planted_nothing_blocked(steady, action):
    assert reason(steady, action) in {None, InconclusiveReason.NOT_SEPARABLE}


def test_a_unit_that_falls_silent_is_a_dead_feed(steady, action):
    panel = without(steady, np.s_[0, FIXED:])
    assert reason(panel, action) is InconclusiveReason.FEED_DIED


def test_a_theme_that_falls_silent_while_its_source_lives_is_no_dead_feed(
    steady, action
):
    panel = without(steady, np.s_[0, FIXED:])
    days = [on(panel, k) for k in range(panel.n_days)]
    alive = Circumstances(
        source_volumes={c: dict.fromkeys(days, 500) for c in panel.channels}
    )
    found = reason(panel, action, circumstances=alive)
    assert found is InconclusiveReason.TOO_FEW_FEEDBACKS


def test_a_channel_that_dies_everywhere_blocks_its_units(steady, action):
    panel = without(steady, np.s_[:, FIXED:, 0])
    assert reason(panel, action) is InconclusiveReason.CHANNEL_DIED


def test_the_caller_may_know_that_a_source_died(steady, action):
    days = [on(steady, k) for k in range(FIXED)]
    dead = Circumstances(source_volumes={steady.channels[0]: dict.fromkeys(days, 50)})
    found = reason(steady, action, circumstances=dead)
    assert found is InconclusiveReason.CHANNEL_DIED


def test_a_mix_turned_upside_down_is_beyond_correction(steady, action):
    values = [x.copy() for x in (steady.n, steady.total, steady.squares)]
    values[0][0, :FIXED] = [10.0, 0.0]
    values[0][0, FIXED:] = [0.0, 10.0]
    for value, per_feedback in zip(values[1:], (3.6, 14.4), strict=True):
        value[0] = values[0][0] * per_feedback
    panel = dataclasses.replace(steady, n=values[0], total=values[1], squares=values[2])
    assert reason(panel, action) is InconclusiveReason.MIX_MOVED


@pytest.mark.parametrize("day", [OPENED, FIXED - 1, FIXED + 5])
@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("codeframe_changes", InconclusiveReason.CODEFRAME_CHANGED),
        ("model_changes", InconclusiveReason.MODEL_CHANGED),
    ],
)
def test_a_new_version_inside_the_window_blocks(steady, action, day, field, expected):
    facts = Circumstances(**{field: (on(steady, day),)})
    assert reason(steady, action, circumstances=facts) is expected


def test_a_new_version_long_before_only_shortens_the_history(steady, action):
    facts = Circumstances(codeframe_changes=(on(steady, 60),))
    judgement = judge(
        steady, [action], as_of=steady.last_day, circumstances=facts
    )[0]  # fmt: skip
    assert judgement.verdict.reason is not InconclusiveReason.CODEFRAME_CHANGED
    assert judgement.verdict.n_before == 10 * (FIXED - 60)


def test_another_fix_of_the_same_unit_cannot_be_told_apart(steady, action):
    other = dataclasses.replace(
        action, action_id="b", resolved_on=on(steady, FIXED + 5)
    )
    found = reason(steady, action, [other])
    assert found is InconclusiveReason.OVERLAPPING_ACTION


def test_another_fix_of_another_unit_is_no_matter(steady, action):
    other = dataclasses.replace(action, action_id="b", unit="unit-001")
    assert reason(steady, action, [other]) in {None, InconclusiveReason.NOT_SEPARABLE}


def test_an_answer_given_before_the_trouble_stays(helped, judged):
    settled = next(j for j in judged if j.verdict.kind.is_terminal)
    later = settled.verdict.as_of + dt.timedelta(days=1)
    facts = Circumstances(model_changes=(later,))
    again = judge(
        helped.panel, helped.actions, as_of=helped.panel.last_day, circumstances=facts
    )
    same = next(j for j in again if j.action_id == settled.action_id)
    assert same.verdict == settled.verdict
