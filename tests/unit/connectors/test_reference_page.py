"""The page about sources names what the connectors know."""

from pathlib import Path

import pytest

from huixiang.connectors.file import delimited, folder, formats, lines, workbook
from huixiang.connectors.surroundings import PullLimits

DOCS = Path(__file__).parents[3] / "docs/reference"


@pytest.mark.parametrize("name", ["sources.md", "sources.zh-CN.md"])
def test_endings_limits_and_kinds_of_damage_are_explained(name):
    text = (DOCS / name).read_text("utf-8")
    named = (
        *(f"`{suffix}`" for suffix in formats.BY_SUFFIX),
        *(f"`{suffix}`" for suffix in folder.UNFINISHED),
        *("`too_many_cells`", "`too_few_cells`", "`quotes`"),
        str(delimited.MAX_RECORD_LINES),
        f"{PullLimits().batch_size:,}",
        f"{workbook.MAX_MEMBERS:,}",
        f"{workbook.MAX_UNPACKED // 1_000_000} MB",
        str(workbook.MAX_RATIO),
        f"{lines.MAX_LINE >> 20} MiB",
    )
    assert [each for each in named if each not in text] == []
