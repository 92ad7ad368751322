"""The generic webhook: CloudEvents 1.0 bodies, Standard Webhooks 1.0.0 signatures."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from huixiang.delivery.answer import (
    GONE,
    SUCCESS,
    one_line,
    outcome_of,
    read_json,
    read_text,
)
from huixiang.delivery.platform import (
    AnswerFacts,
    EndpointAnswer,
    OutgoingRequest,
    PlatformLimits,
)
from huixiang.delivery.platforms.webhook_body import LIMITS, event_body
from huixiang.delivery.retry import read_retry_after
from huixiang.delivery.signing import read_secret, signed_headers
from huixiang.domain.items.outbox import (
    AttemptReason,
    Endpoint,
    NeutralEvent,
    OutboxMessage,
    Outcome,
    Rendered,
    TicketReply,
)

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
_MAX_VALUE_CHARS = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class WebhookEndpoint(Endpoint):
    """An entry of kind `webhook`: any receiver of signed CloudEvents."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    kind: Literal["webhook"] = "webhook"


@dataclass(frozen=True, slots=True)
class GenericWebhook:
    """Any receiver that follows the two published contracts."""

    kind: str = "webhook"
    settings: type[WebhookEndpoint] = WebhookEndpoint
    limits: PlatformLimits = LIMITS

    def check_secret(self, secret: str) -> None:
        """Raise ConfigurationError unless it is a whsec_ secret."""
        read_secret(secret)

    def render(self, event: NeutralEvent, endpoint: WebhookEndpoint) -> Rendered:
        """Return the CloudEvent for *event*."""
        body = event_body(event, endpoint=endpoint.name)
        return Rendered(body=body, content_type=CONTENT_TYPE)

    def authenticate(
        self,
        request: OutgoingRequest,
        *,
        message_id: str,
        secrets: Sequence[str],
        at: dt.datetime,
    ) -> OutgoingRequest:
        """Add the three headers of Standard Webhooks."""
        signed = signed_headers(
            message_id=message_id, at=at, body=request.body, secrets=secrets
        )
        return replace(request, headers={**request.headers, **signed})

    def read_answer(self, answer: EndpointAnswer) -> AnswerFacts:
        """Sort by the status; a yes may name the ticket."""
        status = answer.status_code
        if status not in SUCCESS:
            return AnswerFacts(
                outcome=outcome_of(status),
                status_code=status,
                words=read_text(answer.body, answer.content_type),
                retry_after=read_retry_after(
                    answer.headers.get("retry-after"), answer.answered_at
                ),
                is_gone=status == GONE,
            )
        if not answer.is_whole:
            return AnswerFacts(
                outcome=Outcome.UNKNOWN,
                status_code=status,
                reason=AttemptReason.ANSWER_BROKE_OFF,
            )
        return AnswerFacts(
            outcome=Outcome.DELIVERED,
            status_code=status,
            reply=read_reply(answer.body, answer.content_type),
        )

    def find(self, message: OutboxMessage, url: str) -> None:
        """Return nothing: there is no agreed way to ask whether a message arrived."""
        del message, url

    def read_found(self, answer: EndpointAnswer) -> AnswerFacts:
        """Return that nobody can tell."""
        return AnswerFacts(outcome=Outcome.UNKNOWN, status_code=answer.status_code)


def read_reply(body: bytes, content_type: str) -> TicketReply | None:
    """Return what the answer says of the ticket, or None where it says nothing."""
    document = read_json(body, content_type)
    if not isinstance(document, dict):
        return None
    reply = TicketReply(
        ticket_id=_value(document.get("ticket_id")),
        status=_value(document.get("status")),
    )
    return None if reply == TicketReply() else reply


def _value(value: object) -> str | None:
    if not isinstance(value, str | int):
        return None
    return one_line(str(value))[:_MAX_VALUE_CHARS] or None
