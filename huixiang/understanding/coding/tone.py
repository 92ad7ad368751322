"""How a clause feels: words of feeling, and what turns or strengthens them."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.coding_reason import CodingReason, Why, why
from huixiang.understanding.text import lexicon
from huixiang.understanding.text.clauses import Clause

_NEGATION_REACH = 5
"""How many characters may stand between a negator and what it negates."""
_FLIP = -0.8
_SURE = 0.3
"""Beyond this a clause is no longer neutral."""
_ASCII_WORD = re.compile(r"[a-z0-9'’-]+")
_NOTHING_WORSE = re.compile(r"没有?比.{0,6}更")
_REMEDY = re.compile(
    r"解决|处理|修|排除|消除|改善|接受|忍受|容忍|避免|缓解|根治|查[出明]|理会|重视"
    r"|\b(?:fix|solve|resolve|stand|accept|avoid)"
)
"""What is not done about a bad thing leaves it bad: 未能解决异响."""
_IRONY = re.compile(
    r"[“\"](?:好|棒|优质|周到|热情|贴心|高效|优秀|专业)[”\"]|好得.{0,4}(?:坏|没)|呵呵|没谁了|好样的"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class LexiconMark:
    """One word of the lexicon found in the words."""

    start: int
    end: int
    kind: str
    weight: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Tone:
    """Below 0 bad, above 0 good; `span` covers the words that decided."""

    value: float
    span: tuple[int, int] | None
    reasons: tuple[Why, ...] = ()

    @property
    def polarity(self) -> Polarity:
        """The tone in one word."""
        if self.value > _SURE:
            return Polarity.POSITIVE
        return Polarity.NEGATIVE if self.value < -_SURE else Polarity.NEUTRAL


SILENT = Tone(value=0.0, span=None)


@functools.cache
def _by_first() -> dict[str, list[tuple[str, str, float]]]:
    """The lexicon by first character, longest words first."""
    index: dict[str, list[tuple[str, str, float]]] = {}
    for word, (kind, weight) in lexicon.table().items():
        index.setdefault(word[0], []).append((word, kind, weight))
    for words in index.values():
        words.sort(key=lambda entry: -len(entry[0]))
    return index


def marks(words: str, start: int, end: int) -> list[LexiconMark]:
    """Return the lexicon's words between *start* and *end*, longest match first."""
    index = _by_first()
    found: list[LexiconMark] = []
    place = start
    while place < end:
        mark = _longest(words, place, end, index)
        if mark:
            found.append(mark)
            place = mark.end
        elif (run := _ASCII_WORD.match(words, place, end)) is not None:
            place = run.end()
        else:
            place += 1
    return found


def _longest(
    words: str, place: int, end: int, index: dict[str, list[tuple[str, str, float]]]
) -> LexiconMark | None:
    for word, kind, weight in index.get(words[place], ()):
        stop = place + len(word)
        if stop <= end and words.startswith(word, place) and _whole(words, place, stop):
            return LexiconMark(start=place, end=stop, kind=kind, weight=weight)
    return None


def _whole(words: str, start: int, end: int) -> bool:
    """Say whether an English match is a whole word; Chinese always is."""
    if not words[start].isascii():
        return True
    after = words[end : end + 1]
    return not (after.isascii() and after.isalnum())


def clause_tone(words: str, clause: Clause) -> Tone:
    """Return the tone of one clause of normalised *words*."""
    irony = _IRONY.search(words, clause.start, clause.end)
    if irony:
        return Tone(value=-1.0, span=irony.span(), reasons=(why(CodingReason.IRONY),))
    found = marks(words, clause.start, clause.end)
    feelings = [_feeling(words, clause, found, at) for at in range(len(found))]
    kept = [(value, mark) for value, mark in zip(feelings, found, strict=True) if value]
    if not kept:
        return SILENT
    # What comes last in a clause weighs most: 又便宜又好吃, 便宜是便宜质量太差.
    weights = [0.7 ** (len(kept) - 1 - at) for at in range(len(kept))]
    total = sum(
        value * weight for (value, _), weight in zip(kept, weights, strict=True)
    )
    span = (min(mark.start for _, mark in kept), max(mark.end for _, mark in kept))
    reasons = tuple(
        why(CodingReason.TONE, words[mark.start : mark.end], weight=round(value, 1))
        for value, mark in kept
    )
    return Tone(value=max(-2.0, min(2.0, total)), span=span, reasons=reasons)


def _feeling(
    words: str, clause: Clause, found: Sequence[LexiconMark], at: int
) -> float:
    """Return what one mark contributes, after everything that stands before it."""
    mark = found[at]
    if mark.kind == "set":
        return mark.weight
    if mark.kind == "feel":
        value = mark.weight
    elif mark.kind == "size":
        value = _size(words, clause, found, at)
    else:
        return 0.0
    return value * _turned(words, clause, found, at) if value else 0.0


def _turned(words: str, clause: Clause, found: Sequence[LexiconMark], at: int) -> float:
    """Return the factor that negators and strengtheners before a mark amount to."""
    factor, edge = 1.0, found[at].start
    for before in reversed(found[:at]):
        if before.kind not in {"boost", "not"} or edge - before.end > _NEGATION_REACH:
            break
        factor *= _factor(words, before, found[at])
        edge = before.start
    superlative = _NOTHING_WORSE.search(words, clause.start, found[at].start)
    return abs(factor) if superlative else factor


def _factor(words: str, before: LexiconMark, mark: LexiconMark) -> float:
    if before.kind != "not":
        return before.weight
    is_left = mark.weight < 0 and _REMEDY.search(words, before.end, mark.start)
    return 1.0 if is_left else _FLIP


def negated_before(words: str, clause: Clause, place: int) -> bool:
    """Say whether an odd number of negators stands right before *place*."""
    before = marks(words, clause.start, place)
    end = LexiconMark(start=place, end=place, kind="feel", weight=1.0)
    return _turned(words, clause, [*before, end], len(before)) < 0


def _size(words: str, clause: Clause, found: Sequence[LexiconMark], at: int) -> float:
    """Judge a word of size by what is measured; alone it says little."""
    mark = found[at]
    topic = words[clause.start : mark.start]
    more = mark.weight
    if _measured(topic, lexicon.worse_more()):
        return -more
    if _measured(topic, lexicon.better_more()):
        return more
    if words[mark.start : mark.end] == "快":
        return 1.0
    boosted = at > 0 and found[at - 1].kind == "boost"
    return more if boosted and more < 0 else 0.0


def _measured(topic: str, things: frozenset[str]) -> bool:
    return any(thing in topic for thing in things)


def tone_at(words: str, clauses: Sequence[Clause], at: int) -> Tone:
    """Return the tone for what clause *at* speaks of, looking around if it is silent.

    The following clauses up to the next turn come first, then the ones before.
    """
    own = clause_tone(words, clauses[at])
    if own.value or own.span:
        return own
    for near in _neighbours(clauses, at):
        tone = clause_tone(words, clauses[near])
        if tone.value:
            nearby = Tone(value=tone.value * 0.8, span=tone.span, reasons=tone.reasons)
            return Tone(
                value=nearby.value,
                span=nearby.span,
                reasons=(*tone.reasons, why(CodingReason.NEIGHBOUR)),
            )
    return SILENT


def _neighbours(clauses: Sequence[Clause], at: int) -> list[int]:
    after: list[int] = []
    for place in range(at + 1, min(at + 3, len(clauses))):
        if clauses[place].turns:
            break
        after.append(place)
    before = [] if clauses[at].turns or at == 0 else [at - 1]
    return after + before
