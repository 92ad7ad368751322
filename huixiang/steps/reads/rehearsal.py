"""What a rehearsal would have opened and sent."""

from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.delivery.platforms.kinds import platforms
from huixiang.domain.items.action import ActionItem
from huixiang.domain.items.outbox import MessageState, StoredMessage
from huixiang.steps.context import Context
from huixiang.store.codec import encode


def would_open(context: Context) -> list[dict[str, Any]]:
    """Return the items that the run has opened so far, as plain values."""
    with context.store.reading() as uow:
        items = uow.items.find()
    return [_item(item) for item in items if item.opened_at == context.as_of]


def _item(item: ActionItem) -> dict[str, Any]:
    return {
        "item": item.item_id,
        "kind": item.kind.value,
        "department": item.department,
        "severity": item.severity.value,
        "status": item.status.value,
        "alert": encode(item.alert),
    }


def would_send(context: Context) -> list[dict[str, Any]]:
    """Return the messages that wait to be sent, as plain values."""
    with context.store.reading() as uow:
        messages = uow.outbox.messages(MessageState.QUEUED)
    return [_message(each, context.rulebook) for each in messages]


def _message(message: StoredMessage, rulebook: Rulebook) -> dict[str, Any]:
    """Return a message with the body that its platform would give it."""
    rendered, endpoint = message.rendered, rulebook.endpoints.get(message.endpoint)
    if rendered is None and message.content is not None and endpoint is not None:
        rendered = platforms()[endpoint.kind].render(message.content, endpoint)
    return {
        "endpoint": message.endpoint,
        "event": message.event.value,
        "item": message.item_id,
        "body": rendered and rendered.body.decode("utf-8", "replace"),
    }
