"""Split words into clauses: the stretch in which one thing is said of one thing."""

import itertools
import re
from dataclasses import dataclass

_BREAK = re.compile(
    r"[。!?;,~…\n、]+|\.(?!\d)|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])|-{2,}"
)
_CONTRAST = (
    "但是|但|不过|可是|可惜|然而|只是|就是|却|反而|倒是|倒|好在|还好|幸好|幸亏|美中不足|除了|虽然|尽管"
    r"|\bbut\b|\bhowever\b|\balthough\b|\bthough\b|\byet\b|\bunfortunately\b"
)
_OPENER = re.compile(rf"\s*(?:{_CONTRAST})")
_INNER = re.compile(
    r"(?<=[\w ])(?:但是|但(?!凡)|可是|然而|不过(?!来|去|关|瘾))|\bbut\b|\balthough\b|\bhowever\b"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Clause:
    """A span of the words; `turns` when it is set against the one before."""

    start: int
    end: int
    turns: bool


def split_clauses(words: str) -> list[Clause]:
    """Return the clauses of normalised *words*, in order; white space alone is none."""
    after = {mark.end() for mark in _BREAK.finditer(words)}
    before = {mark.start() for mark in _INNER.finditer(words)}
    spans = itertools.pairwise(sorted({0, *after, *before, len(words)}))
    return [
        _clause(words, start, end)
        for start, end in spans
        if words[start:end].strip(" \n,.。!?;、~…-")
    ]


def _clause(words: str, start: int, end: int) -> Clause:
    return Clause(start=start, end=end, turns=bool(_OPENER.match(words, start, end)))
