"""How the sample's OA reports status: signed, in order, until it is acknowledged."""

import threading
from dataclasses import dataclass, field

import requests

from huixiang.clock import utc_now
from huixiang.delivery.signing import signed_headers
from huixiang.sample.receiver_store import Callback, TicketStore

_WAITS_SECONDS = (0.1, 0.3, 1.0, 3.0)
_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Caller:
    """Calls one URL; without a URL the reports are only kept."""

    url: str | None
    secret: str = field(repr=False)

    def call_all(self, tickets: TicketStore) -> None:
        """Report what waits, in order; what fails again waits for the next time."""
        if self.url is None:
            return
        with requests.Session() as session:
            session.trust_env = False
            for callback in tickets.waiting():
                if not self._call_until_heard(session, callback):
                    return
                tickets.acknowledge(callback.number)

    def _call_until_heard(self, session: requests.Session, callback: Callback) -> bool:
        for seconds in (*_WAITS_SECONDS, None):
            if self._call(session, callback):
                return True
            if seconds is not None:
                threading.Event().wait(seconds)
        return False

    def _call(self, session: requests.Session, callback: Callback) -> bool:
        body = callback.body.encode()
        headers = signed_headers(
            message_id=callback.webhook_id,
            at=utc_now(),
            body=body,
            secrets=[self.secret],
        )
        try:
            response = session.post(
                str(self.url),
                data=body,
                headers={"Content-Type": "application/json", **headers},
                timeout=_TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException:
            return False
        return response.status_code // 100 == 2  # noqa: PLR2004 - the class of HTTP success
