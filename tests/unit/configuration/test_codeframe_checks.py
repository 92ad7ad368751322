"""Causes and bridges of a codeframe: what leads nowhere is said with its place."""

import pytest

from huixiang.configuration.versions import (
    frame_content,
    frame_hash,
    frame_of,
    version_problems,
)
from huixiang.errors import ConfigurationError
from huixiang.steps.codeframe.versions import changes
from huixiang.steps.rules import codeframe_in, parse_rules
from huixiang.wording.rules.problems import problem_text

FRAME = """\
version: "2"
themes:
  - id: room
    name: {zh: 客房, en: Room}
    touchpoints: [desk]
    causes: [rushed]
  - id: food
    name: {zh: 餐饮, en: Food}
causes:
  - {id: rushed, name: {zh: 赶工, en: Rushed}, department: floor, playbook: slow}
bridges:
  - from_version: "1"
    to_version: "2"
    moves:
      - {old: [chamber], new: [room]}
      - {old: [bar]}
"""
OTHERS = {
    "sources.yaml": 'version: "1"\nsources: []\n',
    "departments.yaml": "departments:\n  - {id: floor, name: {zh: 楼层, en: Floor}, "
    "endpoints: [desk]}\n",
    "routing.yaml": 'version: "1"\ndefault_department: floor\nrules: []\n',
    "alerts.yaml": 'version: "1"\nrates: []\n',
    "playbooks.yaml": "playbooks:\n  - {id: slow, name: {zh: 慢, en: Slow}, "
    "kind: people, steps: [{zh: 慢点, en: Slow down}]}\n",
    "journey.yaml": "stages:\n  - {id: s, name: {zh: 在, en: In}, phase: in, "
    "touchpoints: [{id: desk, name: {zh: 前台, en: Desk}}]}\n",
    "endpoints.yaml": "endpoints:\n  - {name: desk, url: 'https://x.example', "
    "secret: S}\n",
}


def problems(before="", after=""):
    assert before in FRAME
    texts = {**OTHERS, "codeframe.yaml": FRAME.replace(before, after)}
    files = {name: text.encode() for name, text in texts.items()}
    found = parse_rules(files, name="x").problems
    return [problem_text(problem) for problem in found]


def test_a_frame_with_causes_and_a_bridge_is_accepted():
    assert problems() == []


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (
            "causes: [rushed]",
            "causes: [rush]",
            "codeframe.yaml:6:14: codeframe.yaml has no cause 'rush'; "
            "did you mean 'rushed'?",
        ),
        (
            "department: floor",
            "department: flour",
            "codeframe.yaml:10:58: departments.yaml has no department 'flour'; "
            "did you mean 'floor'?",
        ),
        (
            "playbook: slow",
            "playbook: slower",
            "codeframe.yaml:10:75: playbooks.yaml has no playbook 'slower'; "
            "did you mean 'slow'?",
        ),
        (
            "touchpoints: [desk]",
            "touchpoints: [disk]",
            "codeframe.yaml:5:19: journey.yaml has no touchpoint 'disk'; "
            "did you mean 'desk'?",
        ),
        (
            "new: [room]",
            "new: [rooms]",
            "codeframe.yaml:15:32: codeframe.yaml has no theme 'rooms'; "
            "did you mean 'room'?",
        ),
        (
            "old: [bar]",
            "old: [food]",
            "codeframe.yaml:16:16: the theme 'food' is said to be retired, yet still "
            "there; delete it from themes, or name it in new as well: [food, …]",
        ),
        (
            "old: [bar]",
            "old: [chamber]",
            "codeframe.yaml:16:16: the theme 'chamber' is moved twice by one bridge; "
            "write it as one move",
        ),
        (
            'to_version: "2"',
            'to_version: "1"',
            "codeframe.yaml:13:17: the bridge leads from version '1' to itself; write "
            "the new version as to_version",
        ),
        (
            "    moves:",
            "    max_error: 1.5\n    moves:",
            "codeframe.yaml:14:16: the value of 'max_error' makes no sense; use 0 … 1",
        ),
        (
            "    moves:",
            "    overlap_days: 0\n    moves:",
            "codeframe.yaml:14:19: the value of 'overlap_days' makes no sense; use >= 1",
        ),
        (
            "    causes: [rushed]\n",
            "",
            "codeframe.yaml:9:5: warning: no theme names the cause 'rushed'; write "
            "`causes: [rushed]` in a theme, or delete it",
        ),
        (
            "{old: [chamber], new: [room]}",
            "{old: [chamber, hall], new: [room, food]}",
            "codeframe.yaml:15:9: a move takes one old theme",
        ),
    ],
)
def test_what_leads_nowhere_is_said_with_its_place(before, after, wanted):
    found = problems(before, after)
    assert found[0].startswith(wanted)
    assert all("warning" in each for each in found[1:])


