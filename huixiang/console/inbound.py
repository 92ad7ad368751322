"""The inbound door of one workspace: what comes in is stored before it is answered."""

from collections.abc import Sequence

from fastapi import FastAPI

from huixiang.app import App
from huixiang.console.door import InboundCall, create_door
from huixiang.steps.acts.calls import TakenCall, take_call


def door_of(app: App) -> FastAPI:
    """Return the door through which endpoints report to *app*'s workspace."""

    def accept(call: InboundCall) -> TakenCall:
        return take_call(
            app.store,
            endpoint=call.endpoint,
            webhook_id=call.webhook_id,
            received_at=call.received_at,
            body=call.body,
        )

    def secrets(endpoint: str) -> Sequence[str]:
        ready, _ = app.equipment.endpoints()
        return ready[endpoint].secrets if endpoint in ready else ()

    return create_door(accept=accept, secrets=secrets, now=app.now)
