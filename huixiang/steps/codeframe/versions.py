"""Versions of the codeframe: what a workspace has used, and what changed between two."""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huixiang.configuration.problems import Problem
from huixiang.configuration.rulebook import Rulebook
from huixiang.configuration.versions import FILE, version_problems
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.errors import ConfigurationError
from huixiang.steps.rules import codeframe_in
from huixiang.store.engine import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One difference between two codeframes: `what` is "theme" or "cause".

    `fields` are those that differ where both have it, each with what left and what came.
    """

    change: str
    what: str
    id: str
    fields: Mapping[str, tuple[Any, Any]] = dataclasses.field(default_factory=dict)


def codeframe_problems(store: Store, rulebook: Rulebook) -> list[Problem]:
    """Return what is wrong with the codeframe in the light of what was used before."""
    with store.reading() as uow:
        is_there = uow.codeframes.is_there()
        return version_problems(
            rulebook.texts[FILE],
            rulebook.codeframe,
            uow.codeframes.hashes() if is_there else {},
            uow.codeframes.frame if is_there else lambda _: None,
        )


def named_frame(store: Store, name: str) -> Codeframe:
    """Return a version this workspace has used, or the one that a file holds."""
    path = Path(name)
    if path.is_file():
        return codeframe_in(path)
    with store.reading() as uow:
        frame, hashes = uow.codeframes.frame(name), uow.codeframes.hashes()
    if frame is None:
        known = ", ".join(hashes) or "none yet"
        raise ConfigurationError(
            f"{name!r} is neither a file nor a version that this workspace has used "
            f"(those are: {known})"
        )
    return frame


def changes(old: Codeframe, new: Codeframe) -> list[Change]:
    """Return what was removed, changed and added, themes before causes."""
    return [
        *_changes("theme", old.by_id, new.by_id),
        *_changes("cause", old.causes_by_id, new.causes_by_id),
    ]


def _changes(
    what: str, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    for name in old:
        if name not in new:
            yield Change(change="removed", what=what, id=name)
    for name, entry in new.items():
        if name not in old:
            yield Change(change="added", what=what, id=name)
        elif entry != old[name]:
            fields = _fields(old[name], entry)
            yield Change(change="changed", what=what, id=name, fields=fields)


def _fields(old: Any, new: Any) -> dict[str, tuple[Any, Any]]:
    """Return each field that differs, with what left it and what came to it."""
    differing = (
        (field.name, getattr(old, field.name), getattr(new, field.name))
        for field in dataclasses.fields(old)
    )
    return {
        name: _left_and_came(before, after)
        for name, before, after in differing
        if before != after
    }


def _left_and_came(before: Any, after: Any) -> tuple[Any, Any]:
    if isinstance(before, tuple) and isinstance(after, tuple):
        left = tuple(each for each in before if each not in after)
        return left, tuple(each for each in after if each not in before)
    return before, after
