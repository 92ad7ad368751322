"""What is wrong in a rules file, where, and what to do; in plain words."""

import difflib
import enum
from collections.abc import Iterable
from dataclasses import dataclass

from huixiang.domain.text import Bilingual, Language

MAX_SHOWN = 12

Path = tuple[str | int, ...]
"""Where a value stands inside a file: keys and positions in lists."""


class Level(enum.StrEnum):
    """Whether the loop may run in spite of it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mark:
    """A place in a file as an editor counts: both from 1."""

    line: int
    column: int


START = Mark(line=1, column=1)

WARNING = Bilingual(zh="提醒：", en="warning: ")
GAP = Bilingual(zh="；", en="; ")


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One thing that is wrong, and the next step."""

    file: str
    mark: Mark
    what: Bilingual
    todo: Bilingual
    level: Level = Level.ERROR

    def text(self, language: Language = "en") -> str:
        """Return `file:line:column: what; what to do` in one language."""
        place = f"{self.file}:{self.mark.line}:{self.mark.column}"
        warning = WARNING.get(language)
        level = warning if self.level is Level.WARNING else ""
        gap = GAP.get(language)
        return (
            f"{place}: {level}{self.what.get(language)}{gap}{self.todo.get(language)}"
        )

    def __str__(self) -> str:
        """Return the English text."""
        return self.text("en")


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, errors and warnings together, each once."""
    return tuple(
        sorted(
            set(problems), key=lambda p: (p.file, p.mark.line, p.mark.column, str(p))
        )
    )


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return those that stop the loop."""
    return tuple(each for each in problems if each.level is Level.ERROR)


def pick(wrong: str, allowed: Iterable[str]) -> Bilingual:
    """Return a next step that names the nearest allowed word, or some of them."""
    words = sorted(set(allowed))
    near = difflib.get_close_matches(wrong, words, n=1, cutoff=0.6)
    if near:
        return Bilingual(zh=f"是否想写 {near[0]!r}？", en=f"did you mean {near[0]!r}?")
    if not words:
        return Bilingual(
            zh="这里还没有可选的值，请先定义", en="none is defined yet: add it"
        )
    shown = ", ".join(words[:MAX_SHOWN]) + (", …" if len(words) > MAX_SHOWN else "")
    return Bilingual(zh=f"可选：{shown}", en=f"use one of: {shown}")
