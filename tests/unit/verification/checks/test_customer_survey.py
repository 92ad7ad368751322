"""The follow-up survey takes off what customers who complained become anyway."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.verification.checks.customer_survey import (
    LEAST_ANSWERED,
    LEAST_COMPARED,
    Repeat,
    customer_survey,
)

STARS = st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0])
PAIRS = st.lists(st.builds(Repeat, before=STARS, after=STARS), max_size=60)


def customers(rng, n, *, effect=0.0, reliability=0.3):
    """Draw first and next ratings of customers with a level of their own."""
    own = rng.normal(3.9, 1.2 * reliability**0.5, n)
    noise = 1.2 * (1 - reliability) ** 0.5
    before, after = (
        np.clip(np.round(own + shift + rng.normal(0, noise, n)), 1, 5)
        for shift in (0.0, effect)
    )
    return [Repeat(before=b, after=a) for b, a in zip(before, after, strict=True)]


def complaining(pairs):
    return [pair for pair in pairs if pair.before <= 2]


def judged(seed, *, effect=0.0, n_helped=40, others=True):
    """Help the unhappiest of those who complained, as departments do."""
    rng = np.random.default_rng(seed)
    helped = complaining(customers(rng, 800, effect=effect))
    helped.sort(key=lambda pair: pair.before + rng.uniform(0, 3))
    untouched = customers(rng, 900)
    alike = complaining(untouched) if others else []
    return customer_survey(helped[:n_helped], alike, untouched, n_asked=n_helped)


@pytest.mark.parametrize("others", [True, False])
def test_answering_that_did_nothing_is_hardly_ever_called_a_help(others):
    found = [judged(seed, others=others) for seed in range(60)]
    n_improved = sum(each.kind is VerdictKind.IMPROVED for each in found)
    assert n_improved <= 4  # 1.5 expected at most
    assert all(each.raw > 1 for each in found)  # a plain comparison is always fooled
    held = sum(each.corrected.low <= 0 <= each.corrected.high for each in found)
    assert held >= 55


def test_answering_that_helped_by_a_star_is_found():
    found = [judged(seed, effect=1.2) for seed in range(20)]
    assert sum(each.kind is VerdictKind.IMPROVED for each in found) >= 15
    assert all(each.corrected.value < each.raw for each in found)


def test_answering_that_harmed_is_called_worse():
    kinds = {judged(seed, effect=-1.0, n_helped=120).kind for seed in range(5)}
    assert kinds <= {VerdictKind.WORSE, VerdictKind.NOT_IMPROVED}


def test_too_few_answers_are_said_to_be_too_few():
    found = judged(1, n_helped=LEAST_ANSWERED - 1)
    assert found.kind is VerdictKind.INCONCLUSIVE
    assert found.reason is InconclusiveReason.TOO_FEW_FEEDBACKS
    assert found.corrected is None
    assert found.n_answered == LEAST_ANSWERED - 1


def test_nobody_to_compare_with_is_said_plainly():
    few = [Repeat(before=1, after=3)] * (LEAST_COMPARED - 1)
    found = customer_survey(
        [Repeat(before=1, after=5)] * 20, few, few, n_asked=20
    )  # fmt: skip
    assert found.reason is InconclusiveReason.NO_BASELINE
    assert found.raw == 4


def test_without_others_who_complained_everybody_who_rated_twice_is_asked():
    assert judged(3, others=False).by_reliability
    assert not judged(3).by_reliability


def test_a_plain_and_narrow_zero_is_no_effect_worth_having():
    rng = np.random.default_rng(2)
    helped = complaining(customers(rng, 20_000))
    alike = complaining(customers(rng, 20_000))
    found = customer_survey(helped, alike, alike, n_asked=len(helped))
    assert found.kind is VerdictKind.NOT_IMPROVED


@given(PAIRS, PAIRS, st.integers(0, 200))
def test_whatever_is_said_there_is_an_answer_or_a_reason(answered, others, n_asked):
    found = customer_survey(answered, others, others, n_asked=n_asked)
    assert (found.reason is None) is found.kind.is_terminal
    assert found.n_answered == len(answered)
    if found.corrected is not None:
        assert found.corrected.low < found.corrected.value < found.corrected.high


def test_the_more_were_asked_the_wider_for_the_more_looks():
    rng = np.random.default_rng(4)
    helped, alike = complaining(customers(rng, 300)), complaining(customers(rng, 900))
    few, same, many = (
        customer_survey(helped, alike, alike, n_asked=len(helped) + more).corrected
        for more in (0, 0, 500)
    )
    assert same == few
    assert many.high - many.low > few.high - few.low
    assert many.value == few.value
