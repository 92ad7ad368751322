"""A source: one configured place that feedback comes from (`rules/sources.yaml`)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Protocol

from huixiang.domain.json_value import Json
from huixiang.domain.records.feedback import Channel, Ownership, RatingScale, RawRecord
from huixiang.domain.setting import StrangeSetting

DEFAULT_KIND = "file"
"""The kind of a source that names none."""

Cursor = Mapping[str, Json]
"""What a source has already given; opaque outside its connector; JSON only."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldRule:
    """How one field of a feedback is read from a record of the source.

    `column` may be several: the parts that are present are joined by a line break.
    `values` translates what stands there; `format` is a strptime pattern for times.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    column: str | tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    default: str | None = None
    format: str | None = None
    scale: RatingScale | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read, in order."""
        return (self.column,) if isinstance(self.column, str) else self.column


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldMap:
    """Which field of a feedback comes from where."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    text: FieldRule
    occurred_at: FieldRule
    id: FieldRule | None = None
    title: FieldRule | None = None
    rating: FieldRule | None = None
    touchpoint: FieldRule | None = None
    unit: FieldRule | None = None
    customer: FieldRule | None = None
    segment: FieldRule | None = None
    attributes: Mapping[str, FieldRule] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One entry of `rules/sources.yaml`: what every kind of source has.

    Each kind has a class of its own that adds what only it needs.
    `duplicate_window_days`: the same words from the same source within so many days
    are one voice. `expected_every_days` is how long silence is normal.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: str
    channel: Channel
    fields: FieldMap
    kind: str = DEFAULT_KIND
    ownership: Ownership = Ownership.OWNED
    time_zone: str = "Asia/Shanghai"
    expectations: str = "feedback"
    duplicate_window_days: int = 30
    expected_every_days: float = 7
    active: bool = True

    def strange_settings(self) -> Iterator[StrangeSetting]:
        """Yield the settings of its own kind whose values make no sense."""
        yield from ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceProblem:
    """A part of a source (a file, a page) that could not be read."""

    position: str
    reason: str
    next_step: str


@dataclass(frozen=True, kw_only=True, slots=True)
class UnreadPart:
    """A part of a source that cannot be read now, and since when."""

    source: str
    position: str
    reason: str
    next_step: str
    first_seen_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceStanding:
    """How far a source was read, and why not further."""

    source: str
    cursor: Cursor
    pulled_at: dt.datetime | None
    last_error: str | None
    last_error_at: dt.datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Pulled:
    """One batch: records, the cursor once they are stored, and what went wrong."""

    records: tuple[RawRecord, ...]
    cursor: Cursor
    problems: tuple[SourceProblem, ...] = ()


class Connector(Protocol):
    """Reads one kind of source, batch by batch, from where its cursor stands.

    The caller stores each batch and its cursor in one transaction, so a connector
    never remembers anything itself. Unreachable sources raise SourceError; a part
    that cannot be read is a SourceProblem and the cursor does not pass it.
    """

    def pull(self, cursor: Cursor) -> Iterator[Pulled]:
        """Yield what came after *cursor*, oldest first."""
        ...
