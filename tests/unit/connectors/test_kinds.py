"""Kinds of sources: ours, those of other packages, and what is refused."""

from dataclasses import dataclass
from importlib.metadata import EntryPoint
from typing import Literal

import pytest

from huixiang.configuration.rulebook import parse_rulebook
from huixiang.configuration.schema import rules_schemas
from huixiang.connectors.file.settings import FileSource
from huixiang.connectors.kinds import GROUP, SourceKind, with_entry_points
from huixiang.domain.records.source import Source
from huixiang.errors import ConfigurationError
from huixiang.wording.rules.problems import problem_lines

SOURCES = """\
version: "1"
sources:
  - name: survey
    channel: survey
    fields: {text: {column: words}, occurred_at: {column: day}}
  - name: desk
    kind: till
    drawer: 2
    channel: store
    fields: {text: {column: words}, occurred_at: {column: day}}
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class TillSource(Source):
    """A till, with as many drawers as it likes."""

    __pydantic_config__ = {"extra": "forbid"}  # noqa: RUF012 - read by the validator

    kind: Literal["till"] = "till"
    drawer: int


def open_till(source, surroundings):
    raise AssertionError("nothing is opened here")


TILL = SourceKind(settings=TillSource, open=open_till)
NO_KIND = {"till": "not a kind"}
BOTH = {"sources.yaml": {"file": FileSource, "till": TillSource}}


def entry_point(value, name="till"):
    return EntryPoint(name=name, value=f"{__name__}:{value}", group=GROUP)


def told(text):
    reading = parse_rulebook({"sources.yaml": text.encode()}, name="x", kinds=BOTH)
    mine = [each for each in reading.problems if each.file == "sources.yaml"]
    return problem_lines(mine)


def test_a_kind_of_another_package_stands_beside_ours():
    assert list(with_entry_points([entry_point("TILL")])) == ["file", "till"]


@pytest.mark.parametrize(
    ("value", "name", "reason"),
    [
        ("MISSING", "till", "'till'.*cannot be loaded.*AttributeError"),
        ("NO_KIND", "till", "'till'.*must lead to a SourceKind"),
        ("TILL", "drawer", "'drawer'.*must lead to a SourceKind"),
        ("TILL", "file", "'file'.*exists already"),
    ],
)
def test_what_is_no_kind_of_its_own_is_refused_by_name(value, name, reason):
    with pytest.raises(ConfigurationError, match=reason):
        with_entry_points([entry_point(value, name)])


def test_two_packages_may_not_bring_the_same_kind():
    with pytest.raises(ConfigurationError, match="exists already"):
        with_entry_points([entry_point("TILL"), entry_point("TILL")])


def test_each_kind_has_its_own_settings():
    assert told(SOURCES) == ()
    assert told(SOURCES.replace("drawer: 2", "drawer: two")) == (
        "sources.yaml:8:13: 'drawer' must be a whole number, it is 'two'; correct the "
        "value",
    )
    assert told(SOURCES.replace("    drawer: 2\n", "")) == (
        "sources.yaml:6:5: the field 'drawer' is missing; add `drawer: …`",
    )


def test_a_field_of_another_kind_is_unknown_and_the_nearest_own_one_is_named():
    wrong = told(SOURCES.replace("drawer: 2", "drawer: 2\n    path: inbox/*"))
    assert wrong[0].startswith("sources.yaml:9:5: there is no field 'path'; use one of")
    assert "drawer" in wrong[0]
    assert "delimiter" not in wrong[0]


@pytest.mark.parametrize(
    ("kind", "todo"),
    [("tills", "did you mean 'till'?"), ("pigeon", "use one of: file, till")],
)
def test_an_unknown_kind_is_told_with_the_known_ones(kind, todo):
    assert told(SOURCES.replace("kind: till", f"kind: {kind}")) == (
        f"sources.yaml:7:11: 'kind' cannot be '{kind}'; {todo}",
    )


@pytest.mark.parametrize("entry", ["- pigeon", "- kind: [till]", "- [1, 2]", "- ~"])
def test_what_is_no_source_at_all_is_a_problem_and_no_crash(entry):
    assert told(f'version: "1"\nsources:\n  {entry}\n')


def test_the_schema_shows_one_branch_a_kind():
    schema = rules_schemas(BOTH)["sources.yaml"]
    branches = schema["properties"]["sources"]["items"]["oneOf"]
    assert [each["$ref"].rsplit("/", 1)[-1] for each in branches] == [
        "FileSource", "TillSource",
    ]  # fmt: skip
    assert "drawer" in schema["$defs"]["TillSource"]["required"]
    assert "delimiter" not in schema["$defs"]["TillSource"]["properties"]
