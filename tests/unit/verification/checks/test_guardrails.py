"""What a fix did to its neighbours, and to its own theme elsewhere."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.proof.verdict import Effect
from huixiang.verification.checks.guardrails import consistency, side_effects
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


def effect(value, half=0.1):
    return Effect(value=value, low=value - half, high=value + half)


def test_like_effects_are_alike_and_their_mean_is_narrower():
    found = consistency({"a": effect(0.5), "b": effect(0.45), "c": effect(0.55)}, 1)
    assert found.alike
    assert found.spread == 0
    assert found.pooled.value == pytest.approx(0.5)
    assert found.pooled.high - found.pooled.low < 0.2


def test_a_place_where_it_did_harm_is_named():
    found = consistency({"a": effect(0.6), "b": effect(-0.5)}, 1)
    assert not found.alike
    assert found.against == ("b",)
    assert found.spread > 0.9


def test_what_harms_depends_on_the_direction():
    rates = {"a": effect(-0.06, 0.01), "b": effect(0.05, 0.01)}
    assert consistency(rates, -1).against == ("b",)


def test_one_place_has_nothing_to_agree_with():
    assert consistency({"a": effect(0.6)}, 1) is None


@given(
    st.dictionaries(
        st.text("abcdef", min_size=1, max_size=2),
        st.builds(effect, st.floats(-3, 3), st.floats(0.01, 2)),
        min_size=2,
        max_size=8,
    )
)
def test_the_mean_lies_among_the_effects(effects):
    found = consistency(effects, 1)
    values = [each.value for each in effects.values()]
    assert min(values) - 1e-9 <= found.pooled.value <= max(values) + 1e-9
    assert 0 <= found.spread <= 1
    assert 0 <= found.p_same <= 1
