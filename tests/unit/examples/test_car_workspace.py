"""The car-complaints workspace is complete, consistent and blind to the labels."""

from collections import Counter
from pathlib import Path

import pytest

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.codeframe import Theme
from huixiang.steps.rules import read_rules

WORKSPACE = Path(__file__).parents[3] / "examples" / "car-complaints"
LABEL_COLUMNS = ("投诉问题", "问题类型")
AREAS = (
    *(
        "发动机",
        "车身",
        "电气设备",
        "销售欺诈",
        "传动系",
        "附加设备",
        "制动系",
        "服务态度",
    ),
    *(
        "动力电池及电源管理系统",
        "转向系",
        "承诺不兑现",
        "其他原因",
        "轮胎和车轮",
        "悬架系",
    ),
    *("电力驱动系统", "配件争议", "服务收费", "人员技术", "气囊和安全带"),
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    reading = read_rules(WORKSPACE / "rules", WORKSPACE / "expectations")
    assert [str(problem) for problem in reading.problems] == []
    assert reading.rulebook is not None
    return reading.rulebook


def words_of(theme: Theme) -> list[str]:
    return [*theme.keywords, *theme.negative, *theme.positive]


def test_the_nineteen_problem_areas_are_the_roots_of_the_codeframe(
    rulebook: Rulebook,
) -> None:
    roots = [theme.name.zh for theme in rulebook.codeframe.themes if not theme.parent]
    assert sorted(roots) == sorted(AREAS)


def test_no_theme_lies_deeper_than_two_levels(rulebook: Rulebook) -> None:
    frame = rulebook.codeframe
    depths = {theme.id: len(list(frame.ancestors(theme.id))) for theme in frame.themes}
    assert {theme for theme, depth in depths.items() if depth > 1} == set()


def test_every_theme_can_be_found_and_says_what_and_where_it_is(
    rulebook: Rulebook,
) -> None:
    places = rulebook.journey.by_id
    bare = [
        theme.id
        for theme in rulebook.codeframe.themes
        if not (words_of(theme) or theme.patterns)
        or theme.definition is None
        or theme.touchpoint not in places
    ]
    assert bare == []


def test_the_id_of_a_symptom_starts_with_the_id_of_its_area(rulebook: Rulebook) -> None:
    strays = [
        theme.id
        for theme in rulebook.codeframe.themes
        if theme.parent and not theme.id.startswith(f"{theme.parent}.")
    ]
    assert strays == []


def test_a_word_belongs_to_one_theme_only(rulebook: Rulebook) -> None:
    counts = Counter(
        word for theme in rulebook.codeframe.themes for word in words_of(theme)
    )
    assert [word for word, count in counts.items() if count > 1] == []


def test_the_source_reads_neither_label_column(rulebook: Rulebook) -> None:
    fields = rulebook.sources["complaints"].fields
    rules = (fields.id, fields.text, fields.occurred_at, fields.unit)
    read = [rule.columns for rule in (*rules, *fields.attributes.values()) if rule]
    assert {column for columns in read for column in columns} == {
        *("投诉编号", "投诉简述", "投诉日期", "投诉品牌", "投诉车系", "投诉车型"),
    }


def test_no_expectation_names_a_label_column() -> None:
    suites = list((WORKSPACE / "expectations").glob("*.json"))
    assert len(suites) == 1
    text = suites[0].read_text(encoding="utf-8")
    assert [column for column in LABEL_COLUMNS if column in text] == []


def test_the_workspace_carries_no_complaints() -> None:
    inbox = [path.name for path in (WORKSPACE / "inbox").iterdir()]
    ignored = (WORKSPACE / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ".gitkeep" in inbox
    assert {"inbox/*", ".huixiang/", ".env"} <= set(ignored)
