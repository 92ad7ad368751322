"""A small seeded world to test the engine in: items are opened because a score dipped."""

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from huixiang.domain.proof.verdict import Metric
from huixiang.verification.engine.design import METRICS, ActionWindow
from huixiang.verification.engine.panel import FloatArray, Panel

CUTS = np.array([-2.2, -1.5, -0.75, 0.55])  # logistic thresholds between 1 and 5
CUTS_OF_EFFORT = np.array([-2.6, -1.9, -1.3, -0.7, 0.0, 1.0])  # between 1 and 7
VALUES: Mapping[Metric, FloatArray] = {
    Metric.MEAN: np.arange(1.0, 6.0),
    Metric.CES: np.arange(1.0, 8.0),
    Metric.TOP_BOX: np.array([0.0, 0, 0, 0, 1]),
    Metric.BOTTOM_BOX: np.array([1.0, 1, 0, 0, 0]),
    Metric.NPS: np.array([-1.0, -1, -1, 0, 1]),
    Metric.NEGATIVE: np.array([0.92, 0.7, 0.3, 0.06, 0.02]),  # chance of a complaint
}
SPREAD: Mapping[Metric, float] = {  # SD of one value, as the rule that opens sees it
    Metric.MEAN: 1.2, Metric.CES: 1.8, Metric.TOP_BOX: 0.5, Metric.BOTTOM_BOX: 0.4,
    Metric.NPS: 0.85, Metric.NEGATIVE: 0.45,
}  # fmt: skip
CONTACTS = 20.0  # behind one feedback, where complaints are counted over contacts
USUAL_RATE = (0.01, 0.1)  # complaints a contact, by unit
RATE_PER_LATENT = 0.6  # complaints fall by this share of the log as scores rise
DISPERSION = 2.0  # variance of a day's complaints over Poisson's
FIRST_DAY = dt.date(2024, 1, 1)
CHANNELS = ("app", "desk")
CHANNEL_LEVEL = np.array([0.15, -0.35])
STAR_PER_LATENT = 0.62  # near the usual level, for the size of an effect in stars


@dataclass(frozen=True, kw_only=True, slots=True)
class World:
    """How scores behave; SDs on the latent (logistic) scale, lengths in days."""

    metric: Metric = Metric.MEAN
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
    half_life_days: float = 0.0  # of the effect; 0: it lasts
    delay_days: int = 0  # before the fix works


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Simulated:
    """A panel, its actions and what they really did."""

    panel: Panel
    actions: tuple[ActionWindow, ...]
    true_effect: Mapping[str, float]  # in the metric's units, mean over the follow-up


def simulate(world: World, rng: np.random.Generator) -> Simulated:
    """Draw a world: scores, the items opened on dips, and fixes 7 to 30 days later."""
    latent = _latent(world, rng)
    volume = np.exp(rng.uniform(*_logs(world.volume), world.n_units))
    share = np.full((world.n_units, world.n_days, 1), 0.65)
    mix = np.concatenate([share, 1 - share], axis=2)
    untouched = _draw(latent, volume, mix, world, rng)
    opened = _openings(untouched, world)
    fixed = {u: day + int(rng.integers(7, 31)) for u, day in opened.items()}
    changed, shifted, true = latent.copy(), mix.copy(), {}
    for k, (unit, day) in enumerate(sorted(fixed.items())):
        effect = world.effects[k % len(world.effects)] / STAR_PER_LATENT
        changed[unit, day:] += effect * _course(world, world.n_days - day)
        shifted[unit, day:] = _shift(mix[unit, day:], world.mix_shift)
        true[f"A{unit:03d}"] = _true_effect(world, latent, changed, shifted, unit, day)
    treated = _draw(changed, volume, shifted, world, rng)
    for unit, day in fixed.items():
        untouched[:, unit, day:] = treated[:, unit, day:]
    return Simulated(
        panel=_panel(untouched),
        actions=tuple(_window(u, opened[u], fixed[u]) for u in sorted(opened)),
        true_effect=true,
    )


def _course(world: World, n_days: int) -> FloatArray:
    """Return how much of its effect a fix has on each day after it."""
    age = np.arange(n_days)
    course = 0.5 ** (age / world.half_life_days) if world.half_life_days else 1.0
    return np.asarray(np.where(age >= world.delay_days, course, 0.0), float)


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


