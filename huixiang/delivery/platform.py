"""The seam of platforms: what a kind of endpoint must be able to do, and say of itself.

A platform turns a neutral event into bytes, makes each try of them genuine, and reads
what came back. Everything else (addresses, connection, pace, retries, the outbox) is
the same for all of them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from huixiang.domain.items.outbox import (
    AttemptReason,
    Endpoint,
    NeutralEvent,
    OutboxMessage,
    Outcome,
    Rendered,
    TicketReply,
)

Settings = TypeVar("Settings", bound=Endpoint)


@dataclass(frozen=True, kw_only=True, slots=True)
class PlatformLimits:
    """What a platform takes at most.

    A body is shorter than `body_bytes`; `per_minute` holds whatever the rules say, None:
    no limit of its own; `text_chars` are lengths of single texts by what they are.
    """

    body_bytes: int
    per_minute: int | None = None
    text_chars: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class OutgoingRequest:
    """One HTTP request; its URL and headers may be credentials, so it shows neither."""

    url: str = field(repr=False)
    method: str
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointAnswer:
    """What came back: names of headers in lower case, the body up to a cap.

    `is_whole`: the answer came to a clean end.
    """

    status_code: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool
    answered_at: dt.datetime

    @property
    def content_type(self) -> str:
        """The declared type of the body."""
        return self.headers.get("content-type", "")


@dataclass(frozen=True, kw_only=True, slots=True)
class AnswerFacts:
    """What an answer means; success is what the platform's own words say.

    `status_code` is absent where it means nothing; `answer_code` is the platform's own
    code; `words` what it said, not masked yet. `is_gone`: nobody is there any more, so
    the endpoint is disabled.
    """

    outcome: Outcome
    status_code: int | None
    reason: AttemptReason = AttemptReason.ANSWERED
    answer_code: str | None = None
    words: str = ""
    reply: TicketReply | None = None
    retry_after: dt.timedelta | None = None
    is_gone: bool = False


class Platform(Protocol[Settings]):
    """One kind of endpoint; `settings` is what its entries in the rules look like."""

    @property
    def kind(self) -> str:
        """The name that entries of `rules/endpoints.yaml` use."""
        ...

    @property
    def settings(self) -> type[Settings]:
        """The typed settings of an entry."""
        ...

    @property
    def limits(self) -> PlatformLimits:
        """What the platform takes at most."""
        ...

    def check_secret(self, secret: str) -> None:
        """Raise ConfigurationError, never showing it, for what cannot be a secret."""
        ...

    def render(self, event: NeutralEvent, endpoint: Settings) -> Rendered:
        """Return the bytes for *event*; called once, every try sends the same."""
        ...

    def authenticate(
        self,
        request: OutgoingRequest,
        *,
        message_id: str,
        secrets: Sequence[str],
        at: dt.datetime,
    ) -> OutgoingRequest:
        """Return *request* as it goes out in the try made *at*.

        What proves who sent it is made anew for each try: in headers, in the URL, or
        around the body where a platform wants it there.
        """
        ...

    def read_answer(self, answer: EndpointAnswer) -> AnswerFacts:
        """Return what an answer to a message means."""
        ...

    def find(self, message: OutboxMessage, url: str) -> OutgoingRequest | None:
        """Return the question whether *message* arrived; None: it cannot be asked.

        Asked after silence, where a second copy would be a second notice.
        """
        ...

    def read_found(self, answer: EndpointAnswer) -> AnswerFacts:
        """Return what the answer to `find` means.

        Delivered: it is there; transient: it surely is not; unknown: nobody can tell.
        """
        ...
