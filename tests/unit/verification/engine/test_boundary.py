"""The daily line is crossed as often as it says, whatever the follow-up."""

import numpy as np
import pytest
from scipy.special import ndtr

from huixiang.verification.engine.boundary import (
    critical_constant,
    crossing_probability,
)


def crossed_share(ratio, constant, shape, n_paths=20_000, n_looks=60):
    """Return how many simulated Brownian motions cross the line at any look."""
    times = np.geomspace(1 / ratio, 1.0, n_looks)
    steps = np.sqrt(np.diff(times, prepend=0.0))
    rng = np.random.default_rng(3)
    paths = np.cumsum(rng.standard_normal((n_paths, n_looks)) * steps, axis=1)
    return (paths / np.sqrt(times) > constant * times ** (shape - 0.5)).any(1).mean()


@pytest.mark.parametrize("ratio", [1.4, 3.0, 12.0])
@pytest.mark.parametrize("shape", [0.1, 0.5])
def test_the_line_is_crossed_with_probability_alpha(ratio, shape):
    constant = critical_constant(ratio=ratio, alpha=0.05, shape=shape)
    assert crossed_share(ratio, constant, shape) == pytest.approx(0.05, abs=0.008)


def test_one_look_needs_the_usual_value():
    constant = critical_constant(ratio=1.0, alpha=0.025, shape=0.1)
    assert 1.96 < constant < 2.3


def test_more_looks_never_cost_less_than_a_single_one():
    constants = [
        critical_constant(ratio=r, alpha=0.025, shape=0.5) for r in (1.2, 2, 4, 8)
    ]
    assert constants == sorted(constants)
    assert ndtr(-constants[0]) < 0.025


def test_a_probability_and_its_constant_belong_together():
    constant = critical_constant(ratio=4.0, alpha=0.025, shape=0.1)
    found = crossing_probability(ratio=4.0, constant=constant, shape=0.1)
    assert found == pytest.approx(0.025, abs=5e-4)


def test_a_line_below_everything_is_always_crossed():
    assert crossing_probability(ratio=4.0, constant=-1.0, shape=0.1) == 1.0
