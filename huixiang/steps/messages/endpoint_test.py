"""A test message: does an endpoint hear us?"""

import datetime as dt

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.payload import endpoint_test_data, event_body
from huixiang.domain.outbox import DeliveryAttempt, EventType, OutboxMessage
from huixiang.steps.context import short_id
from huixiang.steps.messages.push import Send


def send_test(
    endpoint: ResolvedEndpoint, send: Send, now: dt.datetime, workspace: str
) -> DeliveryAttempt:
    """Send one test message; it belongs to no item and is not kept."""
    message_id = short_id("test", endpoint.name, now.isoformat())
    body = event_body(
        EventType.TEST,
        message_id=message_id,
        occurred_at=now,
        source_uri=f"urn:huixiang:{workspace}",
        data=endpoint_test_data(endpoint.name),
    )
    message = OutboxMessage(
        message_id=message_id,
        endpoint=endpoint.name,
        event=EventType.TEST,
        item_id=None,
        body=body,
    )
    return send(message, endpoint)
