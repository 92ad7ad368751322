"""Need tiers, drivers and emotion, from worlds whose truth is known."""

import random
from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.coding.codeframe import NeedTier, Polarity
from huixiang.domain.coding.insight import Moment, Quadrant, Undecided
from huixiang.domain.coding.journey import Journey, JourneyStage, Phase, Touchpoint
from huixiang.domain.text import Bilingual
from huixiang.understanding.voices.drivers import Mentions, drivers
from huixiang.understanding.voices.emotion import Felt, emotion_curve
from huixiang.understanding.voices.estimates import Sums, add_up, mean_of, share_of
from huixiang.understanding.voices.needs import RatedSide, contrasts, need_evidence

BAD, GOOD, MIXED = Polarity.NEGATIVE, Polarity.POSITIVE, Polarity.NEUTRAL


def sums(values):
    return Sums(
        n=len(values), total=sum(values), total_sq=sum(value**2 for value in values)
    )


def draw(rng, mean, n):
    """Return ratings of 1 to 5 around a mean."""
    return [min(max(round(rng.gauss(mean, 0.9)), 1), 5) for _ in range(n)]


def world(rng, bad, good, *, n=150, usual=3.0, source="survey"):
    """Return what one theme's contrasts need: silent feedback and both sides."""
    silent, complaining = draw(rng, usual, 800), draw(rng, bad, n)
    praising = draw(rng, good, n)
    rated = {source: sums(silent + complaining + praising)}
    return rated, [
        RatedSide(source=source, theme="t", side=BAD, stars=sums(complaining)),
        RatedSide(source=source, theme="t", side=GOOD, stars=sums(praising)),
    ]


def evidence(rated, sides, declared=NeedTier.PAIN):
    (contrast,) = contrasts(rated, sides)
    return need_evidence(contrast, declared)


@pytest.mark.parametrize(
    ("bad", "good", "tier"),
    [
        (1.3, 3.1, NeedTier.PAIN),  # its absence hurts, its presence is taken as read
        (1.6, 4.4, NeedTier.ITCH),  # more is better, less is worse
        (2.9, 4.6, NeedTier.DELIGHT),  # nobody misses it, everybody loves it
    ],
)
def test_the_tier_follows_what_praise_and_complaints_do(bad, good, tier):
    found = evidence(*world(random.Random(3), bad, good, n=400))
    assert found.tier is tier
    assert found.undecided is None


def test_a_tier_other_than_the_codeframes_is_said():
    rated, sides = world(random.Random(3), 2.9, 4.6, n=400)
    assert evidence(rated, sides, NeedTier.PAIN).disagrees
    assert not evidence(rated, sides, NeedTier.DELIGHT).disagrees


@pytest.mark.parametrize(
    ("n", "bad", "good", "why"),
    [
        (20, 1.3, 3.1, Undecided.TOO_FEW_NEGATIVE),
        (200, 3.0, 3.0, Undecided.NO_EFFECT),
    ],
)
def test_without_evidence_nothing_is_decided_and_the_reason_is_said(n, bad, good, why):
    found = evidence(*world(random.Random(1), bad, good, n=n))
    assert (found.tier, found.undecided) == (None, why)
    assert not found.disagrees


def test_a_ceiling_of_the_scale_does_not_make_everything_a_pain():
    """A usual 4.6 leaves praise 0.4 stars; complaints have 3.6 to lose."""
    found = evidence(*world(random.Random(5), 3.2, 4.95, n=400, usual=4.6))
    assert found.tier is not NeedTier.PAIN


def test_a_harsher_source_is_no_penalty():
    """Everybody in the call centre rates 2 lower, whatever they speak of."""
    rng, rated, sides = random.Random(2), {}, []
    for source, level, n in (("survey", 4.2, 20), ("calls", 2.2, 200)):
        more, theirs = world(rng, level, level, n=n, usual=level, source=source)
        rated |= more
        sides += theirs
    found = evidence(rated, sides)
    assert abs(found.penalty.value) < 0.2
    assert found.penalty.low < 0 < found.penalty.high


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng, hits, n_worlds = random.Random(11), 0, 400
    for _ in range(n_worlds):
        silent = [rng.choice([2, 3, 4]) for _ in range(120)]
        said = [rng.choice([1, 2, 3]) for _ in range(40)]
        (found,) = contrasts(
            {"s": sums(silent + said)},
            [RatedSide(source="s", theme="t", side=BAD, stars=sums(said))],
        )
        hits += found.negative.difference.low <= -1 <= found.negative.difference.high
    assert 0.92 <= hits / n_worlds <= 0.98


