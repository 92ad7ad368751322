"""Chance that repeats: every draw of the sample depends on its seed and its place."""

import random
from collections.abc import Sequence
from typing import TypeVar

Thing = TypeVar("Thing")


def stream(*place: object) -> random.Random:
    """Return the random numbers that belong to one place, the same on any machine."""
    return random.Random("|".join(map(str, place)))  # noqa: S311 - no secret depends on it


def happens(rng: random.Random, share: float) -> bool:
    """Say whether something happens that happens in this share of cases."""
    return rng.random() < share


def poisson(rng: random.Random, mean: float) -> int:
    """Return a count with that mean (exponential gaps, see Knuth, TAOCP 2, 3.4.1)."""
    count, gap = 0, rng.expovariate(1.0)
    while gap < mean:
        count, gap = count + 1, gap + rng.expovariate(1.0)
    return count


def weighted(rng: random.Random, choices: Sequence[tuple[Thing, float]]) -> Thing:
    """Return one of the choices, by weight."""
    things, weights = zip(*choices, strict=True)
    picked: Thing = rng.choices(things, weights)[0]
    return picked
