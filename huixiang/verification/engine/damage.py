"""Was the dip lasting damage, damage that heals, or nothing? Weigh all explanations.

A Gaussian forecast pulls every dip part of the way back. Multi-process models
(Harrison & Stevens 1976) ask instead since which day something lowered the level, for
good or fading. Each explanation adds one known course of unknown depth to the past,
so its weight and its forecast have closed forms.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import solve_triangular

from huixiang.verification.engine.panel import FloatArray

DAYS_A_YEAR = 365.0
LEAST_WEIGHT = 1e-4  # explanations below this are dropped


@dataclass(frozen=True, kw_only=True, slots=True)
class Damage:
    """How often damage starts, how it fades and how deep it goes (typical units)."""

    rates: tuple[float, ...] = (0.4, 0.3, 0.3)  # a year, per kind
    fading_days: tuple[float, ...] = (np.inf, 12.0, 25.0)  # per kind
    depth: float = -0.45
    depth_sd: float = 0.25
    reach_days: int = 120

    def adapted(self, *, rate_factor: float, scale: float) -> "Damage":
        """Return damage that is *rate_factor* as frequent, on another scale."""
        return replace(
            self,
            rates=tuple(rate * rate_factor for rate in self.rates),
            depth=self.depth * scale,
            depth_sd=self.depth_sd * scale,
        )


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class DipExplanations:
    """Weighted explanations of the past; the last one is "nothing special"."""

    weight: FloatArray
    depth: FloatArray  # posterior mean, 0 for nothing
    spread: FloatArray  # posterior variance, 0 for nothing
    ahead: FloatArray  # days x explanations: the course not foreseen by the Gaussian


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Courses:
    """Course per unit of depth before and after the fix, and each one's prior."""

    past: FloatArray
    ahead: FloatArray
    prior: FloatArray


def courses(
    damage: Damage, before: FloatArray, after: FloatArray, step: int = 1
) -> Courses:
    """Lay out every explanation: each kind, started on each *step*-th recent day."""
    starts = np.arange(before[-1] - damage.reach_days, before[-1] + 1, step)
    past: list[FloatArray] = []
    ahead: list[FloatArray] = []
    prior: list[FloatArray] = []
    for rate, fading in zip(damage.rates, damage.fading_days, strict=True):
        for days, parts in ((before, past), (after, ahead)):
            age = days[:, None] - starts[None, :]
            parts.append(np.where(age >= 0, np.exp(-np.maximum(age, 0) / fading), 0.0))
        prior.append(np.full(len(starts), rate * step / DAYS_A_YEAR))
    return Courses(
        past=np.hstack(past), ahead=np.hstack(ahead), prior=np.concatenate(prior)
    )


def bayes_factors(
    damage: Damage, whitened: FloatArray, gap: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return log Bayes factor, posterior mean and variance of the depth per course."""
    prior = damage.depth_sd**-2
    precision = (whitened**2).sum(0) + prior
    depth = (whitened.T @ gap + damage.depth * prior) / precision
    log_factor = (depth**2 * precision - damage.depth**2 * prior) / 2
    log_factor -= np.log(precision / prior) / 2
    return log_factor, depth, 1 / precision


def explain(
    damage: Damage,
    root: FloatArray,
    gap: FloatArray,
    gain: FloatArray,
    before: FloatArray,
    after: FloatArray,
) -> DipExplanations:
    """Weigh the explanations of *gap*, the whitened past (Cholesky *root*).

    *gain* is the whitened cross covariance of past and future.
    """
    laid = courses(damage, before, after)
    whitened = solve_triangular(root, laid.past, lower=True)
    log_factor, depth, spread = bayes_factors(damage, whitened, gap)
    top = max(float(log_factor.max()), 0.0)
    mass = laid.prior * np.exp(log_factor - top)
    nothing = max(1 - laid.prior.sum(), 0.05) * np.exp(-top)
    weight = np.append(mass, nothing) / (mass.sum() + nothing)
    kept = weight > LEAST_WEIGHT
    ahead = laid.ahead - gain.T @ whitened
    return DipExplanations(
        weight=weight[kept] / weight[kept].sum(),
        depth=np.append(depth, 0.0)[kept],
        spread=np.append(spread, 0.0)[kept],
        ahead=np.column_stack([ahead, np.zeros(len(after))])[:, kept],
    )


def nothing_special(n_days: int) -> DipExplanations:
    """Return the one explanation of a plain Gaussian forecast."""
    return DipExplanations(
        weight=np.ones(1),
        depth=np.zeros(1),
        spread=np.zeros(1),
        ahead=np.zeros((n_days, 1)),
    )