def test_few_unanimous_ratings_do_not_pretend_to_be_sure():
    rated = {"s": sums([1, 2, 3, 4, 5] * 400 + [1] * 12)}
    side = RatedSide(source="s", theme="t", side=BAD, stars=sums([1] * 12))
    (found,) = contrasts(rated, [side])
    assert found.negative.difference.high - found.negative.difference.low > 0.3


NUMBERS = st.lists(st.integers(1, 5), min_size=1, max_size=30)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_sums_of_parts_are_the_sums_of_the_whole(parts):
    whole = [value for part in parts for value in part]
    assert add_up(map(sums, parts)) == sums(whole)
    assert sums(whole) - sums(parts[0]) == add_up(map(sums, parts[1:]))


@given(st.integers(1, 200), st.data())
def test_a_share_lies_in_its_interval_and_that_between_0_and_1(of, data):
    found = share_of(data.draw(st.integers(0, of)), of)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_a_mean_of_equal_numbers_keeps_an_open_interval():
    found = mean_of(sums([5] * 20), 1.0)
    assert found.low < 5 < found.high


def themed(rng, theme, bad, good, n_bad, n_good):
    """Return both sides of a theme in one source whose usual rating is 3."""
    return [
        RatedSide(source="s", theme=theme, side=BAD, stars=sums(draw(rng, bad, n_bad))),
        RatedSide(
            source="s", theme=theme, side=GOOD, stars=sums(draw(rng, good, n_good))
        ),
    ]


def test_drivers_weigh_how_often_and_how_much_and_say_what_to_do():
    rng, sides = random.Random(4), []
    plan = {
        "often_bad": (1.2, 3.2, 300, 40),
        "often_good": (2.8, 4.8, 40, 300),
        "rare_bad": (1.2, 3.2, 40, 12),
        "rare_good": (2.8, 4.8, 12, 40),
    }
    for theme, (bad, good, n_bad, n_good) in plan.items():
        sides += themed(rng, theme, bad, good, n_bad, n_good)
    every = add_up(each.stars for each in sides) + sums(draw(rng, 3.0, 1000))
    said = defaultdict(dict)
    for each in sides:
        said[each.theme][each.side] = each.stars.n
    mentions = {t: Mentions(theme=t, counts=counts) for t, counts in said.items()}

    found = drivers(contrasts({"s": every}, sides), mentions, every.n)

    assert {each.theme: each.quadrant for each in found} == {
        "often_bad": Quadrant.FIX_FIRST,
        "often_good": Quadrant.KEEP_UP,
        "rare_bad": Quadrant.WATCH,
        "rare_good": Quadrant.LEAVE,
    }
    weights = [each.importance.value for each in found]
    assert weights == sorted(weights, reverse=True)
    assert found[0].cost is not None
    assert all(each.importance.low < each.importance.high for each in found)


def test_no_themes_have_no_drivers():
    assert drivers((), {}, 0) == ()


def journey(*touchpoints):
    name = Bilingual(zh="名", en="name")
    points = tuple(Touchpoint(id=each, name=name) for each in touchpoints)
    stage = JourneyStage(id="day", name=name, phase=Phase.IN, touchpoints=points)
    return Journey(stages=(stage,))


def felt(mean, n=100):
    return Felt(polarity=sums([mean] * n), stars=sums([3 + mean] * n))


def test_the_curve_marks_the_peak_the_low_and_the_end():
    curve = emotion_curve(
        journey("a", "b", "c", "silent"),
        {"a": felt(0.2), "b": felt(-0.5), "c": felt(0.6)},
    )
    moments = {each.touchpoint: each.moments for each in curve}
    assert moments == {
        None: (),
        "a": (),
        "b": (Moment.LOW,),
        "c": (Moment.PEAK, Moment.END),
        "silent": (),
    }


def test_a_stage_adds_up_its_touchpoints_and_few_voices_have_no_mean():
    stage, a, few = emotion_curve(
        journey("a", "few"), {"a": felt(0.5), "few": felt(-1, n=5)}
    )
    assert (stage.n, a.n, few.n) == (105, 100, 5)
    assert few.polarity is None
    assert stage.polarity.value == pytest.approx((50 - 5) / 105)
