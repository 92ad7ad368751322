"""Announce: store an event of an item with a message for whoever should hear it."""

from collections.abc import Iterable
from typing import Any

from huixiang.delivery.payload import event_body, item_data
from huixiang.domain.action import ActionItem
from huixiang.domain.outbox import Endpoint, EventType, OutboxMessage
from huixiang.domain.text import Bilingual
from huixiang.steps.context import Context, short_id
from huixiang.steps.messages.item_card import item_card
from huixiang.store.unit_of_work import UnitOfWork


def announce(
    context: Context,
    uow: UnitOfWork,
    item: ActionItem,
    event: EventType,
    *,
    news: Bilingual | None = None,
    told_by: str | None = None,
) -> None:
    """Queue *event* in the transaction of the change it tells of.

    *told_by* is the endpoint that the change came from; it knows already.
    """
    _, issue = uow.items.with_issue(item.item_id)
    number = uow.outbox.n_announced(item.item_id) + 1
    told = uow.outbox.endpoints_told(item.item_id)
    data = {
        endpoint.name: item_data(
            item_card(context, uow, item, issue, news=news), endpoint=endpoint.name
        )
        for endpoint in listeners(context, item, event)
        if endpoint.name != told_by
    }
    uow.outbox.announce(
        announcement_id=short_id("an", item.item_id, number),
        item_id=item.item_id,
        event=event,
        announced_at=context.as_of,
        messages=[
            _message(context, item, number, name, _heard(event, name in told), body)
            for name, body in data.items()
        ],
        queued_at=context.now(),
    )


def _heard(event: EventType, told: bool) -> EventType:
    """Return what an endpoint hears: whatever happened, the first news is an opening."""
    return event if told else EventType.OPENED


def listeners(
    context: Context, item: ActionItem, event: EventType
) -> Iterable[Endpoint]:
    """Return the endpoints of the item's department that want to hear of *event*."""
    department = context.rulebook.departments.get(item.department)
    names = department.endpoints if department else ()
    endpoints = (context.rulebook.endpoints[name] for name in names)
    return [endpoint for endpoint in endpoints if event in endpoint.events]


def _message(
    context: Context,
    item: ActionItem,
    number: int,
    endpoint: str,
    event: EventType,
    data: dict[str, Any],
) -> OutboxMessage:
    message_id = short_id("msg", item.item_id, number, endpoint)
    return OutboxMessage(
        message_id=message_id,
        endpoint=endpoint,
        event=event,
        item_id=item.item_id,
        body=event_body(
            event,
            message_id=message_id,
            occurred_at=context.as_of,
            source_uri=f"urn:huixiang:{context.workspace_name}",
            data=data,
        ),
    )
