"""How the sample airport fares: every issue's volume and its level day by day."""

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.sample.chance import stream
from huixiang.sample.story import BY_KEY, STORY, Planted
from huixiang.sample.timeline import N_DAYS, START

RATING_SD = 1.0
MEMORY = 0.93  # of the wander, from one day to the next
WANDER_SD = 0.06
COMMON_SD = 0.04
WEEKDAY_LEVEL = (0.02, 0.04, 0.04, 0.02, -0.04, -0.06, -0.02)
WEEKDAY_VOLUME = (1.0, 0.92, 0.92, 0.96, 1.12, 1.05, 1.03)
LAST_DAY = 2 * N_DAYS  # paths are drawn this far, so that a later END keeps the past


@dataclass(frozen=True, kw_only=True, slots=True)
class Fix:
    """A fix that a department made: its effect begins on that day."""

    theme: str
    touchpoint: str
    unit: str
    resolved_on: dt.date

    @property
    def key(self) -> IssueKey:
        """The issue it was made for."""
        return IssueKey(
            theme=self.theme,
            touchpoint=self.touchpoint or NOWHERE,
            unit=self.unit or NOWHERE,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """An issue of the sample airport: feedbacks a day and its usual level in stars."""

    key: IssueKey
    per_day: float
    level: float


# theme, touchpoint, feedbacks a day in T1 / T2 / T3 (0: none), usual level
_BACKGROUND: tuple[tuple[str, str, tuple[float, float, float], float], ...] = (
    ("transport.taxi", "ground_transport", (0.4, 0, 0), 3.7),
    ("transport.parking", "ground_transport", (0, 0.4, 0), 3.6),
    ("transport.shuttle", "ground_transport", (0, 0, 0.3), 3.9),
    ("wayfinding.terminal", "hall", (0, 0, 0.4), 3.9),
    ("wayfinding.signage", "hall", (0.4, 0, 0), 3.7),
    ("checkin.queue", "checkin", (0, 2.4, 0), 4.0),
    ("checkin.kiosk", "checkin", (0, 0, 0.4), 3.8),
    ("checkin.bag_drop", "checkin", (0, 0, 0.3), 3.5),
    ("security.queue", "security", (0, 0, 2.4), 4.0),
    ("security.staff", "security", (0.5, 0, 0), 3.8),
    ("security.rules", "security", (0.3, 0, 0), 3.5),
    ("lounge.drinks", "lounge", (0.4, 0, 0), 4.1),
    ("lounge.food", "lounge", (0, 0.5, 0), 4.0),
    ("lounge.crowding", "lounge", (0, 0.4, 0), 3.9),
    ("flight.delay", "gate", (0, 0, 0.5), 3.4),
    ("flight.delay_info", "gate", (1.2, 0, 0), 3.9),
    ("flight.care", "gate", (0, 0, 0.3), 3.5),
    ("flight.boarding", "gate", (0.4, 0, 0), 3.8),
    ("cabin.crew", "cabin", (0, 0.4, 0), 4.2),
    ("cabin.meal", "cabin", (0, 0, 0.3), 3.5),
    ("baggage.wait", "baggage_claim", (1.2, 0, 0), 4.0),
    ("baggage.damage", "baggage_claim", (0, 0.4, 0), 3.2),
    ("baggage.lost", "baggage_claim", (0, 0.3, 0), 3.5),
    ("facility.toilet", "terminal", (0.5, 0, 0), 3.7),
    ("facility.climate", "terminal", (0, 0, 0.3), 3.7),
    ("facility.charging", "terminal", (0, 0.4, 0), 3.8),
    ("shop.price", "shop", (0, 0.5, 0), 3.4),
    ("shop.food", "shop", (0, 0.4, 0), 3.8),
    ("app.wifi", "terminal", (0, 0, 0.4), 3.6),
    ("service.staff", "service_desk", (0.5, 0, 0), 4.2),
    ("service.special", "service_desk", (0, 0.3, 0), 4.1),
)
_NO_UNIT: tuple[tuple[str, str, float, float], ...] = (
    ("app.stability", "app", 0.7, 3.6),
    ("service.hotline", "hotline", 0.5, 3.6),
    ("service.refund", "hotline", 0.5, 3.4),
)
SAFETY_PER_DAY = 0.03  # a handful in half a year, each of them urgent
UNITS = ("T1", "T2", "T3")


@functools.cache
def grounds() -> tuple[Ground, ...]:
    """Return all issues of the sample airport, planted ones first."""
    return (*_planted(), *_by_unit(), *_without_unit(), *_safety())


def mean_rating(
    seed: int, ground: Ground, on: dt.date, fixes: Sequence[Fix] = ()
) -> float:
    """Return the latent level of an issue on a day, in stars."""
    number = (on - START).days
    usual = ground.level + _wander(seed, ground.key, WANDER_SD)[number]
    common = _wander(seed, "everywhere", COMMON_SD)[number]
    planted = BY_KEY.get(ground.key)
    moved = course(planted, on, fixes) if planted else 0.0
    return usual + common + WEEKDAY_LEVEL[on.weekday()] + moved


def course(planted: Planted, on: dt.date, fixes: Iterable[Fix]) -> float:
    """Return what the story adds to an issue's level: its dip, and its fix's effect."""
    number = (on - START).days
    if number < planted.onset_day:
        return 0.0
    healed = planted.heals_on_day is not None and number >= planted.heals_on_day
    fixed = any(fix.key == planted.key and fix.resolved_on <= on for fix in fixes)
    return (planted.scar if healed else planted.dip) + (
        planted.effect if fixed else 0.0
    )


def phase_of(key: IssueKey, on: dt.date, fixes: Iterable[Fix]) -> str:
    """Return where an issue's story is: "" (as usual), "dip" or "fixed"."""
    planted = BY_KEY.get(key)
    number = (on - START).days
    if planted is None or number < planted.onset_day:
        return ""
    if any(fix.key == key and fix.resolved_on <= on for fix in fixes):
        return "fixed"
    healed = planted.heals_on_day is not None and number >= planted.heals_on_day
    return "" if healed else "dip"


def volume(ground: Ground, on: dt.date) -> float:
    """Return how many feedbacks about an issue to expect on a day."""
    return ground.per_day * WEEKDAY_VOLUME[on.weekday()]


@functools.lru_cache(maxsize=512)
def _wander(seed: int, what: object, sd: float) -> tuple[float, ...]:
    """Return a first-order autoregressive path around 0."""
    rng = stream(seed, "wander", what)
    value, path = rng.gauss(0.0, sd), []
    for _ in range(LAST_DAY):
        path.append(value)
        value = MEMORY * value + rng.gauss(0.0, sd * (1 - MEMORY**2) ** 0.5)
    return tuple(path)


def _planted() -> Iterable[Ground]:
    return (
        Ground(key=each.key, per_day=each.per_day, level=each.level) for each in STORY
    )


def _by_unit() -> Iterable[Ground]:
    for theme, touchpoint, volumes, level in _BACKGROUND:
        for unit, per_day in zip(UNITS, volumes, strict=True):
            if per_day:
                key = IssueKey(theme=theme, touchpoint=touchpoint, unit=unit)
                yield Ground(key=key, per_day=per_day, level=level)


def _without_unit() -> Iterable[Ground]:
    for theme, touchpoint, per_day, level in _NO_UNIT:
        key = IssueKey(theme=theme, touchpoint=touchpoint)
        yield Ground(key=key, per_day=per_day, level=level)


def _safety() -> Iterable[Ground]:
    for unit in UNITS:
        key = IssueKey(theme="safety.injury", touchpoint="terminal", unit=unit)
        yield Ground(key=key, per_day=SAFETY_PER_DAY, level=2.8)