def _probabilities(latent: FloatArray, metric: Metric) -> FloatArray:
    """Return the chance of each score."""
    cuts = CUTS_OF_EFFORT if metric is Metric.CES else CUTS
    below = 1 / (1 + np.exp(-(cuts - latent[..., None])))
    edges = np.concatenate(
        [np.zeros_like(below[..., :1]), below, np.ones_like(below[..., :1])], axis=-1
    )
    return np.diff(edges, axis=-1)


def _expected(latent: FloatArray, metric: Metric) -> FloatArray:
    """Return the mean value; of complaints over contacts in multiples of latent 0."""
    if metric is Metric.COMPLAINT_RATE:
        return np.asarray(np.exp(-RATE_PER_LATENT * latent), float)
    return np.asarray(_probabilities(latent, metric) @ VALUES[metric], float)


def _draw(
    latent: FloatArray,
    volume: FloatArray,
    mix: FloatArray,
    world: World,
    rng: np.random.Generator,
) -> FloatArray:
    """Return count, sum and sum of squares per unit, day and channel."""
    n = rng.poisson(volume[:, None, None] * mix)
    level = latent[..., None] + CHANNEL_LEVEL
    if world.metric is Metric.COMPLAINT_RATE:
        exposure = n * CONTACTS
        usual = np.geomspace(*USUAL_RATE, len(volume))[:, None, None]
        mean = np.maximum(exposure * usual * _expected(level, world.metric), 1e-9)
        shape = mean / (DISPERSION - 1)
        complaints = rng.poisson(rng.gamma(shape) * (DISPERSION - 1)).astype(float)
        return np.stack([exposure, complaints, complaints])
    counts = rng.multinomial(n, _probabilities(level, world.metric))
    values = VALUES[world.metric]
    if world.metric is Metric.NEGATIVE:
        flagged = rng.binomial(counts, values).sum(-1)
        return np.stack([n, flagged, flagged]).astype(float)
    return np.stack([n, counts @ values, counts @ values**2]).astype(float)


def _openings(drawn: FloatArray, world: World) -> dict[int, int]:
    """Open at most one item a unit, on the first day its last 14 days look bad."""
    n, total = drawn[0].sum(-1), drawn[1].sum(-1) * METRICS[world.metric].direction
    opened: dict[int, int] = {}
    last = world.n_days - world.follow_days - 31
    for day in range(world.first_open, last):
        recent = total[:, day - 14 : day].sum(1) / n[:, day - 14 : day].sum(1).clip(1)
        usual = total[:, :day].sum(1) / n[:, :day].sum(1).clip(1)
        spread = SPREAD.get(world.metric) or np.sqrt(DISPERSION * np.abs(usual))
        error = spread / np.sqrt(n[:, day - 14 : day].sum(1).clip(1))
        for unit in np.flatnonzero((recent - usual) / error < world.open_z):
            opened.setdefault(int(unit), day)
    return opened


def _shift(mix: FloatArray, by: float) -> FloatArray:
    """Move the log odds of the first channel."""
    odds = mix[:, :1] / mix[:, 1:] * np.exp(by)
    return np.concatenate([odds / (1 + odds), 1 / (1 + odds)], axis=1)


def _true_effect(
    world: World,
    before: FloatArray,
    after: FloatArray,
    mix: FloatArray,
    unit: int,
    day: int,
) -> float:
    """Return the mean change, at the mix that holds after the fix."""
    days = slice(day, day + world.follow_days)
    level = [
        (_expected(x[unit, days, None] + CHANNEL_LEVEL, world.metric) * mix[unit, days])
        .sum(1)
        .mean()
        for x in (before, after)
    ]
    one = 1.0
    if world.metric is Metric.COMPLAINT_RATE:
        past = before[unit, :day, None] + CHANNEL_LEVEL
        one = float((_expected(past, world.metric) * mix[unit, :day]).sum(1).mean())
    return float(level[1] - level[0]) / one


def _panel(drawn: FloatArray) -> Panel:
    """Name the units."""
    return Panel(
        units=tuple(f"unit-{k:03d}" for k in range(drawn.shape[1])),
        channels=CHANNELS,
        first_day=FIRST_DAY,
        n=drawn[0],
        total=drawn[1],
        squares=drawn[2],
    )


def _window(unit: int, opened: int, fixed: int) -> ActionWindow:
    """Return the action as the application would know it."""
    return ActionWindow(
        action_id=f"A{unit:03d}",
        unit=f"unit-{unit:03d}",
        opened_on=FIRST_DAY + dt.timedelta(days=opened),
        resolved_on=FIRST_DAY + dt.timedelta(days=fixed),
    )
