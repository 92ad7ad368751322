"""Before acting: what could be seen here, and what to do where it could not."""

import dataclasses
import datetime as dt

from huixiang.domain.proof.assurance import Advice
from huixiang.verification.checks.power import outlook, power


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


def test_more_volume_shows_smaller_effects_sooner(quiet):
    day = quiet.first_day + dt.timedelta(days=150)
    rich = power(quiet, quiet.units[0], as_of=day)
    poor = power(thinned(quiet, [quiet.units[0]], 0.2), quiet.units[0], as_of=day)
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