def test_an_id_of_two_causes_is_refused():
    (found,) = problems(
        "bridges:",
        "  - {id: rushed, name: {zh: 又, en: Again}, department: floor}\nbridges:",
    )
    assert "codeframe.yaml:11:10: id 'rushed' is already used on line 10" in found


OLD = """\
version: "1"
themes:
  - {id: chamber, name: {zh: 房间, en: Chamber}}
  - {id: bar, name: {zh: 酒吧, en: Bar}}
  - {id: food, name: {zh: 餐饮, en: Food}, keywords: [早餐]}
"""


def against(stored, text=FRAME):
    raw = text.encode()
    frame = frame_of(frame_content(raw), "2")
    bridges = parse_rules(
        {
            **{name: other.encode() for name, other in OTHERS.items()},
            "codeframe.yaml": raw,
        },
        name="x",
    ).rulebook.codeframe.bridges
    frame = type(frame)(
        version="2", themes=frame.themes, causes=frame.causes, bridges=bridges
    )
    hashes = {version: frame_hash(content) for version, content in stored.items()}
    frames = {
        version: frame_of(content, version) for version, content in stored.items()
    }
    found = version_problems(raw, frame, hashes, frames.get)
    return [problem_text(problem) for problem in found]


def test_a_bridge_that_accounts_for_every_old_theme_is_accepted():
    assert against({"1": frame_content(OLD.encode())}) == []
    assert against({}) == []


def test_other_content_under_a_used_version_is_refused():
    (found,) = against(
        {"2": frame_content(OLD.encode())}, FRAME.split("bridges:", maxsplit=1)[0]
    )
    assert found.startswith(
        "codeframe.yaml:1:10: the codeframe has changed but is still called version '2'"
    )


def test_comments_layout_and_bridges_are_not_content():
    before = frame_hash(frame_content(FRAME.encode()))
    other = "# new comment\n" + FRAME.split("bridges:", maxsplit=1)[0].replace(
        '"2"', "'3'"
    )
    assert frame_hash(frame_content(other.encode())) == before
    changed = FRAME.replace("客房", "房")
    assert frame_hash(frame_content(changed.encode())) != before


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        (
            "old: [bar]",
            "old: [baar]",
            "codeframe.yaml:16:16: version '1' has no theme 'baar'; did you mean 'bar'?",
        ),
        (
            "      - {old: [bar]}\n",
            "",
            "codeframe.yaml:12:5: warning: the theme 'bar' is gone and the bridge does "
            "not say where to",
        ),
        (
            'from_version: "1"',
            'from_version: "0"',
            "codeframe.yaml:12:19: warning: this workspace never used version '0'",
        ),
    ],
)
def test_a_bridge_is_held_against_the_version_it_starts_from(before, after, wanted):
    found = against({"1": frame_content(OLD.encode())}, FRAME.replace(before, after))
    assert found[0].startswith(wanted)


def test_a_file_that_is_no_codeframe_is_refused(tmp_path):
    file = tmp_path / "other.yaml"
    file.write_bytes(b"[1, 2")
    with pytest.raises(ConfigurationError, match=r"codeframe\.yaml:2:1: not valid"):
        codeframe_in(file)
    assert frame_content(b"[1, 2]") == {}


def test_a_diff_names_what_left_and_what_came():
    old = frame_of(frame_content(OLD.encode()), "1")
    new = frame_of(frame_content(FRAME.encode()), "2")
    found = {(c.change, c.what, c.id): c.fields for c in changes(old, new)}
    assert set(found) == {
        ("removed", "theme", "chamber"),
        ("removed", "theme", "bar"),
        ("added", "theme", "room"),
        ("changed", "theme", "food"),
        ("added", "cause", "rushed"),
    }
    assert found["changed", "theme", "food"] == {"keywords": (("早餐",), ())}
    assert changes(old, old) == []
