"""Are lasting improvements kept, and fading ones reopened?

Usage: python -m bench.verdicts.lasting [--seeds 1-6]

Fixes that were called improved are looked at 48, 62, 76 and 90 days (where it cannot be
told, 118 and 146 days) after the fix, as `huixiang run verify` does; what decides first
counts. A fading fix loses its whole effect between day 30 and day 60.
"""

import argparse
import dataclasses
import datetime as dt
from collections import Counter

import numpy as np

from bench.verdicts.simulation import Simulated, World, simulate
from huixiang.domain.proof.verdict import VerdictKind
from huixiang.steps.verify.lasting import (
    EARLY_CERTAINTY,
    FULL_DAYS,
    AfterLook,
    look_days,
)
from huixiang.steps.verify.lasting import step_after as step
from huixiang.verification.checks.relapse import CERTAINTY, relapse_look
from huixiang.verification.engine.design import ActionWindow
from huixiang.verification.engine.judging import judge
from huixiang.verification.engine.panel import Panel

EFFECTS = (0.33, 0.6)
FADES = (30, 60)


def main() -> None:
    """Print one line for each effect, lasting and fading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-6")
    first, last = map(int, parser.parse_args().seeds.split("-"))
    for effect in EFFECTS:
        for fading in (False, True):
            said: Counter[str] = Counter()
            for seed in range(first, last + 1):
                said += _said(_world(seed, effect, fading=fading))
            n = max(said.total(), 1)
            words = "  ".join(f"{k} {v / n:.0%}" for k, v in sorted(said.items()))
            name = f"{effect:.2f} stars, {'fading' if fading else 'lasting'}"
            print(f"{name:22} n={n}  {words}", flush=True)


def _world(seed: int, effect: float, *, fading: bool) -> Simulated:
    world = World(n_units=40, n_days=420, volume=(3.0, 15.0), effects=(effect,))
    world = dataclasses.replace(world, first_open=120, follow_days=190)
    found = simulate(world, np.random.default_rng(seed))
    return dataclasses.replace(found, panel=_faded(found, effect)) if fading else found


def _faded(found: Simulated, effect: float) -> Panel:
    """Take the effect off again, little by little."""
    panel = found.panel
    total, squares = panel.total.copy(), panel.squares.copy()
    days = np.arange(panel.n_days)
    for action in found.actions:
        unit, fixed = panel.units.index(action.unit), panel.day(_fixed_on(action))
        lost = effect * np.clip((days - fixed - FADES[0]) / (FADES[1] - FADES[0]), 0, 1)
        lost = np.where(days >= fixed, lost, 0.0)[:, None]
        squares[unit] -= 2 * lost * total[unit] - lost**2 * panel.n[unit]
        total[unit] -= lost * panel.n[unit]
    return dataclasses.replace(panel, total=total, squares=squares)


def _said(found: Simulated) -> Counter[str]:
    said: Counter[str] = Counter()
    judged = judge(found.panel, found.actions, as_of=found.panel.last_day)
    for action, each in zip(found.actions, judged, strict=True):
        if each.verdict.kind is VerdictKind.IMPROVED:
            said[_decided(found, action, each.verdict.as_of)] += 1
    return said


def _fixed_on(action: ActionWindow) -> dt.date:
    if action.resolved_on is None:
        raise ValueError("the simulated world fixes everything")
    return action.resolved_on


def _decided(found: Simulated, action: ActionWindow, verified_on: dt.date) -> str:
    fixed_on = _fixed_on(action)
    for days in look_days(fixed_on, verified_on):
        on = fixed_on + dt.timedelta(days=days - 1)
        look = relapse_look(
            found.panel, action, found.actions, as_of=on, look_days=days,
            certainty=CERTAINTY if days in FULL_DAYS else EARLY_CERTAINTY,
        )  # fmt: skip
        if step(look.outcome, days) is not AfterLook.WAIT:
            return f"{look.outcome.value} on day {days}"
    return "open"


if __name__ == "__main__":
    main()
