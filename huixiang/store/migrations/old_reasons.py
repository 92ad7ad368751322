"""Reasons of codings as they were sentences before version 0012: read into codes.

Frozen with that version. What no pattern matches keeps its text as words.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

_POLARITY = r"(?P<polarity>positive|neutral|negative)"
_BEFORE = r"(?P<before>positive|neutral|negative)"
_CHANCE = r"(?P<chance>\d\.\d\d)"
_MODEL = rf"the model says {_POLARITY} at {_CHANCE}"
_LANGUAGE = rf"the language model says {_POLARITY}, right in {_CHANCE} or more"
_WORDS = r"(?P<words>.+)"
_FORMS = tuple(
    (code, re.compile(pattern, re.DOTALL))
    for code, pattern in (
        ("rule", r"(?P<rule>theme:[^/]+/(?:keyword|negative|positive|pattern):.+)"),
        ("negated", "negated"),
        ("neighbour", "neighbouring clause"),
        ("irony", "irony"),
        ("theme_chance", rf"theme at {_CHANCE}"),
        ("feeling_chance", rf"{_POLARITY} at {_CHANCE}"),
        ("together", rf"together {_CHANCE}, counts from (?P<least>\d\.\d\d)"),
        ("theme_words", rf"words of the theme: {_WORDS}"),
        ("feeling_words", rf"words of the feeling: {_WORDS}"),
        ("model_agrees", _MODEL),
        ("model_disagrees", f"disagreement: {_MODEL}"),
        ("model_corrects", f"corrected from {_BEFORE}: {_MODEL}"),
        ("model_silent", "the model does not see this theme"),
        (
            "text_disagrees",
            rf"disagreement: the whole text is {_POLARITY} at {_CHANCE}, "
            r"rated (?P<stars>[1-5](?:\.\d*[1-9])?) of 5",
        ),
        ("text_by_model", rf"polarity: the model, {_POLARITY} at {_CHANCE}"),
        (
            "text_by_feeling",
            rf"polarity: words of feeling and rating, {_POLARITY} at {_CHANCE}",
        ),
        ("no_feeling", "polarity: no words of feeling"),
        ("language_agrees", _LANGUAGE),
        ("language_disagrees", f"disagreement: {_LANGUAGE}"),
        ("language_corrects", f"corrected from {_BEFORE}: {_LANGUAGE}"),
        ("language_silent", "the language model does not see this theme"),
        (
            "language_only",
            rf"only the language model sees it; it is right in {_CHANCE} or more",
        ),
        ("review", r"review (?P<review>rv_\S+)"),
        (
            "instead_of",
            rf"was {_POLARITY} by (?P<coder>rule|model|person) (?P<by>.+)",
        ),
        ("carried_tone", rf"{_WORDS}=(?P<whole>[+-]\d)"),
        ("tone", rf"{_WORDS}=(?P<weight>[+-]\d\.\d)"),
    )
)
_READ: Mapping[str, Callable[[str], float]] = {
    "chance": float,
    "least": float,
    "stars": float,
    "weight": float,
    "whole": int,
}


def read_reason(text: str) -> dict[str, Any]:
    """Return a reason as it is stored from version 0012 on."""
    for code, form in _FORMS:
        match = form.fullmatch(text)
        if match:
            facts = match.groupdict()
            words = facts.pop("words", "")
            return {
                "code": code,
                "facts": {
                    "weight" if name == "whole" else name: _READ.get(name, str)(value)
                    for name, value in facts.items()
                },
                "words": words,
            }
    return {"code": "kept", "facts": {}, "words": text}


_PROPOSED = {
    "uncovered": re.compile(
        r"近 (?P<days>\d+) 天有 (?P<n>\d+) 条没有主题的反馈都在说“(?P<words>.*)”",
        re.DOTALL,
    ),
    "burst": re.compile(
        r"近 (?P<days>\d+) 天 (?P<n>\d+) 条说到“(?P<words>.*)”，按以往应有 "
        r"(?P<expected>\d+\.\d) 条（错报比例 (?P<q_value>\d[\d.e+-]*)）",
        re.DOTALL,
    ),
}


def read_proposal(words: Mapping[str, str]) -> dict[str, Any]:
    """Return why a theme was proposed as it is stored from version 0012 on."""
    for code, form in _PROPOSED.items():
        match = form.fullmatch(words["zh"])
        if match:
            facts = match.groupdict()
            return {
                "code": code,
                "words": facts.pop("words"),
                "facts": {
                    name: int(value) if name in {"n", "days"} else float(value)
                    for name, value in facts.items()
                },
            }
    return {"code": "kept", "words": words["zh"], "facts": {"en": words["en"]}}
