"""Before acting: what could be seen here, and what to do where it could not."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.assurance import Advice
from huixiang.domain.verdict import Effect
from huixiang.verification.checks.guardrails import consistency
from huixiang.verification.checks.power import outlook


def thinned(panel, units, share):
    """Keep a share of the feedback of some units."""
    rows = [panel.units.index(unit) for unit in units]
    values = [x.copy() for x in (panel.n, panel.total, panel.squares)]
    for value in values:
        value[rows] *= share
    return dataclasses.replace(panel, n=values[0], total=values[1], squares=values[2])


def seen(panel, n_sisters, share=1.0):
    mine = panel.units[: n_sisters + 1]
    day = panel.first_day + dt.timedelta(days=150)
    return outlook(thinned(panel, mine, share), mine[0], mine[1:], as_of=day)


def test_with_volume_a_medium_effect_shows_and_nothing_is_pooled(quiet):
    found = seen(quiet, 4, 6.0)
    assert found.advice is Advice.FOLLOW
    assert (found.pooled, found.n_pooled) == (None, 0)


def test_where_one_unit_is_too_small_its_theme_is_pooled(quiet):
    found = seen(quiet, 14, 0.15)
    assert found.advice is Advice.POOL
    assert found.n_pooled == 15
    assert found.pooled.feedbacks_per_day > 5 * found.own.feedbacks_per_day


def test_where_pooling_does_not_suffice_customers_are_asked(quiet):
    assert seen(quiet, 1, 0.05).advice is Advice.ASK


def test_without_any_past_there_is_nothing_to_plan_on(quiet):
    assert seen(quiet, 1, 0.0).advice is Advice.NO_HISTORY


def test_pooling_keeps_every_feedback(quiet):
    pooled = quiet.pooled(quiet.units[:3], "pooled")
    assert pooled.units == (*quiet.units[3:], "pooled")
    assert pooled.n.sum() == quiet.n.sum()
    assert pooled.total[-1].sum() == quiet.total[:3].sum()


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
