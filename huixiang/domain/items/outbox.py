"""Messages out: endpoints, attempts and their outcomes."""

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Literal

from huixiang.clock import check_aware
from huixiang.domain.items.digest import DigestCard
from huixiang.domain.items.item_card import ItemCard
from huixiang.domain.reason import Reason
from huixiang.domain.setting import StrangeSetting
from huixiang.domain.text import Bilingual, Language

DEFAULT_PLATFORM = "webhook"
"""The kind of an endpoint that names none."""


class EventType(enum.StrEnum):
    """What an endpoint hears of."""

    OPENED = "huixiang.action_item.opened"
    UPDATED = "huixiang.action_item.updated"
    ESCALATED = "huixiang.action_item.escalated"
    VERIFIED = "huixiang.action_item.verified"
    REOPENED = "huixiang.action_item.reopened"
    DIGEST = "huixiang.digest.published"
    TEST = "huixiang.endpoint.test"


@dataclass(frozen=True, kw_only=True, slots=True)
class Endpoint:
    """One entry of `rules/endpoints.yaml`: what every kind of endpoint has.

    Each kind has a class of its own that adds what only it needs. `url` may hold ${NAME}, taken from the environment; `secret` is the name of the
    variable (or Prefect secret block) that holds a whsec_ secret, never the secret.
    `idempotent`: the receiver ignores a second copy with the same webhook-id, so a
    message without an answer may be sent again. `networks` are the only addresses it
    may resolve to (CIDR); empty: public addresses only. `delays_seconds` is the
    retry schedule, one entry a retry. `digests`: whose weekly digest it hears, that of
    the departments that name it, or the managers'.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: str
    url: str
    secret: str
    kind: str = DEFAULT_PLATFORM
    events: tuple[EventType, ...] = (
        EventType.OPENED,
        EventType.UPDATED,
        EventType.ESCALATED,
        EventType.VERIFIED,
        EventType.REOPENED,
    )
    idempotent: bool = True
    timeout_seconds: float = 15
    per_minute: int = 600
    networks: tuple[str, ...] = ()
    delays_seconds: tuple[float, ...] = (
        5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400,
    )  # fmt: skip
    ca_file: str | None = None
    language: Language = "zh-CN"
    digests: tuple[Literal["owners", "managers"], ...] = ()

    def strange_settings(self) -> Iterator[StrangeSetting]:
        """Yield the settings of its own kind whose values make no sense."""
        yield from ()


class Outcome(enum.StrEnum):
    """How one attempt ended."""

    DELIVERED = "delivered"
    TRANSIENT = "transient"  # worth trying again
    TERMINAL = "terminal"  # trying again cannot help
    UNKNOWN = "unknown"  # sent, no answer: it may have arrived


class AttemptReason(enum.StrEnum):
    """Why an attempt ended as it did; its facts stand behind it."""

    ANSWERED = "answered"  # words: what the endpoint said
    ANSWER_BROKE_OFF = "answer_broke_off"
    ANSWER_UNREADABLE = "answer_unreadable"
    NO_ANSWER_IN_TIME = "no_answer_in_time"
    NO_CONNECTION = "no_connection"  # error: the kind of it
    NO_CONNECTION_IN_TIME = "no_connection_in_time"
    CERTIFICATE_NOT_TRUSTED = "certificate_not_trusted"
    HOST_UNKNOWN = "host_unknown"
    HOST_NOT_RESOLVED_IN_TIME = "host_not_resolved_in_time"
    ADDRESS_NOT_PUBLIC = "address_not_public"
    ADDRESS_OUTSIDE_NETWORKS = "address_outside_networks"
    NOT_WRITABLE = "not_writable"  # error: what keeps it from becoming a request
    SENDER_DIED = "sender_died"
    AS_WRITTEN = "as_written"  # words: a sentence of a version without codes


class DeadReason(enum.StrEnum):
    """Why a message was given up; `attempt` and its facts tell of the last try."""

    REFUSED = "refused"
    NOT_REPEATABLE = "not_repeatable"
    GAVE_UP = "gave_up"  # n_attempts


class DisabledReason(enum.StrEnum):
    """Why an endpoint is no longer sent to."""

    GONE = "gone"  # status_code; words: what the endpoint said


class MessageState(enum.StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointGreeting:
    """What a test message says; it is about no item."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    title: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class NeutralEvent:
    """What an endpoint is told, in no platform's form; every word it needs is in it.

    `message_id` stays the same over all attempts: receivers know copies by it.
    """

    message_id: str
    type: EventType
    occurred_at: dt.datetime
    source_uri: str
    card: ItemCard | DigestCard | EndpointGreeting

    def __post_init__(self) -> None:
        check_aware(self.occurred_at, "occurred_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rendered:
    """The exact bytes that a platform made of an event, and how they are sent.

    `path` is appended to the endpoint's URL.
    """

    body: bytes
    content_type: str
    method: str = "POST"
    path: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxMessage:
    """Stored in the same transaction as the change it tells of.

    `content` is absent for what a version before neutral events had queued; such a
    message is `rendered` already, any other from its first sending on. `n_attempts`
    counts attempts already ended.
    """

    message_id: str
    endpoint: str
    event: EventType
    item_id: str | None
    content: NeutralEvent | None
    rendered: Rendered | None = None
    n_attempts: int = 0
    state: MessageState = MessageState.QUEUED


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredMessage:
    """A message as it stands; `claimed_by` is the run that is sending it."""

    message_id: str
    announcement_id: str | None
    item_id: str | None
    endpoint: str
    event: EventType
    content: NeutralEvent | None
    rendered: Rendered | None
    state: MessageState
    n_attempts: int
    next_attempt_at: dt.datetime
    claimed_by: str | None
    dead_reason: Reason[DeadReason] | None
    created_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageStanding:
    """Where a message about an item stands."""

    item_id: str
    state: MessageState


@dataclass(frozen=True, kw_only=True, slots=True)
class Announcement:
    """An event of an item, told to whoever should hear of it; in business time."""

    announcement_id: str
    item_id: str
    event: EventType
    announced_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class TicketReply:
    """What an endpoint's answer says of its ticket."""

    ticket_id: str | None = None
    status: str | None = None


ANSWERED = Reason(code=AttemptReason.ANSWERED)
"""The endpoint answered and said nothing more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryAttempt:
    """One try, as it was seen from here; the words of its reason are masked."""

    outcome: Outcome
    attempted_at: dt.datetime
    reason: Reason[AttemptReason] = ANSWERED
    status_code: int | None = None
    retry_after: dt.timedelta | None = None
    disable_endpoint: bool = False
    reply: TicketReply | None = None

    def __post_init__(self) -> None:
        check_aware(self.attempted_at, "attempted_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class PastAttempt:
    """What is kept of a try; `number` counts the tries of its message from 1."""

    message_id: str
    number: int
    outcome: Outcome
    attempted_at: dt.datetime
    status_code: int | None
    reason: Reason[AttemptReason]


@dataclass(frozen=True, kw_only=True, slots=True)
class DisabledEndpoint:
    """An endpoint that is not sent to, and why."""

    endpoint: str
    disabled_at: dt.datetime
    reason: Reason[DisabledReason]


@dataclass(frozen=True, kw_only=True, slots=True)
class RemoteTicket:
    """The object that a remote system keeps for an item, as last seen."""

    item_id: str
    endpoint: str
    remote_ticket_id: str
    remote_status: str | None
    seen_at: dt.datetime
