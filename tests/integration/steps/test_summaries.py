"""Daily sums hold what the records hold, however often and late they are made."""

import dataclasses
import datetime as dt
import random

import sqlalchemy as sa

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.issue import NOWHERE
from huixiang.store.engine import open_engine
from huixiang.store.tables.coding import CodingRow
from tests.workbench import COLD, NOON, Said

DAY = dt.timedelta(days=1)
LAST = NOON.date()
LONG_AGO = LAST - 90 * DAY


def voices(n, *, mark, seed):
    """Return feedback of all kinds, some of it without a place or a rating."""
    rng = random.Random(seed)
    return [
        Said(
            number=f"{mark}{number}",
            at=NOON - rng.randrange(60) * DAY,
            theme=rng.choice(["coffee.cold", "queue", None]),
            polarity=rng.choice([Polarity.NEGATIVE, Polarity.POSITIVE]),
            stars=rng.choice([1, 3, 5, None]),
            unit=rng.choice(["南门店", "北门店"]),
            touchpoint=rng.choice(["counter", "door", None]),
        )
        for number in range(n)
    ]


def refresh(bench):
    bench.clock.pass_(minutes=1)
    with bench.run() as context, context.transaction("sum") as uow:
        return uow.summaries.refresh(context.now())


def rows(facts):
    return sorted(map(dataclasses.astuple, facts))


def sums(bench, known_until=None):
    """Return everything the sums say: as kept, or made from the records."""
    with bench.app.store.reading(known_until=known_until) as uow:
        read = uow.summaries
        return {
            "volume": rows(read.volume(LAST)),
            "complaints": rows(read.complaints(LONG_AGO, LAST)),
            "by_day": sorted(read.complaints_by_day(LAST).items()),
            "places": rows(read.places(LAST)),
            "scores": rows(read.scores_by_day(LAST)),
            "of": rows(read.scores_of([COLD], LAST)),
        }


def test_kept_sums_are_those_of_the_records(bench):
    for mark in "ab":
        bench.clock.pass_(minutes=1)
        bench.hear(voices(60, mark=mark, seed=ord(mark)))
        refresh(bench)

    kept = sums(bench)

    assert kept == sums(bench, bench.clock() + DAY)
    assert sum(n for *_, n in kept["volume"]) == 120
    assert NOWHERE in {touchpoint for touchpoint, *_ in kept["places"]}


def test_only_days_with_news_are_summed_again(desk):
    desk.hear(voices(60, mark="a", seed=1))
    assert refresh(desk) > 20
    assert refresh(desk) == 0

    desk.clock.pass_(minutes=1)
    desk.hear([Said(number="new", at=NOON - 3 * DAY)])

    assert refresh(desk) == 1


def test_a_correction_changes_the_sums_of_its_day(desk):
    desk.hear([Said(number=str(n), at=NOON - DAY) for n in range(3)])
    refresh(desk)
    desk.clock.pass_(minutes=1)
    engine = open_engine(desk.url)
    with engine.begin() as connection:
        connection.execute(
            sa.update(CodingRow)
            .where(CodingRow.feedback_id == "fb_1")
            .values(issue_id=None, coded_at=desk.clock())
        )
    engine.dispose()

    assert refresh(desk) == 1
    assert sums(desk)["by_day"] == [((NOON - DAY).date(), 2)]
