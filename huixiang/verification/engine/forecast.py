"""The forecast without the fix, and the evidence against it that adds up by day.

Hauer's empirical-Bayes before-after study in Gaussian-process form: conditioning on
the unit's past removes regression to the mean whatever rule opened the item.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve_triangular
from scipy.special import ndtr

from huixiang.verification.engine.baseline import Baseline
from huixiang.verification.engine.damage import (
    Damage,
    DipExplanations,
    explain,
    nothing_special,
)
from huixiang.verification.engine.memory import Memory
from huixiang.verification.engine.panel import BoolArray, FloatArray

LOADING_VARIANCE = 0.09  # units follow the common trend with loading 1 +- 0.3
RESET_VARIANCE = 0.09  # what an earlier fix of the same unit may have moved
N_HALVINGS = 22


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Forecast:
    """What the days after the fix should look like, given the days before it.

    Mean and covariance (trend removed, response noise left out) are those of the
    mixture over all explanations of the past.
    """

    days: FloatArray
    mean: FloatArray
    covariance: FloatArray
    explanations: DipExplanations


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class DailyEvidence:
    """Estimate of a lasting step from the days so far, one entry per day.

    The error of the estimate is a mixture of normals: *offset* and *sd* per day and
    explanation, *weight* per explanation.
    """

    days: FloatArray
    effect: FloatArray
    information: FloatArray
    n_after: FloatArray
    offset: FloatArray
    sd: FloatArray
    weight: FloatArray

    @property
    def error(self) -> FloatArray:
        """Return the standard error."""
        return np.asarray(1 / np.sqrt(self.information), float)

    def p_above(self, step: FloatArray | float) -> FloatArray:
        """Return the chance of an estimate as high or higher, if the truth is *step*."""
        z = ((self.effect - step)[:, None] - self.offset) / self.sd
        return np.asarray(ndtr(-z) @ self.weight, float)

    def p_below(self, step: FloatArray | float) -> FloatArray:
        """Return the chance of an estimate as low or lower, if the truth is *step*."""
        return 1 - self.p_above(step)

    def interval(self, critical: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the steps that *critical* (as for a normal) cannot rule out."""
        tail = ndtr(-critical)
        reach = (critical + 6) * self.error
        low = _solve(lambda step: self.p_above(step) > tail, self.effect, -reach)
        high = _solve(lambda step: self.p_above(step) < 1 - tail, self.effect, reach)
        return np.minimum(low, self.effect), np.maximum(high, self.effect)


def forecast(
    base: Baseline,
    memory: Memory,
    *,
    unit: int,
    before: FloatArray,
    after: FloatArray,
    resets: tuple[int, ...] = (),
    damage: Damage | None = None,
) -> Forecast:
    """Forecast the level (trend removed) on the days *after* from those *before*."""
    k = covariance(base, memory, np.concatenate([before, after]), resets)
    m, at = len(before), before.astype(np.intp)
    noise = np.diag(base.noise[unit] / base.n[unit, at])
    root = np.asarray(np.linalg.cholesky(k[:m, :m] + noise), float)
    gap = base.adjusted[unit, at] - base.trend[at] - base.level_centre
    white = solve_triangular(root, np.column_stack([k[:m, m:], gap]), lower=True)
    gain, gap = white[:, :-1], white[:, -1]
    known = nothing_special(len(after))
    if damage is not None:
        known = explain(damage, root, gap, gain, before, after)
    shift = known.ahead @ (known.weight * known.depth)
    second = known.weight * (known.spread + known.depth**2)
    spread = (known.ahead * second) @ known.ahead.T - np.outer(shift, shift)
    return Forecast(
        days=after,
        mean=base.level_centre + gain.T @ gap + shift,
        covariance=k[m:, m:] - gain.T @ gain + spread,
        explanations=known,
    )


def covariance(
    base: Baseline, memory: Memory, days: FloatArray, resets: tuple[int, ...]
) -> FloatArray:
    """Return the prior covariance of the unit's level on *days*."""
    at = days.astype(np.intp)
    known = base.trend[at[days < base.cut]]
    trend = base.trend[at] - (known.mean() if len(known) else 0.0)
    k = base.level_variance + memory.covariance(days)
    k += LOADING_VARIANCE * np.outer(trend, trend)
    for reset in resets:
        after = (days >= reset).astype(float)
        k += RESET_VARIANCE * base.scale**2 * np.outer(after, after)
    k[np.diag_indices_from(k)] += memory.nugget + base.trend_variance[at]
    return k


def evidence(
    base: Baseline, ahead: Forecast, unit: int, factor: float
) -> DailyEvidence:
    """Estimate the step by generalised least squares on the days with feedback.

    The forecast errors are whitened in time order, so the running score is a Brownian
    motion in information time; *factor* widens all errors.
    """
    at = ahead.days.astype(np.intp)
    seen = base.n[unit, at] > 0
    at, n = at[seen], base.n[unit, at[seen]]
    k = ahead.covariance[np.ix_(seen, seen)] + np.diag(base.noise[unit] / n)
    gap = base.adjusted[unit, at] - base.trend[at] - ahead.mean[seen]
    known = ahead.explanations
    white = solve_triangular(
        np.linalg.cholesky(k),
        np.column_stack([np.ones(len(at)), gap, known.ahead[seen]]),
        lower=True,
    )
    step = white[:, 0]
    information = np.cumsum(step**2)
    course = np.cumsum(step[:, None] * white[:, 2:], axis=0) / information[:, None]
    offset, sd = _errors(course, known, 1 / information)
    return DailyEvidence(
        days=at.astype(float),
        effect=np.cumsum(step * white[:, 1]) / information,
        information=information / factor**2,
        n_after=np.cumsum(n),
        offset=offset,
        sd=sd * factor,
        weight=known.weight,
    )


def planned_information(ahead: Forecast, *, noise: float, volume: float) -> FloatArray:
    """Return the information by day of follow-up if the volume stays."""
    k = ahead.covariance + np.eye(len(ahead.days)) * noise / volume
    white = solve_triangular(
        np.linalg.cholesky(k), np.ones(len(ahead.days)), lower=True
    )
    return np.asarray(np.cumsum(white**2), float)


def _errors(
    course: FloatArray, known: DipExplanations, variance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Split the estimate's error into one normal per explanation."""
    mean = course * known.depth
    shift = mean @ known.weight
    second = course**2 * (known.spread + known.depth**2)
    plain = variance - (second @ known.weight - shift**2)
    each = np.maximum(plain, 1e-12)[:, None] + course**2 * known.spread
    return mean - shift[:, None], np.sqrt(each)


def _solve(
    inside: Callable[[FloatArray], BoolArray], start: FloatArray, reach: FloatArray
) -> FloatArray:
    """Halve towards the farthest point from *start* that is still inside."""
    near, far = start, start + reach
    for _ in range(N_HALVINGS):
        middle = (near + far) / 2
        kept = inside(middle)
        near, far = np.where(kept, middle, near), np.where(kept, far, middle)
    return near
