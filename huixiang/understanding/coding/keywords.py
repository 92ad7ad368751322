"""Code themes by the codeframe's own words; every coding names the word that made it."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import re2

from huixiang.domain.coding.codeframe import (
    Codeframe,
    CoderKind,
    Coding,
    NeedTier,
    Polarity,
    Theme,
)
from huixiang.domain.coding.coding_reason import CodingReason, Why, why
from huixiang.errors import ConfigurationError
from huixiang.understanding.coding.tone import (
    SILENT,
    Tone,
    clause_tone,
    negated_before,
    tone_at,
)
from huixiang.understanding.text.clauses import Clause
from huixiang.understanding.text.normalise import normalise

_CARRIES = {"negative": -1.0, "positive": 1.0, "keyword": 0.0, "pattern": 0.0}
_SURE = {"carried": 0.9, "clause": 0.85, "nearby": 0.7, "fallback": 0.55}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fallback:
    """The polarity a coding takes where its own clauses are silent, and why."""

    polarity: Polarity
    reason: Why


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleCoding:
    """A rule's coding; `carries_tone` where the word that leads says how it feels."""

    coding: Coding
    carries_tone: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Word:
    theme: str
    kind: str
    text: str

    @property
    def rule_id(self) -> str:
        return f"theme:{self.theme}/{self.kind}:{self.text}"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Hit:
    word: _Word
    start: int
    end: int
    clause: int


@dataclass(frozen=True, kw_only=True, slots=True)
class _Finding:
    """One hit with the tone of its clause; `sure` says where the tone came from."""

    hit: _Hit
    tone: Tone
    sure: str


class KeywordCoder:
    """The words of one codeframe, ready to be found."""

    def __init__(self, codeframe: Codeframe) -> None:
        self._codeframe = codeframe
        self._words = [word for theme in codeframe.themes for word in _words_of(theme)]
        self._patterns = [
            pair for theme in codeframe.themes for pair in _patterns_of(theme)
        ]
        self._excludes = {
            theme.id: normalise(theme.excludes)
            for theme in codeframe.themes
            if theme.excludes
        }

    @functools.cached_property
    def vocabulary(self) -> tuple[str, ...]:
        """The words a segmenter must keep whole."""
        return tuple(
            dict.fromkeys(word.text for word in self._words if len(word.text) > 1)
        )

    def code(
        self, original: str, words: str, clauses: Sequence[Clause], fallback: Fallback
    ) -> list[RuleCoding]:
        """Return one coding for each theme that *words*, normalised, speak of."""
        hits = self._hits(words, clauses)
        by_theme: dict[str, list[_Finding]] = {}
        for hit in hits:
            finding = _judge(words, clauses, hit)
            by_theme.setdefault(hit.word.theme, []).append(finding)
        kept = self._most_specific(by_theme)
        return [
            self._coding(original, clauses, findings, fallback)
            for findings in kept.values()
        ]

    def _hits(self, words: str, clauses: Sequence[Clause]) -> list[_Hit]:
        """Return every word and pattern found, none of them inside an exclude."""
        found = [
            (word, start, start + len(word.text))
            for word in self._words
            if word.text in words
            for start in _places(words, word.text)
        ]
        for word, pattern in self._patterns:
            found += [(word, *match.span()) for match in pattern.finditer(words)]
        return [
            _Hit(word=word, start=start, end=end, clause=_clause_of(clauses, start))
            for word, start, end in found
            if end > start and not self._is_excluded(words, word.theme, start, end)
        ]

    def _is_excluded(self, words: str, theme: str, start: int, end: int) -> bool:
        return any(
            place < end and start < place + len(phrase)
            for phrase in self._excludes.get(theme, ())
            for place in _places(words, phrase)
        )

    def _most_specific(
        self, by_theme: Mapping[str, list[_Finding]]
    ) -> dict[str, list[_Finding]]:
        """Leave out what is found of a parent in a clause that tells one of its children."""
        children: dict[str, set[int]] = {}
        for theme, findings in by_theme.items():
            for parent in self._codeframe.ancestors(theme):
                told = children.setdefault(parent, set())
                told |= {finding.hit.clause for finding in findings}
        kept = {
            theme: [
                each
                for each in findings
                if each.hit.clause not in children.get(theme, ())
            ]
            for theme, findings in by_theme.items()
        }
        return {theme: findings for theme, findings in kept.items() if findings}

    def _coding(
        self,
        original: str,
        clauses: Sequence[Clause],
        findings: Sequence[_Finding],
        fallback: Fallback,
    ) -> RuleCoding:
        """Join what the clauses say about one theme into one coding."""
        told: dict[int, float] = {}
        for each in sorted(findings, key=_says_more):
            told[each.hit.clause] = each.tone.value
        total = sum(told.values())
        lead = max(
            findings, key=lambda each: each.tone.value * (1 if total > 0 else -1)
        )
        polarity = Tone(value=total, span=None).polarity
        told_by = _once(reason for each in findings for reason in each.tone.reasons)
        if all(each.sure == "fallback" for each in findings):
            polarity, told_by = fallback.polarity, (fallback.reason,)
        span = _trimmed(original, clauses[lead.hit.clause], lead.hit)
        theme = self._codeframe.by_id[lead.hit.word.theme]
        rules = dict.fromkeys(each.hit.word.rule_id for each in findings)
        coding = Coding(
            theme=theme.id,
            polarity=polarity,
            evidence=original[span[0] : span[1]],
            span=span,
            confidence=_SURE[lead.sure],
            coder=CoderKind.RULE,
            coder_id=lead.hit.word.rule_id,
            need_tier=need_tier(theme, polarity),
            reasons=(
                *(why(CodingReason.RULE, rule=each) for each in rules),
                *told_by,
            ),
        )
        return RuleCoding(
            coding=coding, carries_tone=bool(_CARRIES[lead.hit.word.kind])
        )


