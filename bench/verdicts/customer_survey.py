"""How often does the follow-up survey call recoveries that did nothing improved?

Usage: python bench/verdicts/customer_survey.py [--runs 2000] [--seed 1]

Customers have a level of their own and rate it with chance; who rates two stars or
less complains. Departments answer some of them, the unhappiest first where they can.
The next ratings are looked at again after every four answers, and the first verdict
counts. "plain" is the share in which a paired t-test of next against first rating, done
once, says "improved".
"""

import argparse
from collections import Counter
from dataclasses import dataclass

import numpy as np

from huixiang.verification.checks.customer_survey import Repeat, customer_survey

MEAN = 3.9
LOW = 2.0
T_VALUE = 2.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Clients:
    """A world of customers; `reliability` is the share of variance that is their own."""

    n: int = 3000
    sd: float = 1.2
    reliability: float = 0.3
    n_helped: int = 60
    answer_rate: float = 0.5
    effect: float = 0.0
    worst_first: bool = True
    others_complain: bool = True  # False: nobody else who complained rates again


def pairs(
    world: Clients, rng: np.random.Generator
) -> tuple[list[Repeat], list[Repeat], list[Repeat]]:
    """Draw those answered, those alike and everybody."""
    own = rng.normal(MEAN, world.sd * world.reliability**0.5, world.n)
    noise = world.sd * (1 - world.reliability) ** 0.5
    before, after = (_stars(own + rng.normal(0, noise, world.n)) for _ in range(2))
    complains = np.flatnonzero(before <= LOW)
    order = before[complains] + rng.uniform(0, 3.0, len(complains))
    chosen = complains[
        np.argsort(order if world.worst_first else rng.random(len(order)))
    ]
    helped = rng.permutation(chosen[: world.n_helped])
    better = _stars(own + rng.normal(world.effect, noise, world.n))
    again = helped[rng.random(len(helped)) < world.answer_rate]
    answered = [Repeat(before=before[k], after=better[k]) for k in again]
    rest = np.setdiff1d(np.arange(world.n), helped)
    rest = rest[rng.random(len(rest)) < world.answer_rate]
    if not world.others_complain:
        rest = rest[before[rest] > LOW]
    everybody = [Repeat(before=before[k], after=after[k]) for k in rest]
    return answered, [r for r in everybody if r.before <= LOW], everybody


def _stars(values: np.ndarray) -> np.ndarray:
    return np.clip(np.round(values), 1, 5)


def looked(
    world: Clients, rng: np.random.Generator, every: int = 4
) -> tuple[str, bool]:
    """Return the first verdict while the answers come in, and what a t-test says."""
    answered, alike, everybody = pairs(world, rng)
    said = "inconclusive"
    for n in [*range(12, len(answered), every), len(answered)]:
        found = customer_survey(answered[:n], alike, everybody, n_asked=world.n_helped)
        said = found.kind.value
        if found.kind.is_terminal:
            break
    return said, _fooled(answered)


def _fooled(answered: list[Repeat]) -> bool:
    change = np.array([pair.after - pair.before for pair in answered])
    error = change.std(ddof=1) / len(change) ** 0.5
    return bool(change.mean() > T_VALUE * error)


WORLDS = {
    "nothing helps": Clients(),
    "nothing helps, few helped": Clients(n_helped=30),
    "nothing helps, many helped": Clients(n_helped=200),
    "nothing helps, steady customers": Clients(reliability=0.6),
    "nothing helps, moody customers": Clients(reliability=0.1),
    "nothing helps, only the content rate twice": Clients(others_complain=False),
    "helps by half a star": Clients(effect=0.5),
    "helps by a star": Clients(effect=1.0),
    "harms by half a star": Clients(effect=-0.5),
}


def main() -> None:
    """Print one line for each world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for name, world in WORLDS.items():
        rng = np.random.default_rng(given.seed)
        found = [looked(world, rng) for _ in range(given.runs)]
        said = Counter(kind for kind, _ in found)
        words = "  ".join(f"{k} {n / given.runs:.1%}" for k, n in sorted(said.items()))
        plain = sum(fooled for _, fooled in found) / given.runs
        print(f"{name:45} plain {plain:.0%}  {words}", flush=True)


if __name__ == "__main__":
    main()
