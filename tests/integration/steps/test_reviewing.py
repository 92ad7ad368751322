"""What a person says of codings: kept, applied, never at anybody's expense."""

import dataclasses
import datetime as dt

import pytest

from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import WithdrawReview
from huixiang.domain.coding.codeframe import CoderKind, Polarity
from huixiang.domain.coding.review import Mention, QueueReason
from huixiang.domain.items.issue import IssueKey
from huixiang.errors import ConfigurationError, NotFound
from huixiang.steps.acts.decisions import note_of
from huixiang.steps.review.reviews import (
    check_review,
    follow_reviews,
    new_review,
    review_queue,
)
from tests.workbench import COLD, NOON, Said, act_on, open_item

DAY = NOON - dt.timedelta(days=2)
QUEUE = IssueKey(theme="queue", touchpoint="counter", unit="南门店")
SLOW = Mention(theme="queue", polarity=Polarity.NEGATIVE, evidence="", span=(0, 4))
COFFEE_COLD = Mention(theme="coffee.cold", polarity=Polarity.NEGATIVE, span=(4, 8))


def say(bench, *mentions, number="1", reviewer="小王", minutes=0):
    """Note one person's word on a feedback."""
    review = new_review(
        f"fb_{number}",
        mentions,
        reviewer=reviewer,
        at=NOON + dt.timedelta(minutes=minutes),
    )
    act_on(bench, TargetKind.FEEDBACK, f"fb_{number}", note_of(review), by=reviewer)
    return review


def follow(bench):
    with bench.run(flow="review") as context:
        return follow_reviews(context, bench.app.equipment.router)


def codings(bench, number="1"):
    with bench.app.store.reading() as uow:
        return uow.codings.of_feedback(f"fb_{number}")


def queue(bench, reviewer="小王", **more):
    return review_queue(
        bench.app.store, bench.app.rulebook.codeframe, None, reviewer=reviewer, **more
    )


def test_a_correction_moves_the_coding_with_its_route_and_keeps_what_gave_way(bench):
    bench.hear([Said(number="1", at=DAY), Said(number="2", at=DAY)])
    (before,) = codings(bench)
    review = say(bench, SLOW)
    assert follow(bench) == 1

    (coding,) = codings(bench)
    assert (coding.theme, coding.issue_id) == ("queue", QUEUE.issue_id)
    assert (coding.coder, coding.coder_id) == (CoderKind.PERSON, "小王")
    assert coding.route is not None
    assert coding.evidence == "端上来的"
    with bench.app.store.reading() as uow:
        kept = uow.reviews.superseded("cd_1")
    assert kept.coding.theme == "coffee.cold"
    assert kept.coding.route.department == before.route.department
    assert kept.issue_id == COLD.issue_id
    assert kept.superseded_by == review.review_id
    assert bench.ledger_holds()

    after = bench.untouched()
    say(bench, SLOW, minutes=9)  # the same word again is no second one
    assert follow(bench) == 0
    assert bench.untouched() == after


def test_an_open_item_is_not_touched_by_a_correction(desk):
    desk.hear([Said(number="1", at=DAY)])
    item = open_item(desk)
    before = {name: rows for name, rows in desk.rows().items() if "item" in name}
    say(desk, SLOW)
    follow(desk)

    after = desk.rows()
    assert {name: after[name] for name in before} == before
    assert desk.item(item.item_id) == item


def test_no_theme_here_and_a_theme_that_nobody_saw_keep_the_ledger_whole(desk):
    desk.hear([Said(number="1", at=DAY), Said(number="2", at=DAY, theme=None)])
    say(desk)
    say(desk, COFFEE_COLD, number="2")
    follow(desk)

    (coding,) = codings(desk, "2")
    assert codings(desk, "1") == []
    assert coding.issue_id == COLD.issue_id
    with desk.app.store.reading() as uow:
        states = [uow.explanations.feedback(f"fb_{n}").not_codable for n in (1, 2)]
    assert states == ["no_theme", None]
    assert desk.ledger_holds()


