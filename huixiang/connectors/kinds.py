"""The kinds of sources: ours by one dict, those of others by entry point.

Another package adds a kind with an entry point of the group `huixiang.connectors`,
named like the kind, that leads to a `SourceKind`:

    [project.entry-points."huixiang.connectors"]
    till = "acme_till.huixiang:KIND"
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any, Generic, TypeVar

from huixiang.connectors.file.folder import FileConnector
from huixiang.connectors.file.settings import FileSource
from huixiang.connectors.surroundings import Surroundings
from huixiang.domain.records.source import Connector, Source
from huixiang.errors import ConfigurationError

GROUP = "huixiang.connectors"

Settings = TypeVar("Settings", bound=Source)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceKind(Generic[Settings]):
    """One kind of source: the class of its settings, and what opens it."""

    settings: type[Settings]
    open: Callable[[Settings, Surroundings], Connector]


KINDS: Mapping[str, SourceKind[Any]] = {
    "file": SourceKind(settings=FileSource, open=FileConnector),
}
"""Our own kinds by name. Another connector is a module and a line here."""


@cache
def source_kinds() -> Mapping[str, SourceKind[Any]]:
    """Return every kind that is installed, ours first."""
    return with_entry_points(entry_points(group=GROUP))


def settings_by_kind() -> Mapping[str, type[Source]]:
    """Return what `rules/sources.yaml` may say, by kind."""
    return {name: kind.settings for name, kind in source_kinds().items()}


def open_source(source: Source, surroundings: Surroundings) -> Connector:
    """Return what reads *source*."""
    return source_kinds()[source.kind].open(source, surroundings)


def with_entry_points(others: Iterable[EntryPoint]) -> Mapping[str, SourceKind[Any]]:
    """Return our kinds and those of others; raise ConfigurationError for a bad one."""
    kinds = dict(KINDS)
    for entry_point in others:
        name = entry_point.name
        if name in kinds:
            raise ConfigurationError(
                f"{_origin(entry_point)}: a kind {name!r} exists already; "
                "uninstall one of the packages"
            )
        kinds[name] = _loaded(entry_point)
    return kinds


def _loaded(entry_point: EntryPoint) -> SourceKind[Any]:
    try:
        kind = entry_point.load()
    except Exception as error:
        raise ConfigurationError(
            f"{_origin(entry_point)} cannot be loaded ({type(error).__name__}: "
            f"{error}); correct or uninstall its package"
        ) from error
    if not isinstance(kind, SourceKind) or _name_of(kind) != entry_point.name:
        raise ConfigurationError(
            f"{_origin(entry_point)} must lead to a SourceKind whose settings have "
            f"kind: Literal[{entry_point.name!r}] = {entry_point.name!r}"
        )
    return kind


def _name_of(kind: SourceKind[Any]) -> object:
    return next(
        (each.default for each in fields(kind.settings) if each.name == "kind"), None
    )


def _origin(entry_point: EntryPoint) -> str:
    package = f" of {entry_point.dist.name}" if entry_point.dist else ""
    return f"the entry point {entry_point.name!r} ({GROUP}){package}"
