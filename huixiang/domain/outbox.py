"""Messages out: endpoints, attempts and their outcomes."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from huixiang.clock import check_aware
from huixiang.domain.text import Language


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
    """One entry of `rules/endpoints.yaml`.

    `url` may hold ${NAME}, taken from the environment; `secret` is the name of the
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
    kind: Literal["webhook"] = "webhook"
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


class Outcome(enum.StrEnum):
    """How one attempt ended."""

    DELIVERED = "delivered"
    TRANSIENT = "transient"  # worth trying again
    TERMINAL = "terminal"  # trying again cannot help
    UNKNOWN = "unknown"  # sent, no answer: it may have arrived


class MessageState(enum.StrEnum):
    """Where a message stands."""

    QUEUED = "queued"
    SENDING = "sending"
    DELIVERED = "delivered"
    DEAD = "dead"


@dataclass(frozen=True, kw_only=True, slots=True)
class OutboxMessage:
    """Stored in the same transaction as the change it tells of.

    `message_id` is the webhook-id and stays the same over all attempts. `body` is the
    exact text to be signed and sent. `n_attempts` counts attempts already ended.
    """

    message_id: str
    endpoint: str
    event: EventType
    item_id: str | None
    body: str
    n_attempts: int = 0
    state: MessageState = MessageState.QUEUED


@dataclass(frozen=True, kw_only=True, slots=True)
class DeliveryAttempt:
    """One try, as it was seen from here.

    `reply` is what the endpoint's answer says of the ticket (`ticket_id`, `status`);
    `detail` is a masked, short text for people.
    """

    outcome: Outcome
    attempted_at: dt.datetime
    status_code: int | None = None
    retry_after: dt.timedelta | None = None
    disable_endpoint: bool = False
    reply: Mapping[str, str] | None = None
    detail: str = ""

    def __post_init__(self) -> None:
        check_aware(self.attempted_at, "attempted_at")
