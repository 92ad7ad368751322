"""Keep what is right in a file when some entries are wrong, so one look shows all."""

import copy
import dataclasses
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from huixiang.configuration.duplicates import LISTS, entries
from huixiang.configuration.problems import FilePlace, Path
from huixiang.configuration.yaml_file import Document

Entry = tuple[str, int]
"""The name of a list at the top of a file, and a position in it."""


def entries_of(paths: Iterable[Path]) -> frozenset[Entry]:
    """Return the top-level entries that *paths* lie in."""
    wrong = set()
    for path in paths:
        match path:
            case (str() as name, int() as position, *_):
                wrong.add((name, position))
    return frozenset(wrong)


def without_fields(document: Document, paths: Iterable[Path]) -> Document:
    """Return *document* without the fields at *paths* (or that hold them)."""
    content = copy.deepcopy(document.content)
    for path in paths:
        names = [i for i, step in enumerate(path) if isinstance(step, str)]
        if names:
            _delete(content, path[: names[-1]], str(path[names[-1]]))
    return dataclasses.replace(document, content=content)


def without_entries(document: Document, wrong: Collection[Entry]) -> Document:
    """Return *document* without the *wrong* entries; the others keep their places."""
    content = dict(document.content) if isinstance(document.content, dict) else {}
    for name in {name for name, _ in wrong}:
        content[name] = [
            entry for i, entry in enumerate(content[name]) if (name, i) not in wrong
        ]
    return dataclasses.replace(
        document,
        content=content,
        places=_moved(document.places, wrong),
        key_places=_moved(document.key_places, wrong),
    )


def ids_of(document: Document, wrong: Collection[Entry]) -> frozenset[str]:
    """Return the ids that the *wrong* entries would have defined."""
    ids: set[str] = set()
    for lists, field in LISTS.get(document.file, ()):
        for name in lists:
            for path, entry in entries(document, (name,)):
                if (name, path[1]) in wrong:
                    ids |= _ids(entry, field)
    return frozenset(ids)


def _ids(entry: dict[str, Any], field: str) -> set[str]:
    own = {str(entry[field])} if field in entry else set()
    inside = entry.get("touchpoints")
    if isinstance(inside, list):
        own |= {str(each.get("id")) for each in inside if isinstance(each, dict)}
    return own


def _delete(content: Any, holder: Path, name: str) -> None:
    for step in holder:
        try:
            content = content[step]
        except (KeyError, IndexError, TypeError):
            return  # deleted already, with something that held it
    # The list of entries itself must stay, or nothing would be left to look at.
    if holder and isinstance(content, dict):
        content.pop(name, None)


def _moved(
    places: Mapping[Path, FilePlace], wrong: Collection[Entry]
) -> dict[Path, FilePlace]:
    return {
        new: place
        for path, place in places.items()
        if (new := _new(path, wrong)) is not None
    }


def _new(path: Path, wrong: Collection[Entry]) -> Path | None:
    match path:
        case (str() as name, int() as position, *rest):
            if (name, position) in wrong:
                return None
            before = sum(1 for other, i in wrong if other == name and i < position)
            return (name, position - before, *rest)
    return path
