"""False alarms, power and coverage of every metric, each in small worlds of its own.

python -m bench.verdicts.metrics [--worlds 12] [--units 40] [--metric nps]
"""

import argparse

import numpy as np

from bench.verdicts.simulation import World, simulate
from huixiang.domain.proof.verdict import Metric, VerdictKind
from huixiang.verification.engine.design import Design
from huixiang.verification.engine.judging import Judgement, judge

EFFECTS = (0.0, 0.33, 0.6)  # stars; 0 in all worlds, the others in a third of them
Pair = tuple[Judgement, float]


def judged(metric: Metric, effect: float, *, n_worlds: int, n_units: int) -> list[Pair]:
    """Judge all items of some worlds in which every fix has one effect."""
    world = World(
        metric=metric, n_units=n_units, volume=(1.0, 20.0), effects=(effect,),
        dips_per_year=1.0,
    )  # fmt: skip
    design, pairs = Design(metric=metric), []
    for seed in range(n_worlds):
        drawn = simulate(world, np.random.default_rng(seed))
        found = judge(
            drawn.panel, drawn.actions, as_of=drawn.panel.last_day, design=design
        )
        pairs += [(each, drawn.true_effect[each.action_id]) for each in found]
    return pairs


def share(pairs: list[Pair], kind: VerdictKind) -> float:
    """Return the percentage of a verdict."""
    return 100 * float(np.mean([each.verdict.kind is kind for each, _ in pairs]))


def covered(pairs: list[Pair]) -> float:
    """Return the percentage of intervals that hold the truth."""
    inside = [
        each.verdict.effect.low <= true <= each.verdict.effect.high
        for each, true in pairs
        if each.verdict.effect is not None
    ]
    return 100 * float(np.mean(inside))


def row(metric: Metric, n_worlds: int, n_units: int) -> str:
    """Return one line of the table."""
    idle, medium, large = (
        judged(
            metric, effect, n_worlds=n_worlds if not effect else max(1, n_worlds // 3),
            n_units=n_units,
        )
        for effect in EFFECTS
    )  # fmt: skip
    improved = [share(pairs, VerdictKind.IMPROVED) for pairs in (idle, medium, large)]
    back = share(medium + large, VerdictKind.NOT_IMPROVED)
    return f"{metric:14s} {len(idle):6d} {improved[0]:8.1f} {covered(idle):9.1f} " + (
        f"{improved[1]:7.1f} {improved[2]:6.1f} {back:10.1f} "
        f"{covered(medium + large):9.1f}"
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=12)
    parser.add_argument("--units", type=int, default=40)
    parser.add_argument("--metric", type=Metric, default=None)
    chosen = parser.parse_args()
    print(
        "metric           idle    false  coverage  medium  large  sent back  coverage"
    )
    for metric in [chosen.metric] if chosen.metric else Metric:
        print(row(metric, chosen.worlds, chosen.units), flush=True)


if __name__ == "__main__":
    main()
