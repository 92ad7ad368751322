"""Acts: what a person decided, through any door, and what became of it."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from huixiang.clock import check_aware
from huixiang.domain.acts.decision import ActVerb, Payload
from huixiang.domain.reason import Fact


class ActorKind(enum.StrEnum):
    """How we know who acts."""

    CLI = "cli"
    ENDPOINT = "endpoint"
    LINK = "link"
    ACCOUNT = "account"
    TOKEN = "token"  # noqa: S105 - a kind of actor


class ActDoor(enum.StrEnum):
    """The way an act came in."""

    CLI = "cli"
    CALL = "call"
    LINK = "link"
    PAGE = "page"
    API = "api"


class TargetKind(enum.StrEnum):
    """What an act is about."""

    ITEM = "item"
    TICKET = "ticket"  # a remote system's name of an item, with the endpoint's
    RECORD = "record"
    FEEDBACK = "feedback"
    REVIEW = "review"
    PROPOSAL = "proposal"
    MODEL = "model"
    MESSAGE = "message"
    ENDPOINT = "endpoint"


class ActOutcome(enum.StrEnum):
    """What became of an act."""

    WAITING = "waiting"
    APPLIED = "applied"
    REFUSED = "refused"
    EXPIRED = "expired"


class ActReason(enum.StrEnum):
    """Why an act was refused, has expired, or changed nothing."""

    # a call that nobody could use
    NOT_JSON = "not_json"
    NOT_AN_OBJECT = "not_an_object"
    NO_TARGET = "no_target"
    NOT_TEXT = "not_text"
    UNKNOWN_STATUS = "unknown_status"
    NOT_A_TIME = "not_a_time"
    NO_TIME_ZONE = "no_time_zone"
    UNKNOWN_ITEM = "unknown_item"
    OTHER_CONTENT = "other_content"
    UNKNOWN_TICKET = "unknown_ticket"
    # what stood against it when it was applied
    NEVER_TOLD = "never_told"
    OVERTAKEN = "overtaken"
    ILLEGAL_MOVE = "illegal_move"
    BEFORE_LAST_MOVE = "before_last_move"
    NOT_FOUND = "not_found"
    UNKNOWN_DEPARTMENT = "unknown_department"
    UNKNOWN_ENDPOINT = "unknown_endpoint"
    UNKNOWN_THEME = "unknown_theme"
    UNKNOWN_SOURCE = "unknown_source"
    ALREADY_DECIDED = "already_decided"
    STILL_INVALID = "still_invalid"
    NOT_DEAD = "not_dead"
    MODEL_UNUSABLE = "model_unusable"
    RULES_UNUSABLE = "rules_unusable"
    FILE_TROUBLE = "file_trouble"
    NOT_ALLOWED = "not_allowed"
    # what an older version stored of it
    EARLIER_VERSION = "earlier_version"


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who acts, by the way we know them; what a caller says beside it is a claim."""

    kind: ActorKind
    name: str

    def __str__(self) -> str:
        """Return it as people read and filter it: `cli:li`, `endpoint:oa`."""
        return f"{self.kind.value}:{self.name}"


@dataclass(frozen=True, kw_only=True, slots=True)
class ActTarget:
    """What an act is about."""

    kind: TargetKind
    id: str

    def __str__(self) -> str:
        """Return it as people read it."""
        return f"{self.kind.value}:{self.id}"


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedCall:
    """The call that an act came with: its id and exactly what it said."""

    call_id: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class NewAct:
    """What somebody decides, before it is written down.

    `claimed_name` is the person that a caller names, `claimed_at` when it happened by
    their word; left out, it happens now.
    """

    actor: Actor
    door: ActDoor
    target: ActTarget
    payload: Payload
    claimed_name: str = ""
    claimed_at: dt.datetime | None = None
    call: SignedCall | None = None

    def __post_init__(self) -> None:
        if self.claimed_at is not None:
            check_aware(self.claimed_at, "claimed_at")

    @property
    def verb(self) -> ActVerb:
        """What is decided."""
        return self.payload.verb


@dataclass(frozen=True, kw_only=True, slots=True)
class Settlement:
    """What became of an act, by which run; `item_id` is the item it turned out to mean."""

    outcome: ActOutcome
    settled_at: dt.datetime
    reason: ActReason | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    run_id: str | None = None
    item_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """What somebody decided, as it is kept; `settlement` is None while it waits."""

    act_id: str
    number: int
    actor: Actor
    door: ActDoor
    target: ActTarget
    payload: Payload
    claimed_name: str
    claimed_at: dt.datetime | None
    recorded_at: dt.datetime
    call_id: str | None
    settlement: Settlement | None = None

    @property
    def verb(self) -> ActVerb:
        """What was decided."""
        return self.payload.verb

    @property
    def outcome(self) -> ActOutcome:
        """What became of it so far."""
        return self.settlement.outcome if self.settlement else ActOutcome.WAITING

    @property
    def is_applied(self) -> bool:
        """Whether it has taken effect."""
        return self.outcome is ActOutcome.APPLIED

    def fact(self, name: str) -> Fact:
        """Return a fact of what became of it; None while there is none."""
        return self.settlement.facts.get(name) if self.settlement else None

    @property
    def moment(self) -> dt.datetime:
        """When it counts: the time that was claimed, else when it was written down."""
        return self.claimed_at or self.recorded_at

    @property
    def who(self) -> str:
        """The person it names, else how we know who acted."""
        return self.claimed_name or self.actor.name

    @property
    def from_call(self) -> bool:
        """Whether another system sent it; what it claims is in its own time."""
        return self.door is ActDoor.CALL


@dataclass(frozen=True, kw_only=True, slots=True)
class EarlierCall:
    """An act of an earlier call with the same id; `is_same`: it said just the same."""

    act: Act
    is_same: bool


class ChainFault(enum.StrEnum):
    """What can be wrong with a chained act."""

    MISSING = "missing"  # a number is left out, or the last acts are gone
    ORDER = "order"  # it does not follow the one before
    FACTS = "facts"  # its facts are not those that were chained
    WORDS = "words"  # its words are not those that were chained
    OUTCOME = "outcome"  # what became of it is not what was written
    OUTCOME_REMOVED = "outcome_removed"  # what became of it, or of a later one, is gone
    UNREADABLE = "unreadable"  # it, or what became of it, holds what nobody can write


@dataclass(frozen=True, kw_only=True, slots=True)
class BrokenLink:
    """The first act that is not as it was written, and what is wrong with it."""

    number: int
    act_id: str
    fault: ChainFault


@dataclass(frozen=True, kw_only=True, slots=True)
class ActFilter:
    """Which acts to list; what is None is not asked for."""

    actor: str | None = None
    verb: ActVerb | None = None
    target: str | None = None
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    outcome: ActOutcome | None = None
    limit: int | None = None
