"""The codeframe: the agreed, versioned tree of themes, and codings made with it."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from huixiang.domain.text import Bilingual


class Polarity(enum.StrEnum):
    """How the customer feels about what is mentioned; never merged with severity."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class NeedTier(enum.StrEnum):
    """痛点 / 痒点 / 悦点."""

    PAIN = "pain"
    ITCH = "itch"
    DELIGHT = "delight"


@dataclass(frozen=True, kw_only=True, slots=True)
class Theme:
    """One code of the frame.

    `keywords` mention the theme, the clause decides the polarity; words in `negative`
    and `positive` mention it and carry the polarity themselves (unless negated).
    `patterns` are RE2. `touchpoint` is where the theme happens when a record does not
    say so.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual
    parent: str | None = None
    definition: Bilingual | None = None
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()
    positive: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    touchpoint: str | None = None
    need_tier: NeedTier = NeedTier.PAIN
    owner: str | None = None


@dataclass(frozen=True, kw_only=True)
class Codeframe:
    """All themes of one version."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    version: str
    themes: tuple[Theme, ...]

    def __post_init__(self) -> None:
        ids = [theme.id for theme in self.themes]
        twice = {each for each in ids if ids.count(each) > 1}
        if twice:
            raise ValueError(f"theme ids used twice: {', '.join(sorted(twice))}")
        for theme in self.themes:
            if theme.parent is not None and theme.parent not in ids:
                raise ValueError(f"theme {theme.id}: no theme {theme.parent!r}")
            if theme.id in list(self.ancestors(theme.id)):
                raise ValueError(f"theme {theme.id} is its own ancestor")

    @cached_property
    def by_id(self) -> Mapping[str, Theme]:
        """The themes by their ids."""
        return {theme.id: theme for theme in self.themes}

    def ancestors(self, theme_id: str) -> Iterator[str]:
        """Yield the parents of a theme, nearest first."""
        seen: set[str] = set()
        parent = self.by_id[theme_id].parent
        while parent is not None:
            yield parent
            if parent in seen:
                return
            seen.add(parent)
            parent = self.by_id[parent].parent if parent in self.by_id else None

    def name(self, theme_id: str, language: str) -> str:
        """Return a theme's name, or its id where the frame no longer has it."""
        theme = self.by_id.get(theme_id)
        return theme.name.get(language) if theme else theme_id


SURE_ENOUGH = 0.6
"""Below it a model's coding counts for nothing until a person has reviewed it."""


class CoderKind(enum.StrEnum):
    """What kind of coder made a coding."""

    RULE = "rule"
    MODEL = "model"
    PERSON = "person"


@dataclass(frozen=True, kw_only=True, slots=True)
class Coding:
    """One theme found in one feedback.

    `span` counts characters of `Feedback.words`, end exclusive; `evidence` is what
    stands there. `coder_id` is a rule id, a model version or a person.
    """

    theme: str
    polarity: Polarity
    evidence: str
    span: tuple[int, int]
    confidence: float
    coder: CoderKind
    coder_id: str
    need_tier: NeedTier = NeedTier.PAIN
    reasons: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError("confidence is a probability")
