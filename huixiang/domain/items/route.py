"""Routing: conditions, the rules an operator writes, and the route they give."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from huixiang.domain.coding.codeframe import NeedTier, Polarity
from huixiang.domain.records.feedback import Channel
from huixiang.domain.text import Bilingual


class Urgency(enum.StrEnum):
    """How severe an issue is for those it happens to (field name: severity)."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, kw_only=True, slots=True)
class Range:
    """A closed range; an open end is None."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    min: float | None = None
    max: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Condition:
    """All that is given must hold; within one list any may.

    `theme` also matches the parents of a coding's theme. `rating` is on the scale of 1
    to 5. `pattern` is RE2, searched in title and verbatim.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    theme: tuple[str, ...] = ()
    polarity: tuple[Polarity, ...] = ()
    need_tier: tuple[NeedTier, ...] = ()
    channel: tuple[Channel, ...] = ()
    touchpoint: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    segment: tuple[str, ...] = ()
    rating: Range | None = None
    pattern: str | None = None
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingRule:
    """If `when` holds, the department answers for it."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    department: str
    when: Condition = Condition()
    severity: Urgency = Urgency.MEDIUM
    sla_hours: float = 72
    playbook: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingCase:
    """What routing decides about: one coding within its feedback."""

    theme: str
    polarity: Polarity = Polarity.NEGATIVE
    need_tier: NeedTier = NeedTier.PAIN
    channel: Channel = Channel.OTHER
    touchpoint: str | None = None
    unit: str | None = None
    segment: str | None = None
    stars: float | None = None
    words: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleExpectation:
    """What a test in the rules file expects of the route."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    rule: str | None = None
    department: str | None = None
    severity: Urgency | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleTest:
    """A test an operator wrote into the rules file."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: str
    given: RoutingCase
    expect: RuleExpectation


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutingRules:
    """`rules/routing.yaml`: first match wins."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    version: str
    default_department: str
    rules: tuple[RoutingRule, ...]
    default_severity: Urgency = Urgency.LOW
    default_sla_hours: float = 120
    tests: tuple[RuleTest, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MatchedPart:
    """One part of a condition that held: its field, what the case has, what it may be.

    `seen` can be words of a feedback, masked.
    """

    field: str
    seen: str
    wanted: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """Who answers, how soon, and which rule said so.

    `matched` are the parts of its condition; none: it holds for everything. `losing` are the later rules that matched too, in order. `rule` is "default" when
    no rule matched.
    """

    department: str
    severity: Urgency
    sla_hours: float
    playbook: str | None
    rule: str
    rules_version: str
    matched: tuple[MatchedPart, ...] = ()
    losing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Department:
    """One entry of `rules/departments.yaml`.

    `capacity` is how many items it works on at once; more are parked with the reason.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual
    capacity: int = 10
    endpoints: tuple[str, ...] = ()
    co_owners: tuple[str, ...] = ()


class PlaybookKind(enum.StrEnum):
    """What has to change."""

    PRODUCT = "product"
    PROCESS = "process"
    PEOPLE = "people"


@dataclass(frozen=True, kw_only=True, slots=True)
class Playbook:
    """One entry of `rules/playbooks.yaml`: a recommended solution."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual
    kind: PlaybookKind
    steps: tuple[Bilingual, ...]
    cost: float | None = None
    themes: tuple[str, ...] = ()
