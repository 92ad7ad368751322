"""Review files: what a spreadsheet may say, which line is wrong, what goes round."""

import datetime as dt
from types import SimpleNamespace

import pytest

from huixiang.domain.coding.codeframe import CoderKind, Polarity
from huixiang.domain.coding.review import Candidate, Queued, QueueReason, ShownCoding
from huixiang.steps.review.files import Row, read_decisions, reviews_from, write_queue

AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
RULES = SimpleNamespace(
    codeframe=SimpleNamespace(by_id={"coffee.cold": 1, "queue": 1}),
    departments={"kitchen": 1},
)
SAID = Candidate(
    feedback_id="fb_1",
    occurred_at=AT,
    words="=1+1 咖啡凉了",
    codings=(
        ShownCoding(
            coding_id="cd_1", theme="coffee.cold", polarity=Polarity.NEGATIVE,
            evidence="咖啡凉了", span=(5, 9), confidence=0.5, coder=CoderKind.MODEL,
            coder_id="m",
        ),
    ),
)  # fmt: skip
LINE = {
    "feedback_id": "fb_1",
    "coding_id": "cd_1",
    "theme": "coffee.cold",
    "polarity": "negative",
    "decision": "ok",
}


def taken(*lines):
    rows = [Row(line=n, cells={**LINE, **cells}) for n, cells in enumerate(lines, 2)]
    return reviews_from(rows, {"fb_1": SAID}, RULES, reviewer="小王", at=AT)


def test_an_accepted_line_keeps_its_evidence():
    (review,) = taken({}).reviews
    (mention,) = review.mentions
    assert (mention.evidence, mention.span) == ("咖啡凉了", (5, 9))
    assert (review.reviewer, review.seen) == ("小王", ("cd_1",))


@pytest.mark.parametrize("word", ["ok", "OK", "yes", "对", "是"])
def test_yes_is_said_in_several_ways(word):
    assert taken({"decision": word}).reviews[0].mentions


@pytest.mark.parametrize("word", ["none", "No", "无", "否"])
def test_so_is_no(word):
    assert taken({"decision": word}).reviews[0].mentions == ()


def test_lines_without_a_decision_were_not_reviewed():
    found = taken({"decision": ""})
    assert (found.reviews, found.problems) == ((), ())


def test_a_theme_is_added_by_a_line_more():
    added = {"coding_id": "", "theme": "queue", "polarity": "正面"}
    (review,) = taken({"decision": "none"}, added).reviews
    assert review.answer == {("queue", "positive")}


def test_the_whole_feedback_may_be_judged_too():
    (review,) = taken({"whole_polarity": "负面", "department": "kitchen"}).reviews
    assert (review.polarity, review.department) == (Polarity.NEGATIVE, "kitchen")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"decision": "maybe"}, "line 2: decision 'maybe'"),
        ({"polarity": "so-so"}, "line 2: polarity 'so-so'"),
        ({"theme": "weather"}, "line 2: no theme 'weather'"),
        ({"coding_id": "cd_9"}, "line 2: feedback fb_1: its codings are others"),
        ({"coding_id": ""}, "line 2: feedback fb_1: its codings are others"),
        ({"feedback_id": "fb_9"}, "line 2: no feedback 'fb_9'"),
        ({"department": "moon"}, "line 2: no department 'moon'"),
        ({"whole_polarity": "x"}, "line 2: whole_polarity 'x'"),
    ],
)
def test_a_wrong_line_is_named_and_its_feedback_left_out(change, complaint):
    found = taken(change)
    assert found.reviews == ()
    (problem,) = found.problems
    assert problem.startswith(complaint)


def test_half_a_review_is_none():
    found = taken({}, {"coding_id": "", "theme": "queue", "decision": ""})
    assert found.reviews == ()
    assert "line 3: decision ''" in found.problems[0]


def test_a_theme_decided_twice_is_refused():
    twice = {"coding_id": "", "polarity": "positive"}
    assert "line 3: theme coffee.cold was decided above" in taken({}, twice).problems[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_goes_out_comes_back_and_words_never_become_formulas(tmp_path, kind):
    path = tmp_path / f"queue.{kind}"
    queued = Queued(
        candidate=SAID,
        reasons=(QueueReason.LOW_CONFIDENCE,),
        uncertainty=0.5,
        value=1.0,
    )
    assert write_queue(path, [queued], "zh-CN") == 1
    (row,) = read_decisions(path)

    assert row.line == 2
    assert row.cells["words"] == "'=1+1 咖啡凉了"
    assert row.cells["why"] == "把握不足"
    assert {name: row.cells[name] for name in ("coding_id", "theme", "decision")} == {
        "coding_id": "cd_1",
        "theme": "coffee.cold",
        "decision": "",
    }
