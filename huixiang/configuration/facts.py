"""What could be read of a rules folder, also when some of its files could not."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, choice
from huixiang.configuration.remark import Remark
from huixiang.configuration.yaml_file import Document
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.coding.journey import Journey
from huixiang.domain.items.alert import AlertRules
from huixiang.domain.items.outbox import Endpoint
from huixiang.domain.items.route import Department, Playbook, RoutingRules
from huixiang.domain.proof.goal import Goal
from huixiang.domain.records.source import Source


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadRules:
    """The facts of each file; None where the file is missing or could not be read.

    `absent` are optional files that are not there. `broken` are the ids of entries that
    could not be read: using them elsewhere is no further mistake. `damaged` are the
    files of which anything could not be read.
    """

    documents: Mapping[str, Document]
    values: Mapping[str, Any]
    absent: frozenset[str]
    broken: Mapping[str, frozenset[str]]
    damaged: frozenset[str]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources that could be read."""
        return self._entries("sources.yaml", "sources")

    @property
    def departments(self) -> tuple[Department, ...]:
        """The departments that could be read."""
        return self._entries("departments.yaml", "departments")

    @property
    def playbooks(self) -> tuple[Playbook, ...]:
        """The playbooks that could be read."""
        return self._entries("playbooks.yaml", "playbooks")

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """The endpoints that could be read."""
        return self._entries("endpoints.yaml", "endpoints")

    @property
    def goals(self) -> tuple[Goal, ...]:
        """The goals that could be read."""
        return self._entries("goals.yaml", "goals")

    @property
    def codeframe(self) -> Codeframe | None:
        """The codeframe, if it could be read."""
        return self.values.get("codeframe.yaml")

    @property
    def routing(self) -> RoutingRules | None:
        """The routing rules, if they could be read."""
        return self.values.get("routing.yaml")

    @property
    def alerts(self) -> AlertRules | None:
        """The alert rules, if they could be read."""
        return self.values.get("alerts.yaml")

    @property
    def journey(self) -> Journey | None:
        """The journey, if there is one and it could be read."""
        return self.values.get("journey.yaml")

    def ids(self, file: str) -> frozenset[str] | None:
        """Return the ids defined in *file*; None when nobody can tell."""
        if file in self.absent:
            return frozenset()
        if file not in self.values:
            return None
        entries: Mapping[str, Iterable[Any]] = {
            "departments.yaml": self.departments,
            "playbooks.yaml": self.playbooks,
            "endpoints.yaml": self.endpoints,
            "codeframe.yaml": self.codeframe.themes if self.codeframe else (),
            "journey.yaml": self.journey.by_id.values() if self.journey else (),
        }
        ids = {getattr(each, "id", None) or each.name for each in entries[file]}
        return self.broken.get(file, frozenset()) | ids

    def _entries(self, file: str, field: str) -> tuple[Any, ...]:
        value = self.values.get(file)
        return () if value is None else getattr(value, field)


def unknown(
    facts: ReadRules, defined_in: str, name: str | None, file: str, path: Path
) -> Iterator[Remark]:
    """Yield a remark when *name*, used at *path*, is not defined where it should be."""
    known = facts.ids(defined_in)
    if name is None or known is None or name in known:
        return
    yield Remark(
        file=file,
        path=path,
        code=ProblemCode.UNKNOWN_NAME,
        facts={"defined_in": defined_in, "name": name, **choice(name, known)},
    )
