"""Before and after a verdict: power, placebo check, headline, relapse."""

import dataclasses
import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.domain.verdict import Sustained, VerdictKind
from huixiang.verification.checks.multiplicity import discoveries, headline
from huixiang.verification.checks.placebo import PlaceboFigures, placebo_check, wilson
from huixiang.verification.checks.power import power
from huixiang.verification.checks.relapse import relapse_look
from huixiang.verification.engine.design import ActionWindow, Design
from huixiang.verification.engine.judging import judge


def thinned(panel, unit, share):
    """Keep a share of a unit's feedback (in expectation)."""
    values = [x.copy() for x in (panel.n, panel.total, panel.squares)]
    for value in values:
        value[panel.units.index(unit)] *= share
    return dataclasses.replace(panel, n=values[0], total=values[1], squares=values[2])


def test_more_volume_shows_smaller_effects_sooner(quiet):
    day = quiet.first_day + dt.timedelta(days=150)
    rich = power(quiet, quiet.units[0], as_of=day)
    poor = power(thinned(quiet, quiet.units[0], 0.2), quiet.units[0], as_of=day)
    assert rich.detectable_effect < poor.detectable_effect
    assert rich.feedbacks_per_day > poor.feedbacks_per_day
    assert poor.days_until_medium is None or (
        poor.days_until_medium >= rich.days_until_medium
    )


def test_power_does_not_know_the_future(quiet):
    day = quiet.first_day + dt.timedelta(days=150)
    assert power(quiet, quiet.units[0], as_of=day) == power(
        quiet.until(day), quiet.units[0], as_of=day
    )


def test_an_unknown_unit_has_no_power_statement(quiet):
    assert power(quiet, "nowhere", as_of=quiet.last_day) is None


def test_the_placebo_check_judges_untouched_dips(quiet):
    found = placebo_check(quiet, [], as_of=quiet.last_day, max_dips=15)
    assert found.n_dips >= 4
    assert found.n_improved <= 1
    assert found.error_factor == 1.0
    assert 0.3 < found.z_sd < 2.0


def test_the_placebo_check_leaves_treated_units_alone(quiet):
    start = quiet.first_day
    actions = [
        ActionWindow(
            action_id=unit, unit=unit, opened_on=start + dt.timedelta(110),
            resolved_on=start + dt.timedelta(120),
        )
        for unit in quiet.units
    ]  # fmt: skip
    found = placebo_check(quiet, actions, as_of=quiet.last_day)
    assert (found.n_dips, found.z_sd, found.error_factor) == (0, None, 1.0)


def test_a_placebo_check_that_fails_widens():
    bad = PlaceboFigures(
        n_dips=100, n_improved=15, low=0.09, high=0.23, z_mean=0.4, z_sd=1.3
    )
    assert bad.error_factor == 1.3


def test_widening_widens(helped):
    action, day = helped.actions[0], helped.panel.last_day
    plain, wide = (
        judge(helped.panel, [action], as_of=day, design=Design(error_factor=f))[0]
        for f in (1.0, 1.5)
    )
    pairs = zip(plain.looks, wide.looks, strict=False)
    for a, b in pairs:
        ratio = (b.effect.high - b.effect.low) / (a.effect.high - a.effect.low)
        assert ratio == pytest.approx(1.5, rel=0.02)


@given(st.integers(0, 60), st.integers(1, 60))
def test_a_share_lies_in_its_interval(k, n):
    low, high = wilson(min(k, n), n)
    share, rounding = min(k, n) / n, 1e-12
    assert 0 <= low <= share + rounding
    assert share - rounding <= high <= 1


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3), st.floats(0, 1), min_size=1, max_size=12
    )
)
def test_discoveries_grow_with_the_rate_and_are_the_smallest(p_values):
    strict, loose = (discoveries(p_values, rate=rate) for rate in (0.05, 0.2))
    assert set(strict) <= set(loose)
    left_out = [p for name, p in p_values.items() if name not in loose]
    assert all(p_values[name] <= p for name in loose for p in left_out)


def test_benjamini_hochberg_on_its_textbook_example():
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    named = {f"{k:02d}": value for k, value in enumerate(p)}
    assert discoveries(named, rate=0.05) == ["00", "01", "02", "03"]


def test_the_headline_counts_only_what_stands_together(judged):
    found = headline(judged)
    improved = [j for j in judged if j.verdict.kind is VerdictKind.IMPROVED]
    assert found.n_improved == len(improved)
    assert found.n_followed == len(judged)
    assert set(found.confirmed) <= {j.action_id for j in improved}
    assert len(found.confirmed) >= 1


def test_a_lasting_fix_is_sustained_and_a_fading_one_is_not(helped):
    action = helped.actions[0]
    panel, unit = helped.panel, helped.panel.units.index(action.unit)
    look = action.resolved_on + dt.timedelta(days=89)
    lasting = relapse_look(panel, action, helped.actions, as_of=look)
    assert lasting.outcome is not Sustained.RELAPSED
    late = panel.day(action.resolved_on) + 45
    total, squares = panel.total.copy(), panel.squares.copy()
    total[unit, late:] -= 1.2 * panel.n[unit, late:]
    squares[unit, late:] -= (2.4 * panel.total - 1.44 * panel.n)[unit, late:]
    fading = dataclasses.replace(panel, total=total, squares=squares)
    gone = relapse_look(fading, action, helped.actions, as_of=look)
    assert gone.outcome is Sustained.RELAPSED
    assert gone.effect.high < lasting.effect.high


def test_ninety_days_must_have_passed(helped):
    action = helped.actions[0]
    look = relapse_look(helped.panel, action, helped.actions, as_of=action.resolved_on)
    assert look.outcome is Sustained.WATCHED
    assert look.effect is None


def test_a_relapse_look_does_not_know_the_future(helped):
    action = helped.actions[0]
    day = action.resolved_on + dt.timedelta(days=89)
    looks = [
        relapse_look(panel, action, helped.actions, as_of=as_of)
        for panel, as_of in (
            (helped.panel, helped.panel.last_day), (helped.panel.until(day), day),
        )
    ]  # fmt: skip
    assert looks[0].outcome is looks[1].outcome
    assert np.isclose(looks[0].effect.value, looks[1].effect.value)
