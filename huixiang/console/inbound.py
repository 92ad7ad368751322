"""The inbound door of one workspace: what comes in is stored before it is answered."""

from collections.abc import Sequence

from fastapi import FastAPI

from huixiang.app import App
from huixiang.console.door import Accepted, InboundCall, create_door


def door_of(app: App) -> FastAPI:
    """Return the door through which endpoints report to *app*'s workspace."""

    def accept(call: InboundCall) -> Accepted:
        with app.store.transaction("inbound") as uow:
            new = uow.inbox.accept(
                door=call.door,
                name=call.name,
                call_id=call.webhook_id,
                received_at=call.received_at,
                body=call.body,
            )
        return Accepted.STORED if new else Accepted.DUPLICATE

    def secrets(door: str, name: str) -> Sequence[str]:
        if door != "status":
            return ()
        ready, _ = app.equipment.endpoints()
        return ready[name].secrets if name in ready else ()

    return create_door(accept=accept, secrets=secrets, now=app.now)
