"""The codeframe's commands, as operations use them."""

import datetime as dt
import json

import pytest

from tests.workbench import NOON, Said, make_bench

RENAMED = """\
version: "2"
bridges:
  - {from_version: "1", to_version: "2", moves: [{old: [staff], new: [people]}]}
"""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A workspace in its own database, with feedback that was coded with version 1."""
    folder = tmp_path / "shop"
    url = f"sqlite:///{tmp_path / 'shop.db'}"
    bench = make_bench(folder, url)
    monkeypatch.setenv("HUIXIANG_HOME", str(folder))
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", url)
    monkeypatch.setenv("HUIXIANG_LANGUAGE", "en")
    said = [
        Said(number=str(i), at=NOON - dt.timedelta(days=i), words="店员爱理不理",
             theme="staff")
        for i in range(1, 5)
    ]  # fmt: skip
    bench.hear(said)
    return folder


def rewrite(home, before, after):
    path = home / "rules" / "codeframe.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_check_refuses_other_words_under_the_same_version(home, huixiang):
    assert huixiang("check").code == 0
    rewrite(home, "店员, ", "营业员, ")

    ended = huixiang("check")
    assert ended.code == 1
    assert "codeframe.yaml:1:10: the codeframe has changed" in ended.out
    assert "errors in rules/: 1" in ended.err


def test_check_looks_into_no_database_that_is_not_there(tmp_path, huixiang):
    assert huixiang("init", tmp_path / "new", "--pack", "hotel").code == 0
    assert huixiang("check", "--home", tmp_path / "new").code == 0
    assert not (tmp_path / "new" / ".huixiang").exists()


def test_a_rename_from_the_edit_to_the_figures_of_its_bridge(home, huixiang):
    before = home / "before.yaml"
    before.write_bytes((home / "rules" / "codeframe.yaml").read_bytes())
    rewrite(home, "id: staff", "id: people")
    rewrite(home, 'version: "1"\n', RENAMED)

    changes = huixiang("codeframe", "diff", "1", home / "rules" / "codeframe.yaml",
                       "--json").json  # fmt: skip
    assert [(c["change"], c["id"]) for c in changes] == [
        ("removed", "staff"),
        ("added", "people"),
    ]
    assert huixiang("codeframe", "diff", before, "1", "--json").json == []
    assert huixiang("run", "understand", "--direct", "--as-of", "2026-03-13").code == 0

    (bridge,) = huixiang("codeframe", "bridge", "--json").json
    assert bridge["n_feedback"] == 4
    assert "1 → 2" in huixiang("codeframe", "bridge").out
    versions = huixiang("codeframe", "versions", "--json").json
    assert [(v["version"], v["current"]) for v in versions] == [("1", ""), ("2", "✓")]


def test_a_version_nobody_used_is_named_with_those_there_are(home, huixiang):
    ended = huixiang("codeframe", "diff", "0", "1")
    assert ended.code == 2
    assert "those are: 1" in ended.err


def test_the_graph_comes_in_every_form(home, huixiang, tmp_path):
    assert "Cold coffee (coffee.cold)" in huixiang("codeframe", "graph").out
    shown = huixiang("codeframe", "graph", "--json").json
    assert shown["version"] == "1"
    for form in ("dot", "svg", "html", "json"):
        path = tmp_path / f"graph.{form}"
        ended = huixiang("codeframe", "graph", "--format", form, "--out", path,
                         "--language", "zh")  # fmt: skip
        assert ended.code == 0
        assert "咖啡" in path.read_text(encoding="utf-8")
    assert json.loads((tmp_path / "graph.json").read_text("utf-8")) == shown


def test_rules_test_runs_the_examples_too(home, huixiang):
    rewrite(
        home,
        "    keywords: [排队, 队伍]",
        "    keywords: [排队, 队伍]\n    examples: [队伍很长]\n"
        "    counter_examples: [排队的人很友好]",
    )
    ended = huixiang("rules", "test", "--json")
    assert ended.code == 1
    found = {row["test"]: row["passed"] for row in ended.json}
    assert (found["= queue"], found["≠ queue"]) == ("✓", "✗")


def test_packs_are_listed_and_init_says_what_is_missing(huixiang):
    listed = huixiang("init", "--list-packs", "--json").json
    assert {"pack": "hotel", "name": "酒店 / Hotel", "n_themes": 28} in listed
    ended = huixiang("init")
    assert ended.code == 2
    assert "--list-packs" in ended.err
