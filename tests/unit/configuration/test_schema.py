"""JSON Schemas for editors, and the reference page that names every field."""

import json
from pathlib import Path

import pytest

from huixiang.configuration.schema import field_names, rules_schemas, write_schemas
from huixiang.configuration.shapes import SHAPES
from huixiang.steps.rules import every_kind

REFERENCE = Path(__file__).parents[3] / "docs" / "reference" / "rules.md"


def fields_of(file: str) -> set[str]:
    schema = rules_schemas(every_kind())[file]
    inside = [schema, *schema.get("$defs", {}).values()]
    return {name for each in inside for name in each.get("properties", {})}


def test_every_rules_file_has_a_schema_that_refuses_unknown_fields():
    schemas = rules_schemas(every_kind())
    assert set(schemas) == set(SHAPES)
    for schema in schemas.values():
        objects = [schema, *schema.get("$defs", {}).values()]
        closed = [
            each["additionalProperties"] for each in objects if "properties" in each
        ]
        assert not any(closed)


def test_the_fields_at_a_place_are_found_through_lists_and_options():
    assert field_names("routing.yaml", ("rules", 0, "when", "rating")) == ("min", "max")
    assert "column" in field_names(
        "sources.yaml", ("sources", 0, "fields", "title"), every_kind()
    )
    assert field_names("routing.yaml", ("rules", 0, "when", "attributes")) == ()


def test_the_schemas_are_written_as_files_an_editor_can_use(tmp_path):
    paths = write_schemas(tmp_path / "schemas", every_kind())
    assert {path.name for path in paths} == {
        f"{Path(file).stem}.schema.json" for file in SHAPES
    }
    routing = json.loads(
        (tmp_path / "schemas" / "routing.schema.json").read_text("utf-8")
    )
    assert routing["$schema"].startswith("https://json-schema.org/")


@pytest.mark.parametrize("file", SHAPES)
def test_the_reference_page_names_every_file_and_field(file):
    page = REFERENCE.read_text(encoding="utf-8")
    assert f"`{file}`" in page
    missing = {name for name in fields_of(file) if f"`{name}`" not in page}
    assert missing == set()
