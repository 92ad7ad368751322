"""False alarms, power and coverage in the project's own small worlds.

python -m bench.verdicts.simulate [--worlds 10] [--units 60]
"""

import argparse
from collections.abc import Iterable

import numpy as np

from bench.verdicts.simulation import World, simulate
from huixiang.domain.proof.verdict import Verdict, VerdictKind
from huixiang.verification.engine.judging import judge

EFFECTS = (0.0, 0.33, 0.6, -0.34)
Pair = tuple[Verdict, float]


def judged(effect: float, *, n_worlds: int, n_units: int) -> list[Pair]:
    """Judge all items of some worlds in which every fix has one effect."""
    world = World(n_units=n_units, volume=(1.0, 20.0), effects=(effect,))
    pairs: list[Pair] = []
    for seed in range(n_worlds):
        drawn = simulate(world, np.random.default_rng(seed))
        found = judge(drawn.panel, drawn.actions, as_of=drawn.panel.last_day)
        pairs += [(j.verdict, drawn.true_effect[j.action_id]) for j in found]
    return pairs


def share(flags: Iterable[bool]) -> float:
    """Return a percentage."""
    return 100 * float(np.mean(list(flags)))


def row(effect: float, pairs: list[Pair]) -> str:
    """Return one line of the table."""
    kinds = [verdict.kind for verdict, _ in pairs]
    plain = [v.plain_comparison is not None and v.plain_comparison.verdict is VerdictKind.IMPROVED
             for v, _ in pairs]  # fmt: skip
    inside = [v.effect.low <= true <= v.effect.high
              for v, true in pairs if v.effect is not None]  # fmt: skip
    cells = [share(kind is wanted for kind in kinds) for wanted in VerdictKind]
    return f"{effect:+6.2f} {len(pairs):6d} " + " ".join(
        f"{cell:13.1f}" for cell in (*cells, share(inside), share(plain))
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worlds", type=int, default=10)
    parser.add_argument("--units", type=int, default=60)
    chosen = parser.parse_args()
    names = [*VerdictKind, "coverage", "plain improved"]
    print("effect  items " + " ".join(f"{name:>13s}" for name in names))
    for effect in EFFECTS:
        print(row(effect, judged(
            effect, n_worlds=chosen.worlds, n_units=chosen.units
        )), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
