"""The sample's rules: every file says what it is for, validates and hangs together."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

from huixiang.connectors.file.settings import FileSource
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.items.alert import AlertRules
from huixiang.domain.items.outbox import Endpoint
from huixiang.domain.items.route import Department, Playbook, RoutingRules
from huixiang.sample.landscape import grounds
from huixiang.sample.shapes import SHAPES, TOUCHPOINTS, UNITS
from huixiang.sample.story import STORY
from huixiang.sample.timeline import START
from huixiang.sample.world import World

RULES = Path(__file__).parents[3] / "rules"


def content(file: str) -> Any:
    return yaml.safe_load((RULES / file).read_text("utf-8"))


@pytest.fixture(scope="module")
def sources() -> Mapping[str, FileSource]:
    found = TypeAdapter(list[FileSource]).validate_python(
        content("sources.yaml")["sources"]
    )
    return {source.name: source for source in found}


@pytest.fixture(scope="module")
def codeframe() -> Codeframe:
    return TypeAdapter(Codeframe).validate_python(content("codeframe.yaml"))


@pytest.fixture(scope="module")
def routing() -> RoutingRules:
    return TypeAdapter(RoutingRules).validate_python(content("routing.yaml"))


def ids(file: str, key: str) -> set[str]:
    return {each["id"] for each in content(file)[key]}


def touchpoints() -> set[str]:
    stages = content("journey.yaml")["stages"]
    return {each["id"] for stage in stages for each in stage["touchpoints"]}


@pytest.mark.parametrize(
    "path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.name
)
def test_every_file_starts_by_saying_what_it_does(path: Path) -> None:
    assert path.read_text("utf-8").startswith("# ")


@pytest.mark.parametrize(
    ("file", "key", "kind"),
    [
        ("departments.yaml", "departments", Department),
        ("playbooks.yaml", "playbooks", Playbook),
        ("endpoints.yaml", "endpoints", Endpoint),
    ],
)
def test_every_list_of_facts_validates(file: str, key: str, kind: type) -> None:
    facts = TypeAdapter(list[kind]).validate_python(content(file)[key])  # type: ignore[valid-type]  # the kind is the parameter
    assert facts


def test_the_alert_rules_validate(codeframe: Codeframe) -> None:
    alerts = TypeAdapter(AlertRules).validate_python(content("alerts.yaml"))
    named = {theme for rule in alerts.rates for theme in rule.when.theme}
    assert named <= set(codeframe.by_id)


def test_the_codeframe_is_a_tree_of_two_levels(codeframe: Codeframe) -> None:
    leaves = [theme for theme in codeframe.themes if theme.parent]
    assert len(leaves) >= 25
    assert all(len(list(codeframe.ancestors(leaf.id))) == 1 for leaf in leaves)
    assert all(leaf.definition and leaf.keywords and leaf.examples for leaf in leaves)


def test_every_theme_has_a_touchpoint_of_the_journey_and_an_owner(
    codeframe: Codeframe,
) -> None:
    assert {theme.touchpoint for theme in codeframe.themes} <= touchpoints()
    owners = {theme.owner for theme in codeframe.themes}
    assert owners <= ids("departments.yaml", "departments")


def test_the_generator_only_tells_of_known_themes_and_touchpoints(
    codeframe: Codeframe,
) -> None:
    keys = [ground.key for ground in grounds()]
    leaves = {theme.id for theme in codeframe.themes if theme.parent}
    assert {key.theme for key in keys} == leaves
    assert {key.touchpoint for key in keys} <= touchpoints()


def test_the_planted_theme_happens_where_the_codeframe_says(
    codeframe: Codeframe,
) -> None:
    assert all(
        codeframe.by_id[each.key.theme].touchpoint == each.key.touchpoint
        for each in STORY
    )


def test_every_route_ends_at_a_department_and_a_known_playbook(
    routing: RoutingRules,
) -> None:
    departments = ids("departments.yaml", "departments")
    assert {rule.department for rule in routing.rules} <= departments
    assert routing.default_department in departments
    books = {rule.playbook for rule in routing.rules if rule.playbook}
    assert books <= ids("playbooks.yaml", "playbooks")
    assert len(routing.tests) >= 20


def test_every_generated_source_has_its_entry_and_its_columns(
    sources: Mapping[str, FileSource],
) -> None:
    assert set(sources) == set(SHAPES)
    voices = list(World(3).voices(START, START.replace(month=2)))
    for name, shape in SHAPES.items():
        row = shape.row(next(voice for voice in voices if voice.source == name))
        fields = sources[name].fields
        rules = [fields.text, fields.occurred_at, fields.id, fields.rating, fields.unit]
        rules += [fields.title, fields.touchpoint, fields.customer, fields.segment]
        columns = {column for rule in rules if rule for column in rule.columns}
        assert columns <= set(row)


def test_every_word_a_source_writes_is_translated(
    sources: Mapping[str, FileSource],
) -> None:
    unit, place = sources["survey"].fields.unit, sources["survey"].fields.touchpoint
    assert unit is not None
    assert place is not None
    assert set(unit.values) == {word for word in UNITS.values() if word}
    written = {word for key, word in TOUCHPOINTS.items() if key != "app"}
    assert set(place.values) == written
    assert {TOUCHPOINTS[value] for value in place.values.values()} == written
