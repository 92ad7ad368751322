"""What the tutorial says comes out is what comes out."""

import csv
import runpy

import pytest

from huixiang.steps.verify.csv_files import judge_files
from tests.unit.docs.pages import DOCS


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory):
    folder = tmp_path_factory.mktemp("judge")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        runpy.run_path(str(DOCS / "tutorial" / "make_scores.py"), run_name="__main__")
    out = folder / "verdicts.csv"
    assert judge_files(folder / "scores.csv", folder / "actions.csv", out) == 2
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("page", "language"), [("first-hour.md", "en"), ("first-hour.zh-CN.md", "zh")]
)
def test_the_verdicts_of_the_two_shops_are_as_shown(page, language, verdicts):
    text = (DOCS / "tutorial" / page).read_text(encoding="utf-8")
    for row in verdicts:
        said = f"{row['naive_verdict']} → {row['verdict']}"
        assert f"{row['action_id']} {said} | {row[f'sentence_{language}']}\n" in text


def test_a_plain_comparison_calls_both_improved_and_one_was(verdicts):
    assert [row["naive_verdict"] for row in verdicts] == ["improved", "improved"]
    assert [row["verdict"] for row in verdicts] == ["improved", "inconclusive"]
