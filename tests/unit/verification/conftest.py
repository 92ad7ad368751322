"""Small simulated worlds, drawn and judged once."""

import numpy as np
import pytest

from bench.verdicts.simulation import World, simulate
from huixiang.verification.engine.judging import judge

SMALL = World(n_units=30, n_days=280, volume=(4.0, 12.0), dips_per_year=1.2)


@pytest.fixture(scope="session")
def helped():
    """Every fix in it adds 0.6 stars."""
    return simulate(
        World(n_units=30, n_days=280, volume=(4.0, 12.0), effects=(0.6,)),
        np.random.default_rng(5),
    )


@pytest.fixture(scope="session")
def quiet():
    """Nothing is fixed in it; tests plant what they need."""
    return simulate(SMALL, np.random.default_rng(11)).panel


@pytest.fixture(scope="session")
def judged(helped):
    return judge(helped.panel, helped.actions, as_of=helped.panel.last_day)
