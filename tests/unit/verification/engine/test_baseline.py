"""The parts of the forecast find what was planted in a panel."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from huixiang.verification.engine.baseline import baseline
from huixiang.verification.engine.damage import Damage
from huixiang.verification.engine.design import ActionWindow, Design
from huixiang.verification.engine.forecast import evidence, forecast
from huixiang.verification.engine.frequency import rate_factor
from huixiang.verification.engine.history import history
from huixiang.verification.engine.memory import Memory, fit_memory
from huixiang.verification.engine.panel import Panel

FIRST = dt.date(2025, 1, 1)
OFFSETS = np.array([0.3, -0.3])


def planted(level, *, per_day=8, sd=1.0, seed=0, offsets=OFFSETS, mix=None):
    """Return a panel of normal ratings around *level* (units x days)."""
    rng = np.random.default_rng(seed)
    share = np.full((*level.shape, 2), 0.5) if mix is None else mix
    n = rng.poisson(per_day * share).astype(float)
    mean = level[..., None] + offsets
    total = n * mean + rng.normal(0, sd, n.shape) * np.sqrt(n)
    spread = sd**2 * rng.chisquare(np.maximum(n - 1, 1)) * (n > 1)
    squares = np.divide(total**2, n, where=n > 0, out=np.zeros_like(n)) + spread
    return Panel(
        units=tuple(f"u{k:02d}" for k in range(len(level))), channels=("a", "b"),
        first_day=FIRST, n=n, total=total, squares=squares,
    )  # fmt: skip


def fitted(panel, cut, unit=0, actions=()):
    past = history(panel, actions)
    return past, baseline(past, unit=unit, cut=cut, until=panel.n_days, design=Design())


def test_channel_offsets_are_recovered():
    _, base = fitted(planted(np.full((30, 150), 3.8)), 120)
    assert base.offsets[0] - base.offsets[1] == pytest.approx(0.6, abs=0.05)


def test_a_moved_mix_leaves_the_adjusted_score_where_it_was():
    mix = np.full((30, 150, 2), 0.5)
    mix[0, 120:] = [0.95, 0.05]
    panel = planted(np.full((30, 150), 3.8), mix=mix, per_day=20)
    _, base = fitted(panel, 120)
    raw = panel.total[0].sum(-1) / panel.n[0].sum(-1)
    assert raw[120:].mean() - raw[:120].mean() > 0.2
    moved = base.adjusted[0, 120:].mean() - base.adjusted[0, :120].mean()
    assert moved == pytest.approx(0.0, abs=0.08)


def test_response_variance_is_recovered():
    _, base = fitted(planted(np.full((30, 150), 3.8), sd=1.3), 120)
    assert np.median(base.noise) == pytest.approx(1.69, rel=0.1)


def shares(level, *, per_day, seed=3):
    """Return a panel of flags with one chance a unit; *per_day* feedbacks a unit."""
    rng = np.random.default_rng(seed)
    n = rng.poisson(np.asarray(per_day)[:, None, None] * np.ones((1, 200, 1)))
    total = rng.binomial(n, level[:, None, None]).astype(float)
    return Panel(
        units=tuple(f"u{k:02d}" for k in range(len(level))), channels=("a",),
        first_day=FIRST, n=n.astype(float), total=total, squares=total,
    )  # fmt: skip


def test_the_variance_of_a_sparse_units_share_is_that_of_its_level():
    level = np.linspace(0.05, 0.5, 40)
    volume = np.full(40, 20.0)
    volume[[2, 39]] = 0.3  # hardly two feedbacks on any day: no variance of its own
    _, base = fitted(shares(level, per_day=volume), 180)
    low, high = base.noise[[2, 39]]
    assert low < 0.13
    assert high > 0.2
    assert np.corrcoef(base.noise, level * (1 - level))[0, 1] > 0.95


def test_noise_is_no_part_of_the_variance_between_units():
    rng = np.random.default_rng(8)
    level = np.repeat(3.8 + rng.normal(0, 0.2, (60, 1)), 200, axis=1)
    _, base = fitted(planted(level, per_day=0.4, sd=1.2), 150)
    assert base.level_variance == pytest.approx(0.04, abs=0.025)
    assert np.nanvar(base.levels) > base.level_variance + 0.01


def test_a_sparse_unit_is_expected_nearer_to_the_others_than_a_rich_one():
    level = np.full((30, 200), 3.8)
    level[0] = 3.0
    expected = []
    for volume in (0.3, 12.0):
        per_day = np.full((30, 1, 1), 8.0)
        per_day[0] = volume
        _, base = fitted(planted(level, per_day=per_day), 150)
        expected.append(_ahead(base, None).mean[:20].mean())
    assert expected[1] == pytest.approx(3.0, abs=0.15)
    assert expected[1] + 0.05 < expected[0] < 3.8


def test_a_step_of_all_units_ends_up_in_the_trend():
    level = np.full((30, 150), 3.8)
    level[:, 130:] += 0.5
    _, base = fitted(planted(level), 120)
    step = base.trend[130:].mean() - base.trend[:130].mean()
    assert step == pytest.approx(0.5, abs=0.08)


def test_a_step_of_the_unit_itself_stays_out_of_the_trend():
    level = np.full((4, 150), 3.8)
    level[0, 130:] += 3.0
    _, base = fitted(planted(level), 120)
    assert abs(base.trend[140:].mean()) < 0.3


def test_a_treated_unit_is_no_control_until_it_has_settled():
    panel = planted(np.full((5, 250), 3.8))
    action = ActionWindow(
        action_id="a", unit="u01", opened_on=FIRST + dt.timedelta(50),
        resolved_on=FIRST + dt.timedelta(60),
    )  # fmt: skip
    past = history(panel, [action])
    used = past.mask[past.unit_of_row == 1].any(0)
    assert used[:60].all()
    assert not used[60:144].any()
    assert used[144:].all()


def test_memory_of_independent_days_is_short_and_of_wander_long():
    rng = np.random.default_rng(1)
    wander = np.zeros((40, 200))
    for day in range(1, 200):
        wander[:, day] = 0.95 * wander[:, day - 1] + rng.normal(0, 0.1, 40)
    for extra, low, high in ((0 * wander, 0.0, 0.03), (wander, 0.05, 0.3)):
        past, base = fitted(planted(3.8 + extra, per_day=30), 200)
        memory = fit_memory(base, past.unit_of_row)
        assert memory.measured
        assert low <= memory.covariance(np.arange(2.0))[0, 1] <= high


def test_a_short_panel_uses_typical_memory():
    past, base = fitted(planted(np.full((30, 80), 3.8)), 80)
    assert not fit_memory(base, past.unit_of_row).measured


def _ahead(base, damage):
    memory = Memory(
        taus=np.array([12.0, 400.0]), variances=np.array([0.02, 0.015]),
        nugget=0.005, measured=True,
    )  # fmt: skip
    return forecast(
        base, memory, unit=0, before=30.0 + np.flatnonzero(base.n[0, 30:150]),
        after=np.arange(150.0, 200), damage=damage,
    )  # fmt: skip


def test_lasting_damage_is_not_expected_to_heal_by_itself():
    level = np.full((30, 200), 3.8)
    level[0, 105:] -= 0.6
    _, base = fitted(planted(level, per_day=15), 150)
    gaussian, aware = _ahead(base, None).mean[-10:], _ahead(base, Damage()).mean[-10:]
    assert aware.mean() < gaussian.mean() - 0.03
    assert aware.mean() == pytest.approx(3.2, abs=0.2)


def test_a_dip_that_fades_is_expected_to_go_on_fading():
    age = np.arange(200) - 125
    level = np.full((30, 200), 3.8)
    level[0] -= np.where(age >= 0, 0.9 * np.exp(-np.maximum(age, 0) / 12), 0.0)
    _, base = fitted(planted(level, per_day=25), 150)
    assert _ahead(base, Damage()).mean[-10:].mean() > 3.65


def test_damage_is_found_to_be_rare_where_there_is_none_and_common_where_it_is():
    rng = np.random.default_rng(4)
    calm = np.full((40, 200), 3.8)
    rough = calm.copy()
    for unit in range(0, 40, 2):
        rough[unit, rng.integers(80, 180) :] -= rng.uniform(0.4, 0.8)
    factors = [
        rate_factor(history(planted(level, per_day=15), []), 200, Damage(), Design())
        for level in (calm, rough)
    ]
    assert factors[0] < 0.4 < factors[1]


def test_the_estimate_finds_a_planted_step():
    level = np.full((30, 200), 3.8)
    level[0, 150:] += 0.5
    _, base = fitted(planted(level, per_day=20), 150)
    found = evidence(base, _ahead(base, None), 0, 1.0)
    assert found.effect[-1] == pytest.approx(0.5, abs=2.5 * found.error[-1])
    assert (np.diff(found.information) > 0).all()
    low, high = found.interval(np.full(len(found.days), 1.96))
    assert low[-1] < 0.5 < high[-1]


def test_without_a_mixture_the_interval_is_the_normal_one():
    _, base = fitted(planted(np.full((30, 200), 3.8)), 150)
    found = evidence(base, _ahead(base, None), 0, 1.0)
    low, high = found.interval(np.full(len(found.days), 2.0))
    assert np.allclose(high - low, 4 * found.error, rtol=1e-4)
    assert np.allclose(found.p_above(0.0) + found.p_below(0.0), 1.0)


def test_more_noise_gives_less_information():
    level = np.full((30, 200), 3.8)
    errors = []
    for sd in (0.5, 1.5):
        _, base = fitted(planted(level, sd=sd), 150)
        base = dataclasses.replace(base, scale=1.0)
        errors.append(evidence(base, _ahead(base, None), 0, 1.0).error[-1])
    assert errors[0] < errors[1]
