"""Messages as they stand, and whether their endpoints can be sent to."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.outbox import (
    DisabledEndpoint,
    MessageState,
    PastAttempt,
    StoredMessage,
)
from huixiang.errors import NotFound
from huixiang.steps.equipment import Equipment
from huixiang.store.engine import Store


class EndpointState(enum.StrEnum):
    """Whether an endpoint is sent to."""

    READY = "ready"
    DISABLED = "disabled"
    NOT_CONFIGURED = "not configured"


@dataclass(frozen=True, kw_only=True, slots=True)
class EndpointStanding:
    """An endpoint and why it cannot be sent to: it was disabled, or `missing` is."""

    name: str
    state: EndpointState
    disabled: DisabledEndpoint | None = None
    missing: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class MessageHistory:
    """A message and every try to deliver it, in order."""

    message: StoredMessage
    attempts: Sequence[PastAttempt]


def list_messages(
    store: Store, state: MessageState | None = None
) -> Sequence[StoredMessage]:
    """Return the messages in *state*, or all, oldest first."""
    with store.reading() as uow:
        return uow.outbox.messages(state)


def message_history(store: Store, message_id: str) -> MessageHistory:
    """Return one message with its tries; raise NotFound where there is none."""
    with store.reading() as uow:
        message = uow.outbox.get(message_id)
        if message is None:
            raise NotFound(f"no message {message_id}; see huixiang outbox list")
        attempts = uow.outbox.attempts(message_id)
    return MessageHistory(message=message, attempts=attempts)


def endpoint_standings(
    store: Store, rulebook: Rulebook, equipment: Equipment
) -> Sequence[EndpointStanding]:
    """Return every endpoint of the rules, in their order."""
    ready, missing = equipment.endpoints()
    with store.reading() as uow:
        disabled = uow.outbox.disabled()
    return [
        EndpointStanding(
            name=name,
            state=_state(is_disabled=name in disabled, is_ready=name in ready),
            disabled=disabled.get(name),
            missing=missing.get(name, ""),
        )
        for name in rulebook.endpoints
    ]


def _state(*, is_disabled: bool, is_ready: bool) -> EndpointState:
    if is_disabled:
        return EndpointState.DISABLED
    return EndpointState.READY if is_ready else EndpointState.NOT_CONFIGURED
