"""The review queue: what is doubtful and worth it comes first, with its reasons."""

import dataclasses
import datetime as dt

import pytest

from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Polarity, Theme
from huixiang.domain.coding.coding_reason import CodingReason, NoIssueReason, why
from huixiang.domain.coding.review import Candidate, QueueReason, Review, ShownCoding
from huixiang.domain.records.feedback import NotCodable
from huixiang.domain.text import Bilingual
from huixiang.understanding.discovery.novelty import unseen_words
from huixiang.understanding.review.ranking import (
    SECOND_LOOK_SHARE,
    is_second_look,
    queue,
    reasons_to_look,
    shared_words,
    worth_again,
)

AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
SURE = ShownCoding(
    coding_id="cd_1",
    theme="queue",
    polarity=Polarity.NEGATIVE,
    evidence="排队太久",
    span=(0, 4),
    confidence=0.9,
    coder=CoderKind.RULE,
    coder_id="theme:queue/keyword:排队",
)
QUIET = Candidate(feedback_id="fb_1", occurred_at=AT, words="排队太久", codings=(SURE,))
UNSURE = dataclasses.replace(SURE, confidence=0.4, coder=CoderKind.MODEL)


def candidate(coding=UNSURE, **changes):
    return dataclasses.replace(QUIET, codings=(coding,), **changes)


def order(*candidates):
    return [e.candidate.feedback_id for e in queue(candidates, reviewer="小王")]


def test_what_everybody_is_sure_of_asks_for_no_look():
    assert reasons_to_look(QUIET, "小王") == ()


@pytest.mark.parametrize(
    ("coding", "reason"),
    [
        (UNSURE, QueueReason.LOW_CONFIDENCE),
        (
            dataclasses.replace(
                SURE, no_issue_reason=NoIssueReason.TOUCHPOINT_DISAGREES
            ),
            QueueReason.COULD_JOIN_ISSUE,
        ),
        (
            dataclasses.replace(SURE, reasons=(why(CodingReason.MODEL_DISAGREES),)),
            QueueReason.RULES_AND_MODEL,
        ),
        (
            dataclasses.replace(SURE, reasons=(why(CodingReason.MODEL_SILENT),)),
            QueueReason.MODEL_SILENT,
        ),
    ],
)
def test_each_doubt_is_named(coding, reason):
    assert reasons_to_look(candidate(coding), "小王") == (reason,)


@pytest.mark.parametrize(
    ("polarity", "stars", "is_odd"),
    [
        (Polarity.NEGATIVE, 5, True),
        (Polarity.NEGATIVE, 2, False),
        (Polarity.POSITIVE, 1, True),
        (Polarity.POSITIVE, 4, False),
        (Polarity.NEUTRAL, 1, False),
    ],
)
def test_a_rating_that_says_the_opposite_is_a_reason(polarity, stars, is_odd):
    coding = dataclasses.replace(SURE, polarity=polarity)
    found = reasons_to_look(candidate(coding, stars=stars), "小王")
    assert (QueueReason.RATING_DISAGREES in found) is is_odd


def test_words_without_a_theme_wait_and_new_words_say_so():
    silent = dataclasses.replace(QUIET, codings=(), not_codable=NotCodable.NO_THEME)
    assert reasons_to_look(silent, "小王", ["螺蛳粉"]) == (
        QueueReason.NO_THEME,
        QueueReason.NEW_WORDS,
    )


def test_among_equal_doubts_the_worse_rating_and_the_larger_issue_come_first():
    large = dataclasses.replace(UNSURE, n_on_issue=90)
    busy = dataclasses.replace(large, has_open_item=True)
    assert order(
        candidate(feedback_id="fb_good", stars=5),
        candidate(feedback_id="fb_bad", stars=1),
        candidate(large, feedback_id="fb_1_large", stars=1),
        candidate(busy, feedback_id="fb_2_busy", stars=1),
    ) == ["fb_2_busy", "fb_1_large", "fb_bad", "fb_good"]


def test_a_share_of_what_was_reviewed_is_shown_to_a_second_person():
    chosen = sum(is_second_look(f"fb_{number}") for number in range(2000))
    assert chosen / 2000 == pytest.approx(SECOND_LOOK_SHARE, abs=0.03)


def test_who_has_spoken_is_not_asked_again():
    said = Review(
        review_id="rv_1",
        feedback_id="fb_2",
        reviewer="小王",
        reviewed_at=AT,
        mentions=(),
    )
    seen = candidate(feedback_id="fb_2", reviews=(said,))
    assert reasons_to_look(seen, "小王") == ()
    assert reasons_to_look(seen, "小李") == (QueueReason.SECOND_LOOK,)


def test_another_person_is_asked_once_about_a_share_and_wherever_two_have_spoken():
    def said(feedback_id, *reviewers):
        return [
            Review(
                review_id=f"rv_{feedback_id}_{name}",
                feedback_id=feedback_id,
                reviewer=name,
                reviewed_at=AT,
                mentions=(),
            )
            for name in reviewers
        ]

    # Of these only fb_2 belongs to the share that two people look at.
    reviews = [
        *said("fb_1", "a"),
        *said("fb_2", "a"),
        *said("fb_3", "a", "b"),
        *said("fb_4", "a", "b", "c"),
    ]
    assert worth_again(reviews) == ["fb_2", "fb_3"]


def test_a_word_must_be_used_by_several_people_to_count_as_new():
    found = shared_words({"a": ["盲盒"], "b": ["盲盒", "错字"], "c": ["盲盒"]})
    assert found == {"a": ["盲盒"], "b": ["盲盒"], "c": ["盲盒"]}


def test_words_of_the_codeframe_and_ordinary_ones_are_not_new():
    frame = Codeframe(
        version="1",
        themes=(
            Theme(
                id="shop", name=Bilingual(zh="店", en="Shop"), keywords=("螺蛳粉盲盒",)
            ),
        ),
    )
    found = unseen_words({"a": "服务很好，扫码拿的登机牌", "b": ""}, None, frame)
    assert "扫码" in found["a"]
    assert not {"服务", "很好", "登机牌"} & set(found["a"])
    assert found["b"] == []
