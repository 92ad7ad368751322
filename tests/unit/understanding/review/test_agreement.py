"""Agreement beyond chance: textbook figures, missing reviewers, nothing to tell."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.review import Mention, Review
from huixiang.understanding.review.agreement import (
    agreements,
    cohen_kappa,
    krippendorff,
)

AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
COLD, SLOW = "coffee.cold", "queue"


def review(number, reviewer, *themes, polarity=Polarity.NEGATIVE, minutes=0, **whole):
    return Review(
        review_id=f"rv_{number}_{reviewer}_{minutes}",
        feedback_id=f"fb_{number}",
        reviewer=reviewer,
        reviewed_at=AT + dt.timedelta(minutes=minutes),
        mentions=tuple(Mention(theme=each, polarity=polarity) for each in themes),
        **whole,
    )


def pairs(*groups):
    return [{"a": a, "b": b} for a, b, n in groups for _ in range(n)]


def test_kappa_is_that_of_the_textbook():
    # Cohen (1960): 50 applications, 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
    found = cohen_kappa(
        pairs(("y", "y", 20), ("y", "n", 5), ("n", "y", 10), ("n", "n", 15))
    )
    assert found == pytest.approx(0.4)


def test_alpha_is_that_of_the_textbook_where_reviewers_are_missing():
    # Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, example C.
    rows = {
        "A": ["1", "2", "3", "3", "2", "1", "4", "1", "2", None, None, None],
        "B": ["1", "2", "3", "3", "2", "2", "4", "1", "2", "5", None, "3"],
        "C": [None, "3", "3", "3", "2", "3", "4", "2", "2", "5", "1", None],
        "D": ["1", "2", "3", "3", "2", "4", "4", "1", "2", "5", "1", None],
    }
    units = [
        {name: values[u] for name, values in rows.items() if values[u] is not None}
        for u in range(12)
    ]
    found = krippendorff([unit for unit in units if len(unit) > 1])
    assert found == pytest.approx(0.743, abs=0.001)


def test_where_all_say_the_same_word_chance_explains_everything():
    assert cohen_kappa(pairs(("y", "y", 9))) is None
    assert krippendorff(pairs(("y", "y", 9))) is None


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("xyz")), min_size=2))
def test_kappa_is_symmetric_and_at_most_one(answers):
    there = cohen_kappa([{"a": a, "b": b} for a, b in answers])
    back = cohen_kappa([{"a": b, "b": a} for a, b in answers])
    assert there == pytest.approx(back)
    assert there is None or there <= 1


def test_two_reviewers_are_measured_on_each_head_with_an_interval():
    said = [
        review(number, who, COLD if number % 2 else SLOW, department="kitchen")
        for number in range(20)
        for who in ("小王", "小李")
    ]
    said[1] = review(0, "小李", COLD, department="floor")
    found = {each.head: each for each in agreements(said)}

    themes = found["themes"]
    assert themes.reviewers == ("小李", "小王")
    assert themes.measure == "cohen_kappa"
    assert (themes.n_units, themes.n_feedback) == (21, 20)
    assert themes.low < themes.value < themes.high <= 1
    assert found["mention_polarity"].observed == 1
    assert found["department"].observed == pytest.approx(0.95)
    assert "polarity" not in found


def test_with_a_third_reviewer_all_are_measured_together_too():
    said = [
        review(number, who, COLD if number % 2 else SLOW)
        for number in range(6)
        for who in ("小王", "小李", "小赵")
    ]
    found = [each for each in agreements(said) if each.head == "themes"]

    assert sorted(each.measure for each in found) == [
        *["cohen_kappa"] * 3,
        "krippendorff_alpha",
    ]
    assert {each.observed for each in found} == {1}


def test_a_changed_mind_counts_once_with_the_later_word():
    said = [
        review(1, "小王", COLD),
        review(1, "小王", SLOW, minutes=5),
        review(1, "小李", SLOW),
    ]
    (themes, polarity) = agreements(said)
    assert themes.observed == polarity.observed == 1


def test_what_one_person_alone_looked_at_measures_nothing():
    assert agreements([review(1, "小王", COLD), review(2, "小李", COLD)]) == []
