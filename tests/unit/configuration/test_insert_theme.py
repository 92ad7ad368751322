"""A theme added by command leaves every other line of the file as it was."""

from pathlib import Path

import pytest
import yaml

from huixiang.configuration.insert_theme import NewTheme, next_version, with_theme
from huixiang.errors import ConfigurationError

ROOT = Path(__file__).parents[3]
FACE = NewTheme(
    theme_id="face",
    name_zh="人脸识别",
    name_en="Face: recognition",
    keywords=("人脸识别", "no, really"),
    parent="gate",
)
FRAME = """\
# 码框
version: "2026.1"   # 每次修改都要换
themes:
  - id: gate
    name: { zh: 闸机, en: Gates }
    keywords: [闸机]   # 只有一个词

# 结尾的注释
"""


def added(before, after):
    """Return the lines that are new, in order; everything else must still be there."""
    old, new = before.splitlines(), after.splitlines()
    rest = iter(new)
    assert all(line in rest for line in old if "version" not in line)
    return [line for line in new if line not in old]


def test_the_theme_is_the_last_and_comments_stay():
    text, before, after = with_theme(FRAME, FACE, ())
    assert (before, after) == ("2026.1", "2026.2")
    assert added(FRAME, text) == [
        'version: "2026.2"   # 每次修改都要换',
        "  - id: face",
        "    parent: gate",
        "    name: { zh: 人脸识别, en: 'Face: recognition' }",
        "    keywords: [人脸识别, 'no, really']",
        "bridges:",
        '  - { from_version: "2026.1", to_version: "2026.2" }',
    ]
    themes = yaml.safe_load(text)["themes"]
    assert [each["id"] for each in themes] == ["gate", "face"]
    assert themes[1]["keywords"] == ["人脸识别", "no, really"]


def test_accepting_twice_adds_both_and_two_bridges():
    once, _, _ = with_theme(FRAME, FACE, ())
    twice, _, _ = with_theme(once, NewTheme(**{**parts(FACE), "theme_id": "hat"}), ())
    content = yaml.safe_load(twice)
    assert [each["id"] for each in content["themes"]] == ["gate", "face", "hat"]
    assert [each["to_version"] for each in content["bridges"]] == ["2026.2", "2026.3"]


def parts(theme):
    return {name: getattr(theme, name) for name in theme.__dataclass_fields__}


@pytest.mark.parametrize(
    "file", ["rules/codeframe.yaml", "examples/car-complaints/rules/codeframe.yaml"]
)
def test_a_real_codeframe_keeps_all_its_themes(file):
    before = (ROOT / file).read_text(encoding="utf-8")
    text, _, _ = with_theme(before, FACE, ())
    old, new = yaml.safe_load(before), yaml.safe_load(text)
    assert new["themes"][:-1] == old["themes"]
    assert new["themes"][-1]["id"] == "face"
    assert len(added(before, text)) <= 7


def test_windows_line_ends_and_the_mark_of_the_encoding_stay():
    text, _, _ = with_theme("\ufeff" + FRAME.replace("\n", "\r\n"), FACE, ())
    assert text.startswith("\ufeff#")
    assert text.count("\r\n") == text.count("\n")
    assert "\r\r" not in text


def test_a_file_without_a_last_line_end_is_ended_first():
    text, _, _ = with_theme(FRAME.rsplit("\n\n", 1)[0], FACE, ())
    assert [each["id"] for each in yaml.safe_load(text)["themes"]] == ["gate", "face"]


def test_a_block_of_text_at_the_end_of_the_themes_is_not_cut():
    block = FRAME.replace(
        "keywords: [闸机]   # 只有一个词", "definition: >\n      很长\n      的话"
    )
    text, _, _ = with_theme(block, FACE, ())
    themes = yaml.safe_load(text)["themes"]
    assert themes[0] == yaml.safe_load(block)["themes"][0]
    assert themes[1]["id"] == "face"


@pytest.mark.parametrize(
    "frame",
    [
        'version: "1"\nthemes: [{ id: gate }]\n',
        '{ version: "1", themes: [] }',
        "themes:\n  - id: gate\n",
    ],
)
def test_a_file_laid_out_otherwise_is_left_to_a_person(frame):
    with pytest.raises(ConfigurationError, match="by hand"):
        with_theme(frame, FACE, ())


@pytest.mark.parametrize(
    ("version", "used", "after"),
    [
        ("1", (), "2"),
        ("2026.1", (), "2026.2"),
        ("2026.09", (), "2026.10"),
        ("v3-draft", (), "v4-draft"),
        ("draft", (), "draft.1"),
        ("1", ("2", "3"), "4"),
    ],
)
def test_the_version_is_raised_to_one_nobody_used(version, used, after):
    assert next_version(version, used) == after
