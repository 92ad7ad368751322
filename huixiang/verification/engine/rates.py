"""Counts over an exposure, read as a multiple of what the unit usually has.

Units differ tenfold in their complaint rate, and all that moves a rate moves it by a
share: so a day is its count over the count expected at the unit's usual rate (Hauer's
empirical Bayes before-after study). Counts scatter more than Poisson's law says; how
much more is measured from one day to the next.
"""

from dataclasses import replace

import numpy as np

from huixiang.verification.engine.history import History, row_sums
from huixiang.verification.engine.panel import FloatArray

PRIOR_COUNTS = 4.0  # what the rate of all units says about one unit's
MOST_DISPERSION = 10.0
LEAST_PAIRS = 200
MOST_CELL_WEIGHT = 25.0  # a day with more expected counts says no more than this


def usual_rates(past: History, cut: int) -> FloatArray:
    """Return each unit's rate before *cut*, shrunk to that of all (gamma prior)."""
    counts = np.abs(_by_unit(past, past.cum_total, cut))
    exposure = _by_unit(past, past.cum_n, cut)
    pooled = max(float(counts.sum()), 1.0) / max(float(exposure.sum()), 1.0)
    return np.asarray((counts + PRIOR_COUNTS) / (exposure + PRIOR_COUNTS / pooled))


def relative(past: History, rates: FloatArray) -> History:
    """Return *past* with every exposure told as the counts usual for it."""
    panel = replace(past.panel, n=past.panel.n * rates[:, None, None])
    return replace(
        past,
        panel=panel,
        n=past.n * rates[:, None],
        cum_n=past.cum_n * rates[:, None, None],
    )


def dispersion(past: History, cut: int) -> float:
    """Return how many times Poisson's variance the daily counts of *past* have.

    Regresses half the squared change from one day to the next, in rates, on what
    Poisson's law expects of it; what does not shrink with the exposure is left over
    for the memory.
    """
    n = past.n[past.unit_of_row, :cut]
    live = past.mask[:, :cut] & (n > 0)
    pair = live[:, 1:] & live[:, :-1]
    if pair.sum() < LEAST_PAIRS:
        return 1.0
    rate = past.total[past.unit_of_row, :cut] / np.maximum(n, 1e-9)
    change = (np.diff(rate, axis=1)[pair] ** 2) / 2
    poisson = (1 / n[:, 1:][pair] + 1 / n[:, :-1][pair]) / 2
    weight = 1 / (poisson + 1 / MOST_CELL_WEIGHT)
    columns = np.column_stack([poisson, np.ones_like(poisson)]) * weight[:, None]
    found, *_ = np.linalg.lstsq(columns, change * weight, rcond=None)
    return float(np.clip(found[0], 1.0, MOST_DISPERSION))


def _by_unit(past: History, running: FloatArray, cut: int) -> FloatArray:
    """Return each unit's sum over its untreated days before *cut*."""
    sums = np.zeros(len(past.panel.units))
    np.add.at(sums, past.unit_of_row, row_sums(past, running, cut).sum(-1))
    return sums
