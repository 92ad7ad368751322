"""Find ids that are used twice, and parents that do not exist, in the raw files."""

from collections.abc import Iterator, Mapping
from typing import Any

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, choice
from huixiang.configuration.remark import Remark
from huixiang.configuration.yaml_file import Document

LISTS: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = {
    "sources.yaml": ((("sources",), "name"),),
    "codeframe.yaml": ((("themes",), "id"), (("causes",), "id")),
    "departments.yaml": ((("departments",), "id"),),
    "routing.yaml": ((("rules",), "id"), (("tests",), "name")),
    "alerts.yaml": ((("rates", "criticals"), "id"),),
    "playbooks.yaml": ((("playbooks",), "id"),),
    "endpoints.yaml": ((("endpoints",), "name"),),
    "journey.yaml": ((("stages",), "id"),),
    "goals.yaml": ((("goals",), "id"),),
}
"""Per file: lists whose entries share one set of ids, and the field that holds it."""


def duplicate_ids(document: Document) -> Iterator[Remark]:
    """Yield a problem for each id that an earlier entry of its kind has."""
    for lists, field in LISTS.get(document.file, ()):
        places = [place for name in lists for place in entries(document, (name,))]
        yield from _twice(document, places, field)
    stages = entries(document, ("stages",))
    touchpoints = [
        each for path, _ in stages for each in entries(document, (*path, "touchpoints"))
    ]
    yield from _twice(document, touchpoints, "id")


def missing_parents(document: Document) -> Iterator[Remark]:
    """Yield a problem for each theme whose parent is not in the codeframe."""
    themes = entries(document, ("themes",))
    ids = [str(theme.get("id")) for _, theme in themes]
    for path, theme in themes:
        parent = theme.get("parent")
        if isinstance(parent, str) and parent not in ids:
            yield Remark(
                file=document.file,
                path=(*path, "parent"),
                code=ProblemCode.NO_PARENT,
                facts={"name": parent, **choice(parent, ids)},
            )


def _twice(
    document: Document, places: list[tuple[Path, dict[str, Any]]], field: str
) -> Iterator[Remark]:
    first: dict[str, int] = {}
    for path, entry in places:
        name = entry.get(field)
        if not isinstance(name, str):
            continue
        if name in first:
            yield Remark(
                file=document.file,
                path=(*path, field),
                code=ProblemCode.NAME_TAKEN,
                facts={"field": field, "name": name, "line": first[name]},
            )
        first.setdefault(name, document.place((*path, field)).line)


def entries(document: Document, path: Path) -> list[tuple[Path, dict[str, Any]]]:
    """Return the mappings in the list at *path*, each with its own path."""
    place: Any = document.content
    for step in path:
        try:
            place = place[step]
        except (KeyError, IndexError, TypeError):
            return []
    if not isinstance(place, list):
        return []
    return [((*path, i), e) for i, e in enumerate(place) if isinstance(e, dict)]
