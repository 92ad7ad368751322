"""A problem that is known by its path and still has to be given its line."""

from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.configuration.problems import Level, Path, Problem
from huixiang.configuration.yaml_file import Document
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A problem that still has to be given its line."""

    file: str
    path: Path
    what: Bilingual
    todo: Bilingual
    level: Level = Level.ERROR

    def placed(self, documents: Mapping[str, Document]) -> Problem:
        """Return it as a problem with line and column."""
        return Problem(
            file=self.file,
            mark=documents[self.file].mark(self.path),
            what=self.what,
            todo=self.todo,
            level=self.level,
        )
