"""Who said what about which issue, when, and through which source."""

import datetime as dt
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huixiang.domain.items.issue import IssueKey
from huixiang.sample.chance import poisson, stream, weighted
from huixiang.sample.landscape import (
    RATING_SD,
    Fix,
    Ground,
    grounds,
    mean_rating,
    phase_of,
    volume,
)
from huixiang.sample.story import BURST, DEAD_FEED
from huixiang.sample.timeline import ZONE, day
from huixiang.sample.writing import Told, tell

SOURCES = ("survey", "app_store", "call_center", "community", "complaints")
SHARES = (
    ("survey", 0.48),
    ("community", 0.27),
    ("call_center", 0.19),
    ("complaints", 0.06),
)
LEAN = {"survey": 0.0, "app_store": 0.0, "community": -0.1, "call_center": -0.2}
UNRATED = {"call_center": 0.2, "community": 0.12, "survey": 0.02, "complaints": 1.0}
BAD_BELOW = 2.4
GOOD_FROM = 3.4
MIDDLE = (("-", 0.48), ("0", 0.27), ("+", 0.25))
GOOD = (("+", 0.91), ("0", 0.09))
SEGMENTS = (("regular", 0.7), ("silver", 0.2), ("gold", 0.1))
HOURS = (("early", 0.3), ("day", 0.5), ("late", 0.2))
SPANS = {"early": (5, 10), "day": (10, 19), "late": (19, 24)}
FAITHFUL = 900  # customers who come back


@dataclass(frozen=True, kw_only=True, slots=True)
class Voice:
    """One feedback before it is written into its source's shape.

    `felt` is the rating as felt, in stars and not yet on a scale; None: not given.
    """

    key: IssueKey
    source: str
    said_at: dt.datetime
    sign: str
    felt: float | None
    told: Told
    customer: int
    segment: str
    number: str


def voices_of(seed: int, on: dt.date, fixes: Sequence[Fix]) -> dict[str, list[Voice]]:
    """Return the day's voices by source, in the order they were raised."""
    said = [voice for ground in grounds() for voice in _about(seed, ground, on, fixes)]
    said.extend(_burst(seed, on))
    alive = (voice for voice in said if not _is_dead(voice.source, on))
    ordered = sorted(alive, key=lambda voice: (voice.said_at, voice.number))
    return {
        source: [each for each in ordered if each.source == source]
        for source in SOURCES
    }


def _about(
    seed: int, ground: Ground, on: dt.date, fixes: Sequence[Fix]
) -> Iterable[Voice]:
    """Yield the day's voices about one issue."""
    key = ground.key
    place = (seed, key.theme, key.touchpoint, key.unit, on)
    level = mean_rating(seed, ground, on, fixes)
    phase = phase_of(key, on, fixes)
    for number in range(poisson(stream(*place), volume(ground, on))):
        rng = stream(*place, number)
        yield _voice(rng, key, on, (level, phase), f"{key.issue_id[3:7]}{number:02}")


def _voice(
    rng: random.Random,
    key: IssueKey,
    on: dt.date,
    state: tuple[float, str],
    number: str,
) -> Voice:
    """Return one voice; every draw is made whether or not it is needed."""
    level, phase = state
    felt = rng.gauss(level, RATING_SD)
    sign = _sign(rng, felt)
    source = _source(rng, key, sign)
    said_at = _moment(rng, on)
    rated = rng.random() >= UNRATED.get(source, 0.0)
    return Voice(
        key=key,
        source=source,
        said_at=said_at,
        sign=sign,
        felt=felt + LEAN.get(source, 0.0) if rated else None,
        customer=rng.randrange(FAITHFUL),
        segment=weighted(rng, SEGMENTS),
        number=number,
        told=tell(rng, key, sign, source, phase),
    )


def _sign(rng: random.Random, felt: float) -> str:
    """Return which way the words go, given the rating."""
    middle, good = weighted(rng, MIDDLE), weighted(rng, GOOD)
    if felt < BAD_BELOW:
        return "-"
    return middle if felt < GOOD_FROM else good


def _source(rng: random.Random, key: IssueKey, sign: str) -> str:
    """Return where it is said; people complain in writing only about bad things."""
    source = weighted(rng, SHARES)
    if key.touchpoint == "app":
        return "app_store"
    return "survey" if source == "complaints" and sign != "-" else source


def _moment(rng: random.Random, on: dt.date) -> dt.datetime:
    """Return a time of the day in the airport's zone."""
    first, last = SPANS[weighted(rng, HOURS)]
    minute, second = rng.randrange(first * 60, last * 60), rng.randrange(60)
    return dt.datetime.combine(
        on, dt.time(minute // 60, minute % 60, second), tzinfo=ZONE
    )


def _is_dead(source: str, on: dt.date) -> bool:
    """Say whether a source no longer delivers."""
    return source == DEAD_FEED.source and on > day(DEAD_FEED.last_day)


def _burst(seed: int, on: dt.date) -> Iterable[Voice]:
    """Yield the same complaint many times over, on its day."""
    if on != day(BURST.day):
        return
    told = tell(stream(seed, "burst"), BURST.key, "-", BURST.source)
    for number in range(BURST.copies):
        rng = stream(seed, "burst", number)
        yield Voice(
            key=BURST.key, source=BURST.source, said_at=_moment(rng, on), sign="-",
            felt=1.0, told=told, customer=number % 4, segment="regular",
            number=f"burst{number:02}",
        )  # fmt: skip
