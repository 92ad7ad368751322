"""What the sample's OA does with messages and commands, apart from HTTP."""

import datetime as dt
import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

from huixiang.clock import utc_now
from huixiang.delivery.signing import verify
from huixiang.sample.receiver_callbacks import Caller
from huixiang.sample.receiver_faults import Faults
from huixiang.sample.receiver_play import Notice, PlanFor
from huixiang.sample.receiver_store import TicketStore


class Office:
    """Everything the OA does, apart from HTTP."""

    def __init__(
        self, *, store: TicketStore, secret: str, caller: Caller, plan_of: PlanFor
    ) -> None:
        self.store = store
        self.faults = Faults()
        self._secret = secret
        self._caller = caller
        self._plan_of = plan_of
        self._playing = threading.Lock()
        self.pages: Mapping[str, Callable[[], object]] = {
            "/tickets": store.tickets,
            "/fixes": store.fixes,
            "/deliveries": store.deliveries,
            "/callbacks": store.callbacks,
            "/healthz": lambda: {"status": "ok"},
        }
        self.commands: Mapping[str, Callable[[dict[str, Any]], object]] = {
            "/advance": self.advance,
            "/faults": self.faults.arm,
        }

    def receive(self, headers: dict[str, str], body: bytes) -> dict[str, str]:
        """Take one message in; raises SignatureRefused or ValueError."""
        webhook_id = verify(
            headers=headers, body=body, secrets=[self._secret], at=utc_now()
        )
        event = json.loads(body)
        return self.store.receive(webhook_id, str(event["type"]), read_notice(event))

    def advance(self, request: dict[str, Any]) -> dict[str, object]:
        """Play the departments up to a business time and report what they did."""
        to = dt.datetime.fromisoformat(request["to"])
        if to.tzinfo is None:
            raise ValueError("to has no time zone")
        with self._playing:
            n_played = self.store.advance(to.astimezone(dt.UTC), self._plan_of)
            self._caller.call_all(self.store)
        return {"played": n_played, "waiting": len(self.store.waiting())}


def read_notice(event: dict[str, Any]) -> Notice | None:
    """Return what a CloudEvent says of an item, or None where it is about none."""
    data = event.get("data") or {}
    if "item_id" not in data:
        return None
    issue = data.get("issue") or {}
    return Notice(
        type=str(event["type"]),
        at=dt.datetime.fromisoformat(event["time"]).astimezone(dt.UTC),
        item_id=str(data["item_id"]),
        status=str(data.get("status", "open")),
        department=_id(data.get("department")),
        kind=str(data.get("kind", "improvement")),
        theme=_id(issue.get("theme")),
        touchpoint=_id(issue.get("touchpoint")),
        unit=_id(issue.get("unit")),
    )


def _id(named: object) -> str:
    return str(named.get("id", "")) if isinstance(named, dict) else ""
