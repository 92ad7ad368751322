"""A neighbour that is harmed by a fix is named, and only that one."""

import dataclasses
import datetime as dt

import pytest

from huixiang.verification.checks.guardrails import side_effects
from huixiang.verification.engine.design import ActionWindow

FIXED = 150


@pytest.fixture
def action(quiet):
    return ActionWindow(
        action_id="a", unit="unit-000",
        opened_on=quiet.first_day + dt.timedelta(days=140),
        resolved_on=quiet.first_day + dt.timedelta(days=FIXED),
    )  # fmt: skip


@pytest.fixture
def harmed(quiet):
    """The panel with unit-002 a whole star lower from the fix on."""
    total, squares = quiet.total.copy(), quiet.squares.copy()
    total[2, FIXED:] -= quiet.n[2, FIXED:]
    squares[2, FIXED:] -= (2 * quiet.total - quiet.n)[2, FIXED:]
    return dataclasses.replace(quiet, total=total, squares=squares)


NEIGHBOURS = ("unit-001", "unit-002", "unit-003", "nowhere")


def test_only_the_harmed_neighbour_is_named(harmed, action):
    found = side_effects(harmed, action, NEIGHBOURS, [action], as_of=harmed.last_day)
    assert [harm.unit for harm in found] == ["unit-002"]
    assert found[0].effect.high < 0
    assert found[0].since > action.resolved_on


def test_a_neighbour_with_its_own_fix_is_left_out(harmed, action):
    own = dataclasses.replace(action, action_id="b", unit="unit-002")
    found = side_effects(
        harmed, action, NEIGHBOURS, [action, own], as_of=harmed.last_day
    )
    assert found == []


def test_before_the_fix_there_is_nothing_to_watch(harmed, action):
    found = side_effects(harmed, action, NEIGHBOURS, [action], as_of=action.opened_on)
    assert found == []
