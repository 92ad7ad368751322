"""Turn a message into the bytes that all its tries will send."""

import logging

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.domain.items.outbox import OutboxMessage, Rendered

log = logging.getLogger(__name__)


def render(message: OutboxMessage, endpoint: ResolvedEndpoint) -> Rendered | None:
    """Return the bytes of *message*, those it has already if any; None: it has no form.

    What a platform cannot put into a body within its limits is never sent.
    """
    if message.rendered is not None or message.content is None:
        return message.rendered
    platform = endpoint.platform
    try:
        rendered = platform.render(message.content, endpoint.endpoint)
    except Exception as error:  # a stranger's platform must not stop the others
        _warn(message, type(error).__name__)
        return None
    if len(rendered.body) >= platform.limits.body_bytes:
        _warn(message, "too large")
        return None
    return rendered


def _warn(message: OutboxMessage, error: str) -> None:
    extra = {"message_id": message.message_id, "error": error}
    log.warning("message.not_rendered", extra=extra)
