"""What is wrong in a rules file and where: codes and facts, no sentences."""

import difflib
import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from huixiang.configuration.problem_codes import ProblemCode
from huixiang.domain.reason import Fact
from huixiang.errors import ConfigurationError

MAX_SHOWN = 12

Path = tuple[str | int, ...]
"""Where a value stands inside a file: keys and positions in lists."""

NEAR, OPTIONS = "near", "options"
"""Facts of a choice: the nearest allowed word, else some of those there are."""


class ProblemSeverity(enum.StrEnum):
    """Whether the loop may run in spite of it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class FilePlace:
    """A place in a file as an editor counts: both from 1."""

    line: int
    column: int


START = FilePlace(line=1, column=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong; `huixiang.wording.rules.problems` says it and what to do."""

    file: str
    place: FilePlace
    code: ProblemCode
    facts: Mapping[str, Fact] = field(default_factory=dict)
    severity: ProblemSeverity = ProblemSeverity.ERROR

    def __str__(self) -> str:
        """Return place and code, for logs; people read the wording."""
        return f"{self.file}:{self.place.line}:{self.place.column}: {self.code}"


class RulesRefused(ConfigurationError):
    """Rules that cannot be used; the problems say why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, errors and warnings together, each once."""
    distinct = {_key(each): each for each in problems}
    return tuple(distinct[key] for key in sorted(distinct))


def _key(problem: Problem) -> tuple[str, int, int, str, str]:
    place = problem.place
    facts = repr(sorted(problem.facts.items()))
    return problem.file, place.line, place.column, problem.code, facts


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those that stop the loop."""
    return tuple(each for each in problems if each.severity is ProblemSeverity.ERROR)


def choice(wrong: str, allowed: Iterable[str]) -> dict[str, Fact]:
    """Return the facts of a next step: the nearest allowed word, or some of them."""
    words = sorted(set(allowed))
    near = difflib.get_close_matches(wrong, words, n=1, cutoff=0.6)
    if near:
        return {NEAR: near[0]}
    more = ", …" if len(words) > MAX_SHOWN else ""
    return {OPTIONS: ", ".join(words[:MAX_SHOWN]) + more}
