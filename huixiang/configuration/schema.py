"""JSON Schemas of the rules files, for editors and for `huixiang rules schema`."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from huixiang.configuration.problems import Path as ValuePath
from huixiang.configuration.shapes import NO_KINDS, SHAPES, SettingsByKind, schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def rules_schemas(kinds: SettingsByKind) -> dict[str, dict[str, Any]]:
    """Return a schema for every rules file, by file name."""
    return {
        file: {"$schema": DIALECT, **schema(file, kinds), "title": f"rules/{file}"}
        for file in SHAPES
    }


def write_schemas(folder: Path, kinds: SettingsByKind) -> list[Path]:
    """Write every schema below *folder* as `<name>.schema.json`; return the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for file, content in rules_schemas(kinds).items():
        path = folder / f"{Path(file).stem}.schema.json"
        text = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True)
        path.write_text(text + "\n", encoding="utf-8")
        written.append(path)
    return written


def field_names(
    file: str, path: ValuePath, kinds: SettingsByKind = NO_KINDS
) -> tuple[str, ...]:
    """Return the fields that may stand at *path* of *file*; none where any may."""
    root = schema(file, kinds)
    names: dict[str, None] = {}
    for place in _places(root, path):
        names.update(dict.fromkeys(place.get("properties", ())))
    return tuple(names)


def _places(root: Mapping[str, Any], path: ValuePath) -> list[Mapping[str, Any]]:
    places = list(_resolved(root, root))
    for step in path:
        places = [
            inner
            for place in places
            for child in _children(place, step)
            for inner in _resolved(root, child)
        ]
    return places


def _children(place: Mapping[str, Any], step: str | int) -> Iterator[Mapping[str, Any]]:
    if isinstance(step, int):
        if "items" in place:
            yield place["items"]
    elif step in place.get("properties", {}):
        yield place["properties"][step]
    elif isinstance(place.get("additionalProperties"), dict):
        yield place["additionalProperties"]


def _resolved(
    root: Mapping[str, Any], place: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    if "$ref" in place:
        yield from _resolved(root, root["$defs"][place["$ref"].rsplit("/", 1)[-1]])
    for option in (*place.get("anyOf", ()), *place.get("oneOf", ())):
        yield from _resolved(root, option)
    if "properties" in place or "items" in place or "additionalProperties" in place:
        yield place