def test_the_newest_word_stands_and_taking_words_back_goes_back_to_the_machine(bench):
    bench.hear([Said(number="1", at=DAY)])
    (before,) = codings(bench)
    first = say(bench, COFFEE_COLD)
    follow(bench)
    second = say(bench, SLOW, reviewer="小李", minutes=5)
    follow(bench)
    assert [row.theme for row in codings(bench)] == ["queue"]

    act_on(bench, TargetKind.REVIEW, second.review_id, WithdrawReview())
    follow(bench)
    (coding,) = codings(bench)
    assert (coding.theme, coding.coder_id) == ("coffee.cold", "小王")
    with bench.app.store.reading() as uow:
        gone = {row.coding.coder_id for row in uow.reviews.superseded_of("fb_1")}
    assert gone == {"keyword", "小李"}

    act_on(bench, TargetKind.REVIEW, first.review_id, WithdrawReview())
    assert follow(bench) == 1
    assert codings(bench) == [before]
    assert bench.ledger_holds()


def test_a_review_of_what_nobody_knows_is_refused(desk):
    unknown = Mention(theme="weather", polarity=Polarity.NEUTRAL)
    review = new_review("fb_1", [unknown], reviewer="小王", at=NOON)
    with pytest.raises(ConfigurationError, match="no theme 'weather'"):
        check_review(review, desk.app.rulebook)

    elsewhere = dataclasses.replace(review, mentions=(), department="moon")
    with pytest.raises(ConfigurationError, match="no department 'moon'"):
        check_review(elsewhere, desk.app.rulebook)
    with pytest.raises(NotFound, match="rv_none"):
        act_on(desk, TargetKind.REVIEW, "rv_none", WithdrawReview())


def test_the_queue_holds_what_is_doubtful_and_what_is_worth_more_comes_first(bench):
    bench.hear(
        [
            Said(number="1", at=DAY, stars=5),
            Said(number="2", at=DAY, stars=5, unit="北门店"),
            Said(number="3", at=DAY),
            Said(number="4", at=DAY, theme=None, words="停车场的灯坏了"),
        ]
    )
    open_item(bench)
    found = {each.candidate.feedback_id: each.reasons for each in queue(bench)}

    assert found == {
        "fb_1": (QueueReason.RATING_DISAGREES,),
        "fb_2": (QueueReason.RATING_DISAGREES,),
        "fb_4": (QueueReason.NO_THEME,),
    }
    assert next(iter(found)) == "fb_1"  # an item is open where it happened
    (only,) = queue(bench, only=[QueueReason.NO_THEME])
    assert only.candidate.feedback_id == "fb_4"


def test_a_second_reviewer_sees_the_machine_and_a_third_is_asked_where_they_differ(
    desk,
):
    # fb_2 is one of those that two people look at.
    desk.hear([Said(number="2", at=DAY, stars=5), Said(number="1", at=DAY, stars=5)])
    for number in ("2", "1"):
        say(desk, SLOW, number=number)
    follow(desk)

    assert queue(desk, reviewer="小王") == []
    (second,) = queue(desk, reviewer="小李")
    assert second.reasons == (QueueReason.SECOND_LOOK,)
    assert [each.coding_id for each in second.candidate.codings] == ["cd_2"]

    say(desk, COFFEE_COLD, number="2", reviewer="小李", minutes=5)
    (third,) = queue(desk, reviewer="小赵")
    assert third.reasons == (QueueReason.REVIEWERS_DISAGREE,)


def test_a_review_of_the_past_is_no_change_of_the_codeframe(desk):
    desk.hear([Said(number="1", at=DAY), Said(number="2", at=NOON)])
    desk.rewrite("codeframe.yaml", 'version: "1"', 'version: "2"')
    say(desk, SLOW)
    follow(desk)

    with desk.app.store.reading() as uow:
        assert uow.histories.coder_changes().codeframe == ()
