"""Coverage and false alarms on a small fixed set of worlds, item by item."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from bench.verdicts.simulation import World, simulate
from huixiang.domain.proof.verdict import Metric, VerdictKind
from huixiang.verification.engine.design import STANDARD, Design
from huixiang.verification.engine.judging import judge

IDLE = World(n_units=40, dips_per_year=1.2, volume=(2.0, 15.0))


def judged_worlds(world, seeds, design=STANDARD):
    """Judge some worlds; pair every judgement with the truth."""
    pairs = []
    for seed in seeds:
        drawn = simulate(world, np.random.default_rng(seed))
        found = judge(
            drawn.panel, drawn.actions, as_of=drawn.panel.last_day, design=design
        )
        pairs += [(j.verdict, drawn.true_effect[j.action_id]) for j in found]
    return pairs


@pytest.fixture(scope="module")
def idle():
    """Fixes that did nothing; half of the worlds also changed who is asked."""
    shifted = World(n_units=40, dips_per_year=1.2, volume=(2.0, 15.0), mix_shift=1.2)
    return judged_worlds(IDLE, (1, 2)) + judged_worlds(shifted, (3,))


def share(pairs, kind):
    return sum(verdict.kind is kind for verdict, _ in pairs) / len(pairs)


def test_fixes_that_did_nothing_are_rarely_called_improved(idle):
    assert len(idle) >= 50
    assert share(idle, VerdictKind.IMPROVED) <= 0.05
    assert share(idle, VerdictKind.WORSE) <= 0.05


def test_the_plain_comparison_is_fooled_by_the_same_items(idle):
    fooled = sum(
        v.plain_comparison.verdict is VerdictKind.IMPROVED for v, _ in idle
    ) / len(idle)
    assert fooled >= 0.15


def test_intervals_hold_the_truth(idle):
    inside = [v.effect.low <= true <= v.effect.high for v, true in idle]
    assert np.mean(inside) >= 0.9


def test_most_idle_fixes_are_sent_back(idle):
    assert share(idle, VerdictKind.NOT_IMPROVED) >= 0.4


def test_large_effects_are_found_and_harm_is_seen():
    pairs = judged_worlds(
        World(n_units=30, volume=(4.0, 20.0), effects=(0.6, -0.6)), (4,)
    )
    good = [pair for pair in pairs if pair[1] > 0]
    bad = [pair for pair in pairs if pair[1] < 0]
    assert share(good, VerdictKind.IMPROVED) >= 0.6
    assert share(bad, VerdictKind.IMPROVED) == 0
    assert share(bad, VerdictKind.WORSE) + share(bad, VerdictKind.NOT_IMPROVED) >= 0.8


def test_the_same_seed_gives_the_same_world():
    a, b = (simulate(World(n_units=5), np.random.default_rng(7)) for _ in range(2))
    assert np.array_equal(a.panel.total, b.panel.total)
    assert a.actions == b.actions


@pytest.mark.parametrize("metric", [Metric.NEGATIVE, Metric.NPS, Metric.CES])
def test_other_metrics_are_not_fooled_by_dips_either(metric):
    world = World(metric=metric, n_units=40, dips_per_year=1.2, volume=(2.0, 15.0))
    pairs = judged_worlds(world, (22,), Design(metric=metric))
    assert len(pairs) >= 10
    assert share(pairs, VerdictKind.IMPROVED) <= 1 / len(pairs)
    inside = [v.effect.low <= true <= v.effect.high for v, true in pairs]
    assert np.mean(inside) >= 0.85


def test_an_effect_that_fades_or_comes_late_is_seen_less_often_but_not_as_harm():
    shapes = {
        "lasting": {},
        "fading": {"half_life_days": 21.0},
        "late": {"delay_days": 21},
    }
    found = {
        name: judged_worlds(
            World(n_units=30, volume=(6.0, 20.0), effects=(0.6,), **shape), (5,)
        )
        for name, shape in shapes.items()
    }
    improved = {n: share(pairs, VerdictKind.IMPROVED) for n, pairs in found.items()}
    assert improved["lasting"] >= 0.8
    assert 0.25 <= improved["fading"] <= improved["lasting"]
    assert 0.25 <= improved["late"] <= improved["lasting"]
    for pairs in found.values():
        assert share(pairs, VerdictKind.WORSE) == 0


def test_a_late_effect_is_found_by_those_who_say_how_long_it_needs():
    drawn = simulate(
        World(n_units=30, volume=(6.0, 20.0), effects=(0.6,), delay_days=21),
        np.random.default_rng(5),
    )
    told = [dataclasses.replace(each, bite_days=21) for each in drawn.actions]
    effects = [
        np.median([j.verdict.effect.value for j in judge(
            drawn.panel, actions, as_of=actions[0].resolved_on + dt.timedelta(60)
        )[:1]])
        for actions in (drawn.actions, told)
    ]  # fmt: skip
    assert effects[1] > effects[0]
