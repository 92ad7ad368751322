"""Feedback: one record from one person at one moment, and what it was before."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from huixiang.clock import check_aware
from huixiang.domain.json_value import Json
from huixiang.domain.records.violation import Violation


class Channel(enum.StrEnum):
    """Where the voice was raised."""

    SURVEY = "survey"
    APP_STORE = "app_store"
    CALL_CENTER = "call_center"
    CHAT = "chat"
    EMAIL = "email"
    COMMUNITY = "community"
    STORE = "store"
    SOCIAL = "social"
    COMPLAINT = "complaint"
    OTHER = "other"


class Ownership(enum.StrEnum):
    """Whether the channel is ours or anybody's."""

    OWNED = "owned"
    PUBLIC = "public"


class RatingScale(enum.StrEnum):
    """The scales a number can be on, see `BOUNDS`."""

    CSAT = "csat"
    STARS = "stars"
    NPS = "nps"
    CES = "ces"
    POINTS10 = "points10"


BOUNDS: Mapping[RatingScale, tuple[float, float]] = {
    RatingScale.CSAT: (1, 5),
    RatingScale.STARS: (1, 5),
    RatingScale.NPS: (0, 10),
    RatingScale.CES: (1, 7),
    RatingScale.POINTS10: (1, 10),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """A number with its scale."""

    value: float
    scale: RatingScale

    def __post_init__(self) -> None:
        low, high = BOUNDS[self.scale]
        if not low <= self.value <= high:
            raise ValueError(f"a {self.scale} rating is {low} to {high}")

    @property
    def stars(self) -> float:
        """The same place on a scale of 1 to 5 (linear)."""
        low, high = BOUNDS[self.scale]
        return 1 + 4 * (self.value - low) / (high - low)


UNREADABLE = "__unreadable__"
"""Field of a record that could not be read: why; intake quarantines it."""

RAW = "__raw__"
"""Field beside UNREADABLE: the beginning of what stood there, as far as it goes."""

DAMAGE = "__damage__"
"""Field of a record that was read with a reservation (cells too many, too few …)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RawRecord:
    """What a connector handed over: fields as the source names them.

    `position` says where it stood in its source (file and row, page and index); it is
    unique within the source and the same when the same place is read again. The fields
    UNREADABLE, RAW and DAMAGE are the connector's own words about the record.
    """

    position: str
    fields: Mapping[str, Json]


@dataclass(frozen=True, kw_only=True, slots=True)
class Feedback:
    """A valid record, normalised and masked."""

    feedback_id: str
    landing_id: str
    source: str
    source_record_id: str
    content_key: str
    occurred_at: dt.datetime
    channel: Channel
    ownership: Ownership
    title: str
    verbatim: str
    rating: Rating | None = None
    touchpoint: str | None = None
    unit: str | None = None
    customer_ref: str | None = None
    segment: str | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    marks: tuple[Violation, ...] = ()

    def __post_init__(self) -> None:
        check_aware(self.occurred_at, "occurred_at")

    @property
    def words(self) -> str:
        """Title and verbatim as one text; evidence spans count in it."""
        return f"{self.title}\n{self.verbatim}" if self.title else self.verbatim


class LandingState(enum.StrEnum):
    """Where a landed record is now."""

    WAITING = "waiting"
    STORED = "stored"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    DISCARDED = "discarded"


class QuarantineState(enum.StrEnum):
    """What became of a quarantined record."""

    WAITING = "waiting"
    RELEASED = "released"
    DISCARDED = "discarded"


class CodingState(enum.StrEnum):
    """Whether a feedback was understood yet."""

    WAITING = "waiting"
    CODED = "coded"
    NOT_CODABLE = "not_codable"


class NotCodable(enum.StrEnum):
    """Why a feedback has no coding."""

    NO_WORDS = "no_words"
    NO_THEME = "no_theme"  # words, but no theme of the codeframe fits
