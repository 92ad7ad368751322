"""The method tried on dips that nobody touched."""

import datetime as dt

from huixiang.verification.checks.placebo import PlaceboFigures, placebo_check
from huixiang.verification.engine.design import ActionWindow


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
