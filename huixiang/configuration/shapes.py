"""The files of a rules folder and the facts each of them holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ClassVar

from pydantic import AwareDatetime, BeforeValidator, TypeAdapter

from huixiang.domain.alert import AlertRules
from huixiang.domain.codeframe import Codeframe
from huixiang.domain.goal import Goal
from huixiang.domain.journey import Journey
from huixiang.domain.outbox import Endpoint
from huixiang.domain.route import Department, Playbook, RoutingRules
from huixiang.domain.source import Source
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


@dataclass(frozen=True, kw_only=True, slots=True)
class SourcesFile:
    """`sources.yaml`: where feedback comes from."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    version: str
    sources: tuple[Source, ...]


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
class EndpointsFile:
    """`endpoints.yaml`: the robots, boards and URLs that hear of action items."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    endpoints: tuple[Annotated[Endpoint, BeforeValidator(_language_code)], ...] = ()
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


@cache
def adapter(file: str) -> TypeAdapter[Any]:
    """Return what validates *file*; built once, since building takes milliseconds."""
    return TypeAdapter(SHAPES[file])


@cache
def schema(file: str) -> Mapping[str, Any]:
    """Return the JSON Schema of *file*."""
    return adapter(file).json_schema()
