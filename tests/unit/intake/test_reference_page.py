"""The pages about expectations and sources name everything the code knows."""

import json
from pathlib import Path

import pytest

from huixiang.intake import batch, personal
from huixiang.intake.columns import COLUMNS

ROOT = Path(__file__).parents[3]
PAGES = [
    ROOT / "docs/reference" / name
    for name in ("expectations.md", "expectations.zh-CN.md")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_column_and_every_built_in_rule_is_explained(page):
    text = page.read_text("utf-8")
    named = (*COLUMNS, batch.UNREADABLE_RULE, batch.TIME_RULE)
    assert [name for name in named if f"`{name}`" not in text] == []


@pytest.mark.parametrize(
    ("page", "language"), [(PAGES[0], "en"), (PAGES[1], "zh")], ids=["en", "zh"]
)
def test_every_rule_of_the_suites_is_listed_with_its_severities(page, language):
    rows = {
        cells[0].strip("`"): cells[1:]
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("| `")
        and len(cells := [each.strip() for each in line.strip("|").split("|")]) == 4
    }
    for place, name in enumerate(("feedback", "survey")):
        suite = json.loads((ROOT / "expectations" / f"{name}.json").read_text("utf-8"))
        for each in suite["expectations"]:
            assert rows[each["meta"]["rule"]][place] == each["severity"]
            assert each["meta"][f"message_{language}"]


@pytest.mark.parametrize("name", ["sources.md", "sources.zh-CN.md"])
def test_every_mark_that_stands_for_personal_data_is_listed(name):
    text = (ROOT / "docs/reference" / name).read_text("utf-8")
    marks = {kind.mark for group in personal.GROUPS for kind in group.kinds}
    assert [mark for mark in sorted(marks) if mark not in text] == []
