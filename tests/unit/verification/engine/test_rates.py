"""Counts over an exposure: usual rates, dispersion, and verdicts told as shares."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from bench.verdicts.simulation import World, simulate
from huixiang.domain.proof.verdict import Metric, VerdictKind
from huixiang.verification.engine.design import Design
from huixiang.verification.engine.history import history
from huixiang.verification.engine.judging import judge
from huixiang.verification.engine.panel import Panel
from huixiang.verification.engine.rates import dispersion, relative, usual_rates

RATES = Design(metric=Metric.COMPLAINT_RATE)


def counted(rates, *, exposure=100.0, times_poisson=1.0, seed=1, n_days=120):
    """Return a panel of counts with one rate a unit."""
    rng = np.random.default_rng(seed)
    mean = np.asarray(rates)[:, None, None] * exposure * np.ones((1, n_days, 1))
    if times_poisson > 1:
        extra = times_poisson - 1
        mean = rng.gamma(mean / extra) * extra
    counts = rng.poisson(mean).astype(float)
    return Panel(
        units=tuple(f"u{k:02d}" for k in range(len(counts))), channels=("a",),
        first_day=dt.date(2025, 1, 1), n=np.full_like(counts, exposure),
        total=counts, squares=counts,
    )  # fmt: skip


def test_usual_rates_are_those_of_each_unit():
    rates = np.geomspace(0.005, 0.1, 20)
    found = usual_rates(history(counted(rates), []), 120)
    assert found == pytest.approx(rates, rel=0.35)
    assert np.corrcoef(found, rates)[0, 1] > 0.99


def test_a_unit_without_counts_gets_a_rate_between_nothing_and_that_of_all():
    found = usual_rates(history(counted([0.0, 0.05, 0.05]), []), 10)
    assert 0 < found[0] < 0.025


@pytest.mark.parametrize("times_poisson", [1.0, 3.0])
def test_the_dispersion_of_counts_is_measured(times_poisson):
    rates = np.geomspace(0.01, 0.1, 30)
    past = history(counted(rates, times_poisson=times_poisson), [])
    found = dispersion(relative(past, usual_rates(past, 120)), 120)
    assert found == pytest.approx(times_poisson, rel=0.2)


def test_a_short_panel_is_taken_for_poisson():
    past = history(counted([0.05, 0.05], times_poisson=5.0, n_days=30), [])
    assert dispersion(relative(past, usual_rates(past, 30)), 30) == 1.0


@pytest.fixture(scope="module")
def fewer():
    """Complaints over contacts; every fix takes about a third of them away."""
    world = World(
        metric=Metric.COMPLAINT_RATE, n_units=30, n_days=280, volume=(4.0, 12.0),
        effects=(0.6, -0.6),
    )  # fmt: skip
    return simulate(world, np.random.default_rng(3))


@pytest.fixture(scope="module")
def verdicts(fewer):
    return judge(fewer.panel, fewer.actions, as_of=fewer.panel.last_day, design=RATES)


def test_fewer_complaints_are_an_improvement_and_more_are_not(fewer, verdicts):
    kinds = {True: [], False: []}
    for each in verdicts:
        kinds[fewer.true_effect[each.action_id] < 0].append(each.verdict.kind)
    assert kinds[True].count(VerdictKind.IMPROVED) >= 0.6 * len(kinds[True])
    assert VerdictKind.IMPROVED not in kinds[False]


def test_the_effect_is_a_share_of_the_usual_rate(fewer, verdicts):
    inside = [
        each.verdict.effect.low
        <= fewer.true_effect[each.action_id]
        <= each.verdict.effect.high
        for each in verdicts
    ]
    assert np.mean(inside) >= 0.85
    plain = [each.verdict.plain_comparison.effect.value for each in verdicts]
    assert 0.1 < np.mean(np.abs(plain)) < 1.0


def test_the_unit_in_which_exposure_is_counted_does_not_matter(fewer, verdicts):
    thousands = dataclasses.replace(fewer.panel, n=fewer.panel.n / 4)
    again = judge(thousands, fewer.actions, as_of=fewer.panel.last_day, design=RATES)
    for a, b in zip(verdicts, again, strict=True):
        assert a.verdict.kind is b.verdict.kind
        assert a.verdict.effect.value == pytest.approx(b.verdict.effect.value)
        assert a.verdict.n_after == b.verdict.n_after


def test_a_verdict_on_rates_uses_nothing_later(fewer, verdicts):
    settled = next(each for each in verdicts if each.verdict.kind.is_terminal)
    day = settled.verdict.as_of
    again = judge(fewer.panel.until(day), fewer.actions, as_of=day, design=RATES)
    same = next(each for each in again if each.action_id == settled.action_id)
    assert same.verdict.kind is settled.verdict.kind
    assert same.verdict.effect.value == pytest.approx(settled.verdict.effect.value)
    assert same.verdict.plain_comparison == settled.verdict.plain_comparison
