"""The kinds of endpoints: ours by one dict, those of others by entry point.

Another package adds a kind with an entry point of the group `huixiang.platforms`,
named like the kind, that leads to a platform:

    [project.entry-points."huixiang.platforms"]
    pager = "acme_pager.huixiang:PLATFORM"
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from huixiang.delivery.platform import Platform
from huixiang.delivery.platforms.webhook import GenericWebhook
from huixiang.domain.items.outbox import Endpoint
from huixiang.errors import ConfigurationError

GROUP = "huixiang.platforms"

PLATFORMS: Mapping[str, Platform[Any]] = {
    "webhook": GenericWebhook(),
}
"""Our own platforms by kind. Another platform is a module and a line here."""


@cache
def platforms() -> Mapping[str, Platform[Any]]:
    """Return every platform that is installed, ours first."""
    return with_entry_points(entry_points(group=GROUP))


def settings_by_kind() -> Mapping[str, type[Endpoint]]:
    """Return what `rules/endpoints.yaml` may say, by kind."""
    return {kind: platform.settings for kind, platform in platforms().items()}


def with_entry_points(entries: Iterable[EntryPoint]) -> Mapping[str, Platform[Any]]:
    """Return ours and those of others; raise ConfigurationError for a bad one."""
    known = dict(PLATFORMS)
    for entry in entries:
        if entry.name in known:
            raise ConfigurationError(
                f"{_origin(entry)}: a platform {entry.name!r} exists already; "
                "uninstall one of the packages"
            )
        known[entry.name] = _loaded(entry)
    return known


def _loaded(entry: EntryPoint) -> Platform[Any]:
    try:
        platform: Platform[Any] = entry.load()
        names = {platform.kind, _kind_of(platform.settings)}
    except Exception as error:  # whatever a stranger's module does
        raise ConfigurationError(
            f"{_origin(entry)} cannot be loaded ({type(error).__name__}: {error}); "
            "correct or uninstall its package"
        ) from error
    if names != {entry.name}:
        raise ConfigurationError(
            f"{_origin(entry)} must lead to a platform whose own kind is "
            f"{entry.name!r}, as is that of its settings"
        )
    return platform


def _kind_of(settings: type[Endpoint]) -> object:
    return next((each.default for each in fields(settings) if each.name == "kind"), "")


def _origin(entry: EntryPoint) -> str:
    package = f" of {entry.dist.name}" if entry.dist else ""
    return f"the entry point {entry.name!r} ({GROUP}){package}"
