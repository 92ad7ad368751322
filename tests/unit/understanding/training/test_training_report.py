"""Figures of a model: intervals, calibration, coverage, mistakes; counted, not guessed."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.coding.codeframe import CoderKind, Coding, Polarity
from huixiang.domain.coding.training import ABSENT, Judged
from huixiang.understanding.coding.coder import TextAnswer
from huixiang.understanding.discovery.unseen import Unseen, judged_unseen, one_of
from huixiang.understanding.model.labels import Label, LabelledRow
from huixiang.understanding.training.training_report import head_figures, judged, share


def question(unit, *, right=True, chance=0.8, truth="kitchen"):
    return Judged(
        head="department",
        unit=unit,
        truth=truth,
        guessed=truth if right else "floor",
        chance=chance,
        row_id=f"r{unit}",
    )


def test_the_interval_is_wilsons():
    # Newcombe (1998), table I: 81 of 263.
    found = share(81, 263)
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_0_and_1(counts):
    found = share(*counts)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.high - found.low > 0


def test_answers_that_are_as_often_right_as_they_are_sure_have_no_calibration_error():
    honest = [question(unit, right=unit % 5 != 0, chance=0.8) for unit in range(150)]
    boastful = [dataclasses.replace(each, chance=0.99) for each in honest]
    (good,), (bad,) = head_figures(honest), head_figures(boastful)

    assert good.calibration_error == pytest.approx(0, abs=1e-9)
    assert bad.calibration_error == pytest.approx(0.19)


def test_the_surer_half_is_right_more_often_and_the_rest_is_left_to_people():
    asked = [question(unit, right=unit >= 50, chance=unit / 100) for unit in range(100)]
    (found,) = head_figures(asked)
    half, whole = found.coverage[0], found.coverage[-1]

    assert (half.n_passed, half.n_left, half.right.value) == (50, 50, 1)
    assert half.threshold == 0.5
    assert (whole.n_left, whole.right.value) == (0, 0.5)


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1, allow_nan=False)), min_size=1))
def test_more_coverage_never_passes_fewer(answers):
    asked = [question(u, right=ok, chance=c) for u, (ok, c) in enumerate(answers)]
    (found,) = head_figures(asked)
    passed = [each.n_passed for each in found.coverage]
    assert passed == sorted(passed)
    assert passed[-1] == len(asked)
    assert sum(each.n for each in found.bins) == len(asked)


def test_the_surest_mistakes_come_first():
    asked = [question(u, right=u % 2 == 0, chance=u / 10) for u in range(10)]
    (found,) = head_figures(asked)
    assert [each.row_id for each in found.mistakes] == ["r9", "r7", "r5", "r3", "r1"]


def test_classes_have_recall_and_precision_and_the_confusion_adds_up():
    asked = [question(u, right=u > 0) for u in range(4)]
    asked += [question(9, truth="floor")]
    (found,) = head_figures(asked)
    kitchen, floor = found.classes

    assert (kitchen.recall.hits, kitchen.recall.n, kitchen.precision.n) == (3, 4, 3)
    assert (floor.recall.n, floor.precision.n) == (1, 2)
    assert sum(n for _, _, n in found.confusion) == found.n == 5


ROW = LabelledRow(
    id="L1",
    title="",
    text="排队太久，咖啡凉了",
    department="kitchen",
    polarity="negative",
    mentions=(
        Label(theme="queue", polarity="negative"),
        Label(theme="coffee", polarity="negative"),
    ),
)


def coding(theme, polarity=Polarity.NEGATIVE):
    return Coding(
        theme=theme, polarity=polarity, evidence="", span=(0, 0), confidence=0.7,
        coder=CoderKind.RULE, coder_id="k",
    )  # fmt: skip


def test_a_row_asks_of_each_theme_and_a_missing_answer_is_wrong():
    answer = TextAnswer(
        codings=(coding("queue", Polarity.POSITIVE), coding("staff")),
        polarity=Polarity.NEGATIVE,
        polarity_confidence=0.9,
    )
    asked = judged([ROW], [answer])
    themes = {(q.truth, q.guessed) for q in asked if q.head == "themes"}
    assert themes == {("queue", "queue"), ("coffee", ABSENT), (ABSENT, "staff")}
    (feeling,) = (q for q in asked if q.head == "mention_polarity")
    assert (feeling.truth, feeling.guessed) == ("negative", "positive")
    (department,) = (q for q in asked if q.head == "department")
    assert (department.guessed, department.chance) == (ABSENT, None)

    by_head = {each.head: each for each in head_figures(asked)}
    assert by_head["themes"].main.value == pytest.approx(2 / (2 + 2))
    assert by_head["department"].main.value == 0


def test_folds_ask_the_same_questions():
    chances = np.array([[0.9, 0.2], [0.3, 0.7]], dtype=np.float32)
    themes = Unseen(
        head="themes",
        rows=[ROW, ROW],
        classes=("coffee", "queue"),
        chances=chances,
        told=np.array([[True, True], [False, False]]),
        guessed=chances > 0.5,
    )
    asked = {(q.unit, q.truth, q.guessed): q.chance for q in judged_unseen(themes)}
    assert asked.keys() == {
        (0, "coffee", "coffee"),
        (0, "queue", ABSENT),
        (1, ABSENT, "queue"),
    }
    assert asked[0, "queue", ABSENT] is None
    assert math.isclose(asked[1, ABSENT, "queue"], 0.7, rel_tol=1e-6)

    whole = dataclasses.replace(
        themes,
        head="polarity",
        classes=("negative", "positive"),
        told=one_of(np.array([0, 0]), 2),
    )
    assert [q.guessed for q in judged_unseen(whole)] == ["negative", "positive"]
