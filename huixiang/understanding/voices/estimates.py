"""Addable summaries of numbers, and the estimates they give."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from huixiang.domain.coding.insight import Estimate
from huixiang.domain.proof.share import share_interval

Z95 = 1.959964
"""Two-sided 95 % of the normal distribution."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """How many numbers, their sum and the sum of their squares."""

    n: int = 0
    total: float = 0.0
    total_sq: float = 0.0

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(
            n=self.n + other.n,
            total=self.total + other.total,
            total_sq=self.total_sq + other.total_sq,
        )

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(
            n=self.n - other.n,
            total=self.total - other.total,
            total_sq=self.total_sq - other.total_sq,
        )

    @property
    def mean(self) -> float:
        """The mean; only where there is at least one number."""
        return self.total / self.n

    @property
    def deviance(self) -> float:
        """The sum of squared distances from the mean."""
        return max(self.total_sq - self.total**2 / self.n, 0.0) if self.n else 0.0


def add_up(parts: Iterable[Sums]) -> Sums:
    """Return the sum of *parts*."""
    return sum(parts, Sums())


def around(value: float, variance: float, n: int) -> Estimate:
    """Return a value with its 95 % interval from the variance of the estimate."""
    half = Z95 * math.sqrt(max(variance, 0.0))
    return Estimate(value=value, low=value - half, high=value + half, n=n)


def mean_of(sums: Sums, usual_variance: float) -> Estimate:
    """Return the mean with its interval.

    One imagined number's worth of *usual_variance* keeps an interval open where all
    numbers happen to be the same.
    """
    variance = (sums.deviance + usual_variance) / sums.n
    return around(sums.mean, variance / sums.n, sums.n)


def share_of(n: int, of: int) -> Estimate:
    """Return a share with its interval (Wilson 1927)."""
    low, high = share_interval(n, of)
    return Estimate(value=n / of, low=low, high=high, n=of)
