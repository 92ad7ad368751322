"""A small seeded world to test the engine in: items are opened because a score dipped."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from huixiang.verification.design import ActionWindow
from huixiang.verification.panel import FloatArray, IntArray, Panel

CUTS = np.array([-2.2, -1.5, -0.75, 0.55])  # logistic thresholds between 1 and 5
STARS = np.arange(1, 6)
FIRST_DAY = dt.date(2024, 1, 1)
CHANNELS = ("app", "desk")
CHANNEL_LEVEL = np.array([0.15, -0.35])
STAR_PER_LATENT = 0.62  # near the usual level, for the size of an effect in stars


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """How scores behave; SDs on the latent (logistic) scale, lengths in days."""

    n_units: int = 40
    n_days: int = 300
    volume: tuple[float, float] = (2.0, 20.0)  # feedbacks a day, log-uniform
    sd_unit: float = 0.35
    sd_wander: float = 0.18
    memory_days: float = 11.0
    sd_trend: float = 0.10
    step: float = 0.2  # of one lasting change for all units
    dips_per_year: float = 0.6
    dip_depth: tuple[float, float] = (0.3, 1.1)
    dip_days: float = 16.0
    first_open: int = 120
    open_z: float = -1.5  # of the last 14 days against all before
    follow_days: int = 84
    effects: tuple[float, ...] = (0.0,)  # in stars, dealt out in turn
    mix_shift: float = 0.0  # change of the log odds of the first channel by the fix


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Simulated:
    """A panel, its actions and what they really did."""

    panel: Panel
    actions: tuple[ActionWindow, ...]
    true_effect: Mapping[str, float]  # stars, mean over the follow-up


def simulate(world: World, rng: np.random.Generator) -> Simulated:
    """Draw a world: scores, the items opened on dips, and fixes 7 to 30 days later."""
    latent = _latent(world, rng)
    volume = np.exp(rng.uniform(*_logs(world.volume), world.n_units))
    share = np.full((world.n_units, world.n_days, 1), 0.65)
    mix = np.concatenate([share, 1 - share], axis=2)
    untouched = _draw(latent, volume, mix, rng)
    opened = _openings(untouched, world)
    fixed = {u: day + int(rng.integers(7, 31)) for u, day in opened.items()}
    changed, shifted, true = latent.copy(), mix.copy(), {}
    for k, (unit, day) in enumerate(sorted(fixed.items())):
        effect = world.effects[k % len(world.effects)] / STAR_PER_LATENT
        changed[unit, day:] += effect
        shifted[unit, day:] = _shift(mix[unit, day:], world.mix_shift)
        true[f"A{unit:03d}"] = _true_effect(latent, changed, shifted, unit, day)
    treated = _draw(changed, volume, shifted, rng)
    for unit, day in fixed.items():
        untouched[unit, day:] = treated[unit, day:]
    return Simulated(
        panel=_panel(untouched),
        actions=tuple(_window(u, opened[u], fixed[u]) for u in sorted(opened)),
        true_effect=true,
    )


def _logs(ends: tuple[float, float]) -> tuple[float, float]:
    """Return the logs of a range."""
    return math.log(ends[0]), math.log(ends[1])


def _latent(world: World, rng: np.random.Generator) -> FloatArray:
    """Return the level of every unit and day: trend, wander and dips that heal."""
    n_units, n_days = world.n_units, world.n_days
    days = np.arange(n_days)
    level = 0.5 + rng.normal(0, world.sd_unit, (n_units, 1))
    trend = _wander(1, n_days, world.sd_trend, 40.0, rng)
    trend = trend + world.step * (days >= rng.integers(30, n_days - 30))
    latent = (
        level
        + trend
        + _wander(n_units, n_days, world.sd_wander, world.memory_days, rng)
    )
    n_dips = rng.poisson(world.dips_per_year * n_days / 365, n_units)
    for unit in np.repeat(np.arange(n_units), n_dips):
        age = days - rng.integers(20, n_days)
        depth = rng.uniform(*world.dip_depth)
        latent[unit] -= np.where(
            age >= 0, depth * np.exp(-np.maximum(age, 0) / world.dip_days), 0.0
        )
    return np.asarray(latent, float)


def _wander(
    n_rows: int, n_days: int, sd: float, memory_days: float, rng: np.random.Generator
) -> FloatArray:
    """Return autoregressive noise."""
    keep = np.exp(-1 / memory_days)
    noise = rng.normal(0, sd, (n_rows, n_days))
    for day in range(1, n_days):
        noise[:, day] *= np.sqrt(1 - keep**2)
        noise[:, day] += keep * noise[:, day - 1]
    return np.asarray(noise, float)


def _probabilities(latent: FloatArray) -> FloatArray:
    """Return the chance of each star."""
    below = 1 / (1 + np.exp(-(CUTS - latent[..., None])))
    edges = np.concatenate(
        [np.zeros_like(below[..., :1]), below, np.ones_like(below[..., :1])], axis=-1
    )
    return np.diff(edges, axis=-1)


def _draw(
    latent: FloatArray, volume: FloatArray, mix: FloatArray, rng: np.random.Generator
) -> IntArray:
    """Return counts per unit, day, channel and star."""
    n = rng.poisson(volume[:, None, None] * mix)
    drawn = rng.multinomial(n, _probabilities(latent[..., None] + CHANNEL_LEVEL))
    return np.asarray(drawn, np.intp)


def _openings(counts: IntArray, world: World) -> dict[int, int]:
    """Open at most one item a unit, on the first day its last 14 days look bad."""
    n = counts.sum((-1, -2)).astype(float)
    total = (counts.sum(2) @ STARS).astype(float)
    opened: dict[int, int] = {}
    last = world.n_days - world.follow_days - 31
    for day in range(world.first_open, last):
        recent = total[:, day - 14 : day].sum(1) / n[:, day - 14 : day].sum(1).clip(1)
        usual = total[:, :day].sum(1) / n[:, :day].sum(1).clip(1)
        error = 1.2 / np.sqrt(n[:, day - 14 : day].sum(1).clip(1))
        for unit in np.flatnonzero((recent - usual) / error < world.open_z):
            opened.setdefault(int(unit), day)
    return opened


def _shift(mix: FloatArray, by: float) -> FloatArray:
    """Move the log odds of the first channel."""
    odds = mix[:, :1] / mix[:, 1:] * np.exp(by)
    return np.concatenate([odds / (1 + odds), 1 / (1 + odds)], axis=1)


def _true_effect(
    before: FloatArray, after: FloatArray, mix: FloatArray, unit: int, day: int
) -> float:
    """Return the mean change in stars, at the mix that holds after the fix."""
    days = slice(day, day + 84)
    stars = [
        (_probabilities(x[unit, days, None] + CHANNEL_LEVEL) @ STARS * mix[unit, days])
        for x in (before, after)
    ]
    return float((stars[1] - stars[0]).sum(1).mean())


def _panel(counts: IntArray) -> Panel:
    """Sum the ratings up."""
    return Panel(
        units=tuple(f"unit-{k:03d}" for k in range(len(counts))),
        channels=CHANNELS,
        first_day=FIRST_DAY,
        n=counts.sum(-1).astype(float),
        total=(counts @ STARS).astype(float),
        squares=(counts @ STARS**2).astype(float),
    )


def _window(unit: int, opened: int, fixed: int) -> ActionWindow:
    """Return the action as the application would know it."""
    return ActionWindow(
        action_id=f"A{unit:03d}",
        unit=f"unit-{unit:03d}",
        opened_on=FIRST_DAY + dt.timedelta(days=opened),
        resolved_on=FIRST_DAY + dt.timedelta(days=fixed),
    )
