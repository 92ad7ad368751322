"""Needs, drivers, emotion, gaps and effort: the database's sums are the truth's."""

import datetime as dt

import pytest

from huixiang.domain.coding.codeframe import CoderKind, Coding, NeedTier, Polarity
from huixiang.domain.coding.coding_reason import NoIssueReason
from huixiang.domain.items.issue import IssueKey
from huixiang.steps.voices.insights import read_insights
from huixiang.store.queries.coding.codings import NewCoding
from tests.workbench import NOON, Said

DAY = dt.timedelta(days=1)
LAST = NOON.date()
BAD, GOOD, MIXED = Polarity.NEGATIVE, Polarity.POSITIVE, Polarity.NEUTRAL


def voice(number, theme, polarity, stars, words="还行", age=1, **more):
    return Said(
        number=f"{number:04}", at=NOON - age * DAY, words=f"{words}（{number}）",
        theme=theme, polarity=polarity, stars=stars, **more,
    )  # fmt: skip


def shop():
    """Cold coffee costs two stars, good staff give one; the rest is 3 or 4."""
    return [
        *(voice(n, "coffee.cold", BAD, 1 + n % 2) for n in range(40)),
        *(voice(100 + n, "coffee.cold", GOOD, 3 + n % 2) for n in range(40)),
        *(voice(200 + n, "staff", GOOD, 5) for n in range(40)),
        *(voice(300 + n, "staff", BAD, 3 + n % 2) for n in range(40)),
        *(voice(400 + n, "queue", MIXED, 3 + n % 2) for n in range(120)),
    ]


def insights(bench, **more):
    with bench.app.store.reading() as uow:
        return read_insights(uow, bench.app.rulebook, until=LAST, **more)


def test_needs_and_drivers_are_those_of_the_ratings(bench):
    bench.hear(shop(), route=False)

    found = insights(bench)

    assert (found.n_feedbacks, found.n_rated) == (280, 280)
    needs = {each.theme: each for each in found.needs}
    cold, staff = needs["coffee.cold"], needs["staff"]
    assert (cold.n_negative, cold.n_positive, cold.tier) == (40, 40, NeedTier.PAIN)
    assert cold.penalty.value == pytest.approx(1.5 - (200 + 140 + 420) / 200)
    assert (staff.tier, staff.disagrees) == (NeedTier.DELIGHT, True)
    assert [each.theme for each in found.drivers][:2] == ["coffee.cold", "staff"]
    assert found.drivers[0].cost.value == pytest.approx(cold.penalty.value * 40 / 280)


def test_a_feedback_that_says_both_counts_for_neither_side(bench):
    bench.hear(shop(), route=False)
    with bench.run() as context, context.transaction("also") as uow:
        uow.codings.add(
            [also("fb_0000", "coffee.cold", GOOD), also("fb_0100", "coffee.cold", BAD)],
            codeframe_version="1", coded_at=NOON,
        )  # fmt: skip
    (cold,) = (e for e in insights(bench).needs if e.theme == "coffee.cold")
    assert (cold.n_rated, cold.n_negative, cold.n_positive) == (80, 39, 39)


def also(feedback_id, theme, polarity, coder=CoderKind.RULE, confidence=0.9):
    return NewCoding(
        coding_id=f"cd_{feedback_id}_{coder.value}",
        feedback_id=feedback_id,
        coding=Coding(
            theme=theme, polarity=polarity, evidence="还行", span=(0, 2),
            confidence=confidence, coder=coder, coder_id="x",
        ),
        key=IssueKey(theme=theme, touchpoint="counter", unit="南门店"),
        no_issue_reason=NoIssueReason.LOW_CONFIDENCE,
    )  # fmt: skip


def test_unsure_codings_of_a_model_are_not_counted(desk):
    desk.hear(shop(), route=False)
    before = insights(desk)
    with desk.run() as context, context.transaction("guess") as uow:
        uow.codings.add(
            [
                also(f"fb_{400 + n:04}", "staff", BAD, CoderKind.MODEL, 0.59)
                for n in range(50)
            ],
            codeframe_version="1", coded_at=NOON,
        )  # fmt: skip
    after = insights(desk)
    assert after.needs == before.needs
    assert after.journey == before.journey


def test_only_the_days_asked_for_are_read(desk):
    desk.hear(
        [
            *shop(),
            voice(900, "staff", BAD, 1, age=0, words="昨天之后"),
            voice(901, "staff", BAD, 1, age=200),
        ],
        route=False,
    )
    with desk.app.store.reading() as uow:
        found = read_insights(uow, desk.app.rulebook, until=LAST - DAY, days=90)
    assert found.n_feedbacks == 280
    assert (found.first_on, found.last_on) == (LAST - 90 * DAY, LAST - DAY)


def test_emotion_follows_the_journey_of_the_rules(bench):
    bench.hear(shop(), route=False)
    curve = insights(bench).journey
    stages = [stage.id for stage in bench.app.rulebook.journey.stages]
    assert [each.stage for each in curve if each.touchpoint is None] == stages
    (counter,) = (each for each in curve if each.touchpoint == "counter")
    assert counter.n == 280
    assert counter.polarity.value == pytest.approx(0)
    assert counter.stars.value == pytest.approx(3.4286, abs=1e-3)


def test_gaps_and_effort_are_counted_from_the_words(desk):
    words = {
        "本以为很安静，结果吵得要命": 6,
        "没想到这么好喝": 2,
        "打了四次电话": 7,
        "一个电话就解决了": 1,
        "还行": 4,
    }
    said = [
        voice(n, "staff", BAD, 3, words=text)
        for n, text in enumerate(
            text for text, count in words.items() for _ in range(count)
        )
    ]
    desk.hear(said, route=False)

    found = insights(desk)

    everything, counter = found.gaps
    assert everything.touchpoint is None
    assert (counter.touchpoint, counter.n, counter.n_below, counter.n_above) == (
        "counter", 20, 6, 2,
    )  # fmt: skip
    assert everything.below.value == pytest.approx(6 / 8)
    effort = found.efforts[0]
    assert (effort.n_high, effort.n_low) == (7, 1)
    assert set(effort.examples) <= {f"fb_{n:04}" for n in range(20)}
    assert effort.ces is None


def test_an_empty_workspace_means_nothing_yet(desk):
    found = insights(desk)
    assert (found.n_feedbacks, found.needs, found.drivers, found.gaps) == (
        0,
        (),
        (),
        (),
    )
