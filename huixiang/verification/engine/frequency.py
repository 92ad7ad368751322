"""How often damage happens on this panel: learnt from all units before a day."""

import numpy as np
from scipy.linalg import solve_triangular

from huixiang.verification.engine.baseline import Baseline, baseline
from huixiang.verification.engine.damage import Damage, bayes_factors, courses
from huixiang.verification.engine.design import Design
from huixiang.verification.engine.forecast import covariance
from huixiang.verification.engine.history import History
from huixiang.verification.engine.memory import Memory, fit_memory
from huixiang.verification.engine.panel import FloatArray

FACTORS = np.array([0, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.4, 2.0])
WINDOW_DAYS = 150
EVERY_DAYS = 28  # learnt anew
LEAST_DAYS = 90  # of panel before anything is learnt
N_ROWS = 60  # the rows that say most
LEAST_ROW_DAYS = 30
START_STEP = 2
ABSORBED = 1.4  # part of the damage hides in the memory it is measured against


def learning_day(past: History, cut: int) -> int:
    """Return the last calendar-fixed learning day up to *cut*."""
    return cut - (past.panel.first_day.toordinal() + cut) % EVERY_DAYS


def rate_factor(past: History, cut: int, damage: Damage, design: Design) -> float:
    """Return the posterior mean of the rate, relative to the prior's, as of *cut*."""
    if cut < LEAST_DAYS:
        return float(FACTORS.mean())
    base = baseline(past, unit=-1, cut=cut, until=cut, design=design)
    memory = fit_memory(base, past.unit_of_row)
    adapted = damage.adapted(rate_factor=1.0, scale=base.scale)
    since = max(0, cut - WINDOW_DAYS)
    weight = base.weight[:, since:].sum(1)
    rows = np.argsort(-weight, kind="stable")[:N_ROWS]
    log_likelihood = np.zeros(len(FACTORS))
    for row in rows[weight[rows] > 0]:
        days = since + np.flatnonzero(base.weight[row, since:] > 0)
        if len(days) >= LEAST_ROW_DAYS:
            unit = int(past.unit_of_row[row])
            log_likelihood += _support(base, memory, adapted, unit, days.astype(float))
    support = np.exp(log_likelihood - log_likelihood.max())
    return ABSORBED * float(support @ FACTORS / support.sum())


def _support(
    base: Baseline, memory: Memory, damage: Damage, unit: int, days: FloatArray
) -> FloatArray:
    """Return the log likelihood of each factor from one unit's days."""
    at = days.astype(np.intp)
    k = covariance(base, memory, days, ())
    root = np.linalg.cholesky(k + np.diag(base.noise[unit] / base.n[unit, at]))
    laid = courses(damage, days, days[:0], START_STEP)
    gap = base.adjusted[unit, at] - base.trend[at] - base.level_centre
    white = solve_triangular(root, np.column_stack([laid.past, gap]), lower=True)
    log_factor, _, _ = bayes_factors(damage, white[:, :-1], white[:, -1])
    happened = laid.prior @ np.exp(np.minimum(log_factor, 50.0))
    nothing = np.maximum(1 - FACTORS * laid.prior.sum(), 0.05)
    return np.asarray(np.log(nothing + FACTORS * happened), float)
