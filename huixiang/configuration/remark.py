"""A problem that is known by its path and still has to be given its line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, Problem, ProblemSeverity
from huixiang.configuration.yaml_file import Document
from huixiang.domain.reason import Fact


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A problem that still has to be given its line."""

    file: str
    path: Path
    code: ProblemCode
    facts: Mapping[str, Fact] = field(default_factory=dict)
    severity: ProblemSeverity = ProblemSeverity.ERROR

    def placed(self, documents: Mapping[str, Document]) -> Problem:
        """Return it as a problem with line and column."""
        return Problem(
            file=self.file,
            place=documents[self.file].place(self.path),
            code=self.code,
            facts=self.facts,
            severity=self.severity,
        )