def _once(reasons: Iterable[Why]) -> tuple[Why, ...]:
    """Return reasons in order, equal ones once."""
    kept: list[Why] = []
    for each in reasons:
        if each not in kept:
            kept.append(each)
    return tuple(kept)


def _says_more(finding: _Finding) -> tuple[float, float]:
    """Order what is found in one clause: the word that carries a tone has the say."""
    return _SURE[finding.sure], abs(finding.tone.value)


def need_tier(theme: Theme | None, polarity: Polarity) -> NeedTier:
    """Return 痛点 for what hurts (the theme may say 痒点), 悦点 for what pleases."""
    if polarity is Polarity.POSITIVE:
        return NeedTier.DELIGHT
    if polarity is Polarity.NEUTRAL:
        return NeedTier.ITCH
    return theme.need_tier if theme else NeedTier.PAIN


def _words_of(theme: Theme) -> list[_Word]:
    groups = (
        ("keyword", theme.keywords),
        ("negative", theme.negative),
        ("positive", theme.positive),
    )
    return [
        _Word(theme=theme.id, kind=kind, text=text)
        for kind, words in groups
        for text in normalise(words)
        if text.strip()
    ]


def _patterns_of(theme: Theme) -> list[tuple[_Word, Any]]:
    return [
        (_Word(theme=theme.id, kind="pattern", text=text), _compiled(theme.id, text))
        for text in theme.patterns
    ]


def _compiled(theme: str, pattern: str) -> Any:
    try:
        return re2.compile(pattern)
    except re2.error as error:
        message = f"theme {theme}: pattern {pattern!r} is no RE2 expression ({error}); correct it in the codeframe"
        raise ConfigurationError(message) from error


def _places(words: str, text: str) -> list[int]:
    """Return where *text* stands; an English word only where it is a whole word."""
    places = []
    place = words.find(text)
    while place >= 0:
        if _is_whole(words, place, place + len(text)):
            places.append(place)
        place = words.find(text, place + 1)
    return places


def _is_whole(words: str, start: int, end: int) -> bool:
    first, last = words[start], words[end - 1]
    before, after = words[start - 1 : start], words[end : end + 1]
    return not (_joins(before, first) or _joins(last, after))


def _joins(left: str, right: str) -> bool:
    """Say whether two characters belong to the same English word."""
    return left.isascii() and right.isascii() and left.isalpha() and right.isalpha()


def _clause_of(clauses: Sequence[Clause], place: int) -> int:
    for number, clause in enumerate(clauses):
        if place < clause.end:
            return number
    return len(clauses) - 1


def _judge(words: str, clauses: Sequence[Clause], hit: _Hit) -> _Finding:
    """Return a hit with its tone: carried by the word, or told around it."""
    carried = _CARRIES[hit.word.kind]
    if carried:
        tone = _carried(words, clauses[hit.clause], hit, carried)
        return _Finding(hit=hit, tone=tone, sure="carried")
    tone = tone_at(words, clauses, hit.clause)
    if tone.span is None:
        return _Finding(hit=hit, tone=SILENT, sure="fallback")
    own = clause_tone(words, clauses[hit.clause]).span is not None
    return _Finding(hit=hit, tone=tone, sure="clause" if own else "nearby")


def _carried(words: str, clause: Clause, hit: _Hit, value: float) -> Tone:
    """Return the tone of a word that carries it, turned where it is negated."""
    negated = negated_before(words, clause, hit.start)
    carried = why(CodingReason.CARRIED_TONE, hit.word.text, weight=round(value))
    reasons = (carried, why(CodingReason.NEGATED)) if negated else (carried,)
    return Tone(
        value=-0.8 * value if negated else value,
        span=(hit.start, hit.end),
        reasons=reasons,
    )


def _trimmed(original: str, clause: Clause, hit: _Hit) -> tuple[int, int]:
    """Return the clause without its white space and closing mark, and the whole hit."""
    start, end = min(clause.start, hit.start), max(clause.end, hit.end)
    while end > hit.end and not original[end - 1].isalnum():
        end -= 1
    while start < hit.start and original[start].isspace():
        start += 1
    return start, end
