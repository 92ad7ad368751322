"""Announce: store an event of an item with a message for whoever should hear it."""

from collections.abc import Mapping, Sequence

from huixiang.domain.items.action import ActionItem
from huixiang.domain.items.outbox import (
    Announcement,
    Endpoint,
    EventType,
    OutboxMessage,
)
from huixiang.domain.text import Bilingual
from huixiang.steps.context import Context, short_id
from huixiang.steps.messages.envelope import message_of
from huixiang.steps.messages.item_card import item_card
from huixiang.store.unit_of_work import UnitOfWork


def announce(
    context: Context,
    uow: UnitOfWork,
    item: ActionItem,
    event: EventType,
    *,
    news: Bilingual | None = None,
    origin: str | None = None,
) -> None:
    """Queue *event* in the transaction of the change it tells of.

    *origin* is the endpoint that the change came from; it knows already. Whatever
    happened, the first that an endpoint hears of an item is its opening.
    """
    number = uow.outbox.n_announced(item.item_id) + 1
    informed = uow.outbox.endpoints_told(item.item_id)
    events = {
        endpoint.name: event if endpoint.name in informed else EventType.OPENED
        for endpoint in listeners(context, item, event)
        if endpoint.name != origin
    }
    uow.outbox.announce(
        Announcement(
            announcement_id=short_id("an", item.item_id, number),
            item_id=item.item_id,
            event=event,
            announced_at=context.as_of,
        ),
        _messages(context, uow, item, number, events, news) if events else (),
        queued_at=context.now(),
    )


def listeners(
    context: Context, item: ActionItem, event: EventType
) -> Sequence[Endpoint]:
    """Return the endpoints of the item's department that want to hear of *event*."""
    department = context.rulebook.departments.get(item.department)
    names = department.endpoints if department else ()
    endpoints = (context.rulebook.endpoints[name] for name in names)
    return [endpoint for endpoint in endpoints if event in endpoint.events]


def _messages(
    context: Context,
    uow: UnitOfWork,
    item: ActionItem,
    number: int,
    events: Mapping[str, EventType],
    news: Bilingual | None,
) -> Sequence[OutboxMessage]:
    """Return one message for each endpoint in *events*, telling its event."""
    _, issue = uow.items.with_issue(item.item_id)
    card = item_card(context, uow, item, issue, news=news)
    return [
        message_of(
            card,
            event,
            message_id=short_id("msg", item.item_id, number, endpoint),
            endpoint=endpoint,
            occurred_at=context.as_of,
            workspace=context.workspace_name,
        )
        for endpoint, event in events.items()
    ]
