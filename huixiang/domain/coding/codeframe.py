"""The codeframe: the agreed, versioned tree of themes, and codings made with it."""

import enum
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar

from huixiang.domain.coding.coding_reason import Why
from huixiang.domain.text import Bilingual, Language


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
    say so, `touchpoints` where else it may. `causes` are ids of what may be behind it.
    `examples` and `counter_examples` are tests: `huixiang rules test` runs them.
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
    touchpoints: tuple[str, ...] = ()
    need_tier: NeedTier = NeedTier.PAIN
    owner: str | None = None
    causes: tuple[str, ...] = ()

    @property
    def places(self) -> frozenset[str]:
        """Every touchpoint at which the theme is known to happen."""
        usual = (self.touchpoint,) if self.touchpoint else ()
        return frozenset((*usual, *self.touchpoints))


@dataclass(frozen=True, kw_only=True, slots=True)
class Cause:
    """What may be behind a symptom, and the department that can remove it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual
    department: str
    playbook: str | None = None


class MoveKind(enum.StrEnum):
    """What became of themes from one version to the next."""

    KEPT = "kept"
    RENAMED = "renamed"
    MERGED = "merged"
    SPLIT = "split"
    RETIRED = "retired"


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeMove:
    """What `old` themes are called in the next version; no `new` one: retired."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    old: tuple[str, ...]
    new: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.old or (len(self.old) > 1 and len(self.new) != 1):
            raise ValueError(
                "a move takes one old theme to any number of new ones, or several old "
                "ones to a single new one"
            )

    @property
    def kind(self) -> MoveKind:
        """Say what kind of move it is."""
        if not self.new:
            return MoveKind.RETIRED
        if len(self.old) > 1:
            return MoveKind.MERGED
        if len(self.new) > 1:
            return MoveKind.SPLIT
        return MoveKind.KEPT if self.old == self.new else MoveKind.RENAMED


@dataclass(frozen=True, kw_only=True, slots=True)
class Bridge:
    """How an earlier version leads to a later one, so that trends continue.

    The last `overlap_days` of feedback are coded with both; where they disagree on
    more than `max_error` of them, trends and verdicts do not cross.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    from_version: str
    to_version: str
    moves: tuple[ThemeMove, ...] = ()
    overlap_days: int = 28
    max_error: float = 0.1


@dataclass(frozen=True, kw_only=True)
class Codeframe:
    """All themes of one version, the causes behind them, the way from earlier ones."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    version: str
    themes: tuple[Theme, ...]
    causes: tuple[Cause, ...] = ()
    bridges: tuple[Bridge, ...] = ()

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

    @cached_property
    def causes_by_id(self) -> Mapping[str, Cause]:
        """The causes by their ids."""
        return {cause.id: cause for cause in self.causes}

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

    def name(self, theme_id: str, language: Language) -> str:
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
    reasons: tuple[Why, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 <= self.confidence <= 1:
            raise ValueError("confidence is a probability")
