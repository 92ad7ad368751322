"""Every codeframe that ships passes its own tests, and every pack is complete."""

import functools
from pathlib import Path

import pytest

from huixiang.cli.workspace import make_workspace, packs
from huixiang.configuration.patterns import compile_pattern
from huixiang.errors import ConfigurationError
from huixiang.routing.check import run_rule_tests, untested_rules
from huixiang.routing.compile import compile_router
from huixiang.steps.codeframe.examples import run_examples
from huixiang.steps.rules import read_rules

ROOT = Path(__file__).parents[3]
NAMES = ["airline", "automobile", "hotel", "public_service", "restaurant_retail"]
FOLDERS = [
    "rules",
    "examples/car-complaints/rules",
    *(f"examples/packs/{n}" for n in NAMES),
]


@functools.cache
def reading(folder):
    return read_rules(ROOT / folder)


def test_the_packs_that_ship_are_listed():
    assert [row["pack"] for row in packs()] == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_workspace_made_from_a_pack_has_nothing_wrong_with_it(name, tmp_path):
    made = make_workspace(tmp_path / "mine", name)

    assert tmp_path / "mine" / "rules" in made
    found = read_rules(tmp_path / "mine" / "rules", tmp_path / "mine" / "expectations")
    assert found.problems == ()
    assert not list((tmp_path / "mine" / "labels").iterdir())


def test_an_unknown_pack_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(ConfigurationError, match="airline, automobile, hotel"):
        make_workspace(tmp_path / "mine", "hotels")


@pytest.mark.parametrize("folder", FOLDERS)
def test_examples_get_their_theme_and_counter_examples_do_not(folder):
    book = reading(folder).rulebook
    failed = [r for r in run_examples(book.codeframe) if not r.passed]
    assert failed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_routing_rule_of_a_pack_has_a_test_that_passes(name):
    book = reading(f"examples/packs/{name}").rulebook
    router = compile_router(book.routing, book.codeframe, compile_pattern)

    assert [t.name for t in run_rule_tests(router) if not t.passed] == []
    assert untested_rules(router) == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_theme_of_a_pack_is_whole(name):
    book = reading(f"examples/packs/{name}").rulebook
    parents = {theme.parent for theme in book.codeframe.themes}
    leaves = [theme for theme in book.codeframe.themes if theme.id not in parents]
    assert len(leaves) >= 15
    for theme in leaves:
        assert theme.definition, theme.id
        assert theme.examples, theme.id
        assert theme.causes, theme.id
        assert theme.owner in book.departments
        words = (*theme.keywords, *theme.negative, *theme.positive)
        assert any(word.isascii() for word in words), theme.id
        assert any(not word.isascii() for word in words), theme.id
    assert {theme.need_tier for theme in leaves} >= {"pain", "itch"}
    departments = {cause.department for cause in book.codeframe.causes}
    assert len(departments) >= 5


def test_an_example_that_is_coded_otherwise_fails():
    book = reading("examples/packs/hotel").rulebook
    frame = book.codeframe
    noise = frame.by_id["room.noise"]
    wrong = type(noise)(
        id="room.noise",
        name=noise.name,
        negative=noise.negative,
        examples=("早餐很丰富",),
        counter_examples=("隔音太差",),
    )
    results = run_examples(type(frame)(version="x", themes=(wrong,)))
    assert [(r.is_counter, r.passed) for r in results] == [
        (False, False),
        (True, False),
    ]
    assert "隔音太差" in results[1].words
