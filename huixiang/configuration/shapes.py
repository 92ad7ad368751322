"""The files of a rules folder and the facts each of them holds."""

import operator
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, reduce
from typing import Annotated, Any, ClassVar, Generic, TypeVar

from pydantic import AwareDatetime, BeforeValidator, Discriminator, Tag, TypeAdapter

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.coding.journey import Journey
from huixiang.domain.items.alert import AlertRules
from huixiang.domain.items.outbox import DEFAULT_PLATFORM, Endpoint
from huixiang.domain.items.route import Department, Playbook, RoutingRules
from huixiang.domain.proof.goal import Goal
from huixiang.domain.records.source import DEFAULT_KIND, Source
from huixiang.domain.text import Bilingual, code_of


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkspaceFile:
    """`workspace.yaml`: what this workspace is called in reports.

    `as_of` is the business time of runs that name none, for data of the past; left
    out, it is now.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: Bilingual
    as_of: AwareDatetime | None = None


SourceSettings = TypeVar("SourceSettings", bound=Source)
EndpointSettings = TypeVar("EndpointSettings", bound=Endpoint)

SettingsByKind = Mapping[str, Mapping[str, type[Source] | type[Endpoint]]]
"""By file, what an entry of each kind may say: given from outside, where it is known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcesFile(Generic[SourceSettings]):
    """`sources.yaml`: where feedback comes from."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    version: str
    sources: tuple[SourceSettings, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentsFile:
    """`departments.yaml`: who can answer, and how much at once."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    departments: tuple[Department, ...]
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaybooksFile:
    """`playbooks.yaml`: recommended solutions."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    playbooks: tuple[Playbook, ...] = ()
    version: str = ""


def _language_code(entry: object) -> object:
    """Return an entry of `endpoints.yaml` with today's code of its language."""
    if isinstance(entry, dict) and "language" in entry:
        return entry | {"language": code_of(entry["language"])}
    return entry


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointsFile(Generic[EndpointSettings]):
    """`endpoints.yaml`: the robots, boards and URLs that hear of action items."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    endpoints: tuple[
        Annotated[EndpointSettings, BeforeValidator(_language_code)], ...
    ] = ()
    version: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalsFile:
    """`goals.yaml`: what should be reached by when."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    goals: tuple[Goal, ...] = ()
    version: str = ""


SHAPES: Mapping[str, type[Any]] = {
    "sources.yaml": SourcesFile,
    "codeframe.yaml": Codeframe,
    "departments.yaml": DepartmentsFile,
    "routing.yaml": RoutingRules,
    "alerts.yaml": AlertRules,
    "playbooks.yaml": PlaybooksFile,
    "endpoints.yaml": EndpointsFile,
    "journey.yaml": Journey,
    "goals.yaml": GoalsFile,
    "workspace.yaml": WorkspaceFile,
}
"""Every file a rules folder may hold, by name."""

REQUIRED = (
    "sources.yaml",
    "codeframe.yaml",
    "departments.yaml",
    "routing.yaml",
    "alerts.yaml",
)


DEFAULTS: Mapping[str, tuple[str, str]] = {
    "sources.yaml": ("sources", DEFAULT_KIND),
    "endpoints.yaml": ("endpoints", DEFAULT_PLATFORM),
}
"""Files whose entries have kinds: the field of the entries, the kind of those that
name none."""

NO_KINDS: SettingsByKind = {}


def adapter(file: str, kinds: SettingsByKind = NO_KINDS) -> TypeAdapter[Any]:
    """Return what validates *file*; built once, since building takes milliseconds."""
    return _adapter(file, tuple(kinds.get(file, {}).items()))


@cache
def _adapter(file: str, kinds: tuple[tuple[str, type[Any]], ...]) -> TypeAdapter[Any]:
    shape: Any = SHAPES[file]
    return TypeAdapter(shape[_entry(file, kinds)] if kinds else shape)


def _entry(file: str, kinds: tuple[tuple[str, type[Any]], ...]) -> Any:
    """Return the type of one entry: the branch that its `kind` names."""
    if len(kinds) == 1:
        return kinds[0][1]
    branches: list[Any] = [Annotated[settings, Tag(name)] for name, settings in kinds]
    default = DEFAULTS[file][1]

    def kind_of(entry: object) -> str:
        return _kind_of(default, entry)

    return Annotated[reduce(operator.or_, branches), Discriminator(kind_of)]


def _kind_of(default: str, entry: object) -> str:
    """Return the kind an entry names; what is no entry is refused by the default one."""
    kind = entry.get("kind") if isinstance(entry, dict) else None
    return default if kind is None else str(kind)


def kinds_at(
    file: str, content: Any, path: tuple[str | int, ...], kinds: SettingsByKind
) -> SettingsByKind:
    """Return the kind of the entry that *path* lies in; all of them elsewhere."""
    if file not in DEFAULTS or file not in kinds:
        return kinds
    field, default = DEFAULTS[file]
    match path:
        case (name, int() as position, *_) if name == field:
            kind = _kind_of(default, content[field][position])
            if kind in kinds[file]:
                return {file: {kind: kinds[file][kind]}}
    return kinds


def schema(file: str, kinds: SettingsByKind = NO_KINDS) -> Mapping[str, Any]:
    """Return the JSON Schema of *file*; entries have one branch a kind."""
    return adapter(file, kinds).json_schema()
