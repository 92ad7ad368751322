"""What every message has, whatever it tells: its event, its number, its origin."""

import datetime as dt

from huixiang.domain.items.digest import DigestCard
from huixiang.domain.items.item_card import ItemCard
from huixiang.domain.items.outbox import (
    EndpointGreeting,
    EventType,
    NeutralEvent,
    OutboxMessage,
)


def message_of(
    card: ItemCard | DigestCard | EndpointGreeting,
    event: EventType,
    *,
    message_id: str,
    endpoint: str,
    occurred_at: dt.datetime,
    workspace: str,
) -> OutboxMessage:
    """Return the message that tells *card* to the endpoint of that name."""
    return OutboxMessage(
        message_id=message_id,
        endpoint=endpoint,
        event=event,
        item_id=card.item_id if isinstance(card, ItemCard) else None,
        content=NeutralEvent(
            message_id=message_id,
            type=event,
            occurred_at=occurred_at,
            source_uri=f"urn:huixiang:{workspace}",
            card=card,
        ),
    )
