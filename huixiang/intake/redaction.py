"""Personal data → typed marks; order numbers, amounts and dates stay."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from huixiang.intake.names import find_names
from huixiang.intake.personal import GROUPS, N_CONTEXT, PersonalKind

_WIDE = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0xA0: 0x20}
_WIDE |= dict.fromkeys(map(ord, "‐‑‒–—―"), 0x2D)

_SPELLED = re.compile(r"[零〇一二三四五六七八九幺]{11,}")
_NUMERALS = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_MOBILE = re.compile(r"1[3-9]\d{9}")


class PersonalSpan(NamedTuple):
    """Where something personal stands, and its mark."""

    start: int
    end: int
    mark: str


def mask(text: str) -> str:
    """Return *text* with a typed mark in place of everything personal it finds."""
    if not text:
        return text
    plain = text.translate(_WIDE)  # the same length: places stay
    spans = sorted(_spans(plain), key=lambda each: (each.start, -each.end))
    return _replace(text, spans) if spans else text


def _replace(text: str, spans: list[PersonalSpan]) -> str:
    parts: list[str] = []
    place = 0
    for start, end, mark in spans:
        if start >= place:
            parts += (text[place:start], mark)
            place = end
    return "".join((*parts, text[place:]))


def _spans(text: str) -> Iterator[PersonalSpan]:
    for guard, kinds in GROUPS:
        if guard.search(text):
            for kind in kinds:
                yield from _matches(text, kind)
    yield from _spelled_mobiles(text)
    for start, end in find_names(text):
        yield PersonalSpan(start, end, "［姓名］")


def _matches(text: str, kind: PersonalKind) -> Iterator[PersonalSpan]:
    core = "core" if "core" in kind.pattern.groupindex else 0
    for match in kind.pattern.finditer(text):
        before = text[max(0, match.start() - N_CONTEXT) : match.start()]
        if kind.accept(match[0], before):
            yield PersonalSpan(*match.span(core), kind.mark)


def _spelled_mobiles(text: str) -> Iterator[PersonalSpan]:
    for match in _SPELLED.finditer(text):
        if _MOBILE.fullmatch(match[0].translate(_NUMERALS)):
            yield PersonalSpan(*match.span(), "［手机号］")
