"""A test message: does an endpoint hear us?"""

import dataclasses
import datetime as dt

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.rendering import render
from huixiang.domain.items.outbox import DeliveryAttempt, EndpointGreeting, EventType
from huixiang.steps.context import short_id
from huixiang.steps.messages.envelope import message_of
from huixiang.steps.messages.push import Send
from huixiang.wording.items.messages import GREETING


def send_test(
    endpoint: ResolvedEndpoint, send: Send, now: dt.datetime, workspace: str
) -> DeliveryAttempt:
    """Send one test message; it belongs to no item and is not kept."""
    message = message_of(
        EndpointGreeting(title=GREETING),
        EventType.TEST,
        message_id=short_id("test", endpoint.name, now.isoformat()),
        endpoint=endpoint.name,
        occurred_at=now,
        workspace=workspace,
    )
    return send(
        dataclasses.replace(message, rendered=render(message, endpoint)), endpoint
    )
