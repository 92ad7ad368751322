"""The training page: whole, in both languages, nothing loaded, nobody's words run."""

import dataclasses
import datetime as dt
import re

import pytest

from huixiang.domain.coding.training import (
    Bin,
    ClassChange,
    ClassFigures,
    CoverageRow,
    CurvePoint,
    HeadChange,
    HeadFigures,
    JudgedOn,
    Mistake,
    ModelComparison,
    PromotionReason,
    Share,
    TrainingPage,
    VersionPoint,
)
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.reporting.page.training_page import MATRIX, render_training
from huixiang.steps.codeframe.training_page import write_page
from huixiang.wording.coding.models import promotion_words

HALF = Share(hits=5, n=10, value=0.5, low=0.24, high=0.76)
HEAD = HeadFigures(
    head="department",
    n=10,
    main=HALF,
    main_name="accuracy",
    macro_f1=0.4,
    classes=(
        ClassFigures(name="kitchen", recall=HALF, precision=None, f1=0.5),
        ClassFigures(name="floor", recall=HALF, precision=HALF, f1=0.5),
    ),
    confusion=(("kitchen", "floor", 5), ("floor", "floor", 5)),
    bins=(Bin(n=5, chance=0.4, right=0.3), Bin(n=5, chance=0.9, right=0.8)),
    calibration_error=0.1,
    coverage=(
        CoverageRow(threshold=0.9, coverage=0.5, n_passed=5, n_left=5, right=HALF),
    ),
    mistakes=(
        Mistake(
            row_id="r1",
            words="<script>咖啡</script>",
            truth="kitchen",
            guessed="floor",
            chance=0.97,
        ),
    ),
)
POINT = VersionPoint(
    model_id="model_1",
    trained_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
    is_active=False,
    was_promoted=True,
    n_rows=100,
    n_corrections=3,
    split="split-1",
    heads={"department": HALF},
)
PAGE = TrainingPage(
    model="model_2",
    trained_at=POINT.trained_at,
    n_rows=120,
    n_corrections=9,
    judge=JudgedOn.HELD_OUT,
    n_judged=10,
    split="split-1",
    heads=(HEAD,),
    curve=(
        CurvePoint(head="department", n_rows=30, right=HALF),
        CurvePoint(head="department", n_rows=120, right=HALF),
    ),
    versions=(POINT, dataclasses.replace(POINT, model_id="model_2", is_active=True)),
    comparison=ModelComparison(
        split="split-1",
        n_rows=100,
        heads=(
            HeadChange(
                head="department", n=100, champion=0.8, challenger=0.7,
                only_champion=12, only_challenger=2, p_value=0.013,
            ),
        ),
        classes=(
            ClassChange(
                head="department", name="floor", n=60, champion=0.8, challenger=0.7,
                low=-0.123, is_protected=True, is_not_worse=False,
            ),
        ),
        is_promoted=False,
        reason=PromotionReason.WORSE_OVERALL,
    ),
)  # fmt: skip
NAMES = {"kitchen": Bilingual(zh="后厨", en="Kitchen")}


@pytest.fixture(scope="module")
def page():
    return render_training(PAGE, names=NAMES, moment="2026-03-01")


def test_every_part_is_there_in_both_languages(page):
    for zh, en in (
        ("按类别", "By class"),
        ("谁被当成了谁", "What is taken for what"),
        ("最有把握的错误", "Most confident errors"),
        ("有把握的自动放行，其余人看", "Let the sure ones pass, look at the rest"),
        ("再标一些有用吗", "Would more labels help"),
        ("各版本的准确率", "Accuracy over versions"),
        ("保留原来的模型。", "The model in use stays."),
        ("后厨", "Kitchen"),
    ):
        assert zh in page
        assert en in page
    assert page.count("<svg") == 3
    assert "−12.3" in page


def test_nothing_is_loaded_and_words_are_only_words(page):
    assert not re.search(r"<script|https?://|src=", page)
    assert "&lt;script&gt;咖啡" in page


def test_a_page_of_cross_validation_says_so_and_leaves_the_rest_out():
    bare = dataclasses.replace(
        PAGE, judge=JudgedOn.CROSS, curve=(), versions=(), comparison=None
    )
    page = render_training(bare, language="en")
    assert "All figures are cross-validated" in page
    assert "Would more labels help" not in page
    assert 'id="decision"' not in page
    assert '<html lang="en">' in page


def test_half_a_character_in_a_label_costs_no_page(tmp_path):
    lone = dataclasses.replace(HEAD.mistakes[0], words="坏\ud83d了")
    head = dataclasses.replace(HEAD, bins=(), mistakes=(lone,))
    bare = dataclasses.replace(PAGE, heads=(head,), curve=(), versions=())
    path = write_page(tmp_path, bare, "zh-CN")
    assert "坏?了" in path.read_text(encoding="utf-8")


def test_too_many_classes_are_listed_as_pairs():
    names = [f"c{number}" for number in range(MATRIX + 1)]
    many = dataclasses.replace(
        HEAD,
        classes=tuple(
            ClassFigures(name=n, recall=HALF, precision=HALF, f1=0.5) for n in names
        ),
        confusion=tuple((name, "c0", 3) for name in names),
    )
    page = render_training(dataclasses.replace(PAGE, heads=(many,)))
    assert "Most frequent confusions" in page
    assert "What is taken for what" not in page


def test_a_persons_reason_stands_as_it_was_given():
    said = Reason(code=PromotionReason.PERSON, words="first_model")
    assert promotion_words(said).zh == "first_model"
    first = Reason(code=PromotionReason.FIRST_MODEL)
    assert promotion_words(first).zh == "这是第一个模型"
