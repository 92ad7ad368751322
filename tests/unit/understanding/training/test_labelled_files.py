"""Train, evaluate and classify plain files, as the command line does."""

import csv
import json

import pytest
from openpyxl import Workbook

from huixiang.domain.coding.codeframe import Codeframe, Theme
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError
from huixiang.understanding.model.labels import read_rows
from huixiang.understanding.training.labelled_files import (
    classify_file,
    evaluate_file,
    train_file,
)

GOOD = ("菜很好吃", "服务热情周到", "房间干净", "座位很舒服", "味道不错", "送得真快")
BAD = ("菜太难吃", "服务冷漠敷衍", "房间很脏", "座位太挤", "味道很差", "送得太慢")


def records():
    for polarity, texts in (("positive", GOOD), ("negative", BAD)):
        for number, text in enumerate(texts * 3):
            theme = "菜品" if "菜" in text or "味道" in text else "服务"
            yield {
                "id": f"{polarity[0]}{number}",
                "text": text,
                "department": "厨房" if theme == "菜品" else "前厅",
                "polarity": polarity,
                "mentions": [{"theme": theme, "polarity": polarity, "evidence": text}],
            }


def write_lines(path, rows):
    path.write_text(
        "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8"
    )
    return path


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    write_lines(folder / "labels.jsonl", records())
    train_file(folder / "labels.jsonl", folder / "model")
    return folder


def classified(folder, rows, **options):
    write_lines(folder / "in.jsonl", rows)
    n_rows = classify_file(
        folder / "in.jsonl", folder / "out.jsonl", say=str, **options
    )
    lines = (folder / "out.jsonl").read_text("utf-8").splitlines()
    assert n_rows == len(lines)
    return [json.loads(line) for line in lines]


def test_evaluation_has_the_keys_that_other_programs_read(workspace):
    figures = evaluate_file(workspace / "model", workspace / "labels.jsonl")
    assert figures["n"] == 36
    assert set(figures["department"]) == {"accuracy", "macro_f1"}
    assert set(figures["polarity"]) == {"accuracy", "macro_f1"}
    assert set(figures["mentions"]) == {
        "theme_micro_f1",
        "pair_micro_f1",
        "polarity_macro_f1",
        "polarity_accuracy",
    }
    assert figures["rows_per_second"] > 0
    assert "positive" in figures["per_class"]["polarity"]


def test_every_figure_can_be_recomputed_from_what_classify_writes(workspace, tmp_path):
    rows = list(records())
    figures = evaluate_file(workspace / "model", workspace / "labels.jsonl")
    lines = classified(tmp_path, rows, model=workspace / "model")
    pairs = list(zip(rows, lines, strict=True))
    departments = [
        row["department"] == line["suggested_department"] for row, line in pairs
    ]
    polarities = [row["polarity"] == line["polarity"] for row, line in pairs]
    feelings = [
        line["polarities"][mention["theme"]] == mention["polarity"]
        for row, line in pairs
        for mention in row["mentions"]
    ]
    assert figures["department"]["accuracy"] == sum(departments) / len(pairs)
    assert figures["polarity"]["accuracy"] == sum(polarities) / len(pairs)
    assert figures["mentions"]["polarity_accuracy"] == sum(feelings) / len(pairs)


def test_one_line_comes_out_for_each_row_in_order_even_for_empty_ones(
    workspace, tmp_path
):
    rows = [
        {"id": 3, "text": "菜很好吃"},
        {"id": 1, "text": " "},
        {"id": None, "text": "送得太慢"},
    ]
    lines = classified(tmp_path, rows, model=workspace / "model")
    assert [line["id"] for line in lines] == [3, 1, None]
    assert lines[1]["mentions"] == []
    assert "no_words" in lines[1]["reasons"]


def test_spans_point_at_the_evidence_in_title_and_text(workspace, tmp_path):
    row = {"id": 1, "title": "晚餐", "text": "等位不久。菜太難吃!"}
    (line,) = classified(tmp_path, [row], model=workspace / "model")
    words = "晚餐\n等位不久。菜太難吃!"
    assert line["mentions"]
    for mention in line["mentions"]:
        assert words[slice(*mention["span"])] == mention["evidence"]
        assert mention["by"].startswith("model:")


def test_the_route_decides_the_department_and_the_model_only_suggests(
    workspace, tmp_path
):
    frame = Codeframe(
        version="1",
        themes=(
            Theme(id="food", name=Bilingual(zh="菜", en="Food"), keywords=("菜",)),
        ),
    )
    (line,) = classified(
        tmp_path,
        [{"id": 1, "text": "菜太难吃"}],
        model=workspace / "model",
        codeframe=frame,
        route=lambda row, coding: (
            f"by rule for {coding.theme}" if coding.theme == "food" else None
        ),
    )
    assert line["suggested_department"] == "厨房"
    assert line["department"] == "by rule for food"
    assert line["mentions"][0]["by"] == "rule:theme:food/keyword:菜"


def test_without_model_or_labels_feelings_are_still_understood(tmp_path):
    lines = classified(
        tmp_path, [{"id": 1, "text": "服务员非常热情"}, {"id": 2, "text": "又晚点又脏"}]
    )
    assert [line["polarity"] for line in lines] == ["positive", "negative"]


def test_csv_and_workbooks_read_like_json_lines(tmp_path):
    table = [["id", "text", "polarity", "rating"], ["1", "菜很好吃", "positive", "5"]]
    with (tmp_path / "a.csv").open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(table)
    book = Workbook()
    for line in table:
        book.active.append(line)
    book.save(tmp_path / "a.xlsx")
    assert read_rows(tmp_path / "a.csv") == read_rows(tmp_path / "a.xlsx")
    assert read_rows(tmp_path / "a.csv")[0].as_text.stars == 5


def test_a_workbook_that_is_none_is_named(tmp_path):
    path = tmp_path / "b.xlsx"
    path.write_text("id,text", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"b\.xlsx"):
        read_rows(path)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "a.jsonl:1: no JSON"),
        ('{"id": 1}', "a.jsonl:1: no field `text`"),
        ('{"text": "a", "polarity": "good"}', "a.jsonl:1: polarity 'good'"),
        ('{"text": "a", "rating": "many"}', "a.jsonl:1: rating 'many'"),
        ('{"text": "a", "mentions": [{}]}', "a.jsonl:1: mentions"),
    ],
)
def test_a_wrong_row_is_refused_with_its_place(tmp_path, line, complaint):
    (tmp_path / "a.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(ConfigurationError, match=complaint):
        read_rows(tmp_path / "a.jsonl")


def test_a_file_without_labels_cannot_be_learned_from(tmp_path):
    write_lines(tmp_path / "bare.jsonl", [{"text": "菜很好吃"}, {"text": "菜太难吃"}])
    with pytest.raises(ConfigurationError, match="no labels"):
        train_file(tmp_path / "bare.jsonl", tmp_path / "model")
