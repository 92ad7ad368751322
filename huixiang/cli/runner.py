"""Run a flow: through Prefect, directly, or as a rehearsal. The only door to flows."""

import datetime as dt
import importlib
from pathlib import Path
from typing import Any

from huixiang.app import App, open_app
from huixiang.domain.outbox import DeliveryAttempt, OutboxMessage
from huixiang.errors import HuixiangError, RunFoundProblems
from huixiang.settings import prefect_defaults, set_defaults
from huixiang.steps.equipment import Steps
from huixiang.store.codec import encode


class PrefectUnavailable(HuixiangError):
    """Prefect's API cannot be reached; the loop does not depend on it."""


def run_flow(
    flow: str, home: Path | None, as_of: dt.datetime | None, **options: str | None
) -> dict[str, Any]:
    """Run *flow* through Prefect, on a server of its own unless one is configured."""
    app = open_app(home)
    set_defaults(prefect_defaults(app.settings))
    function = getattr(importlib.import_module(f"flows.{flow}"), flow)
    try:
        state = function(
            home=str(app.settings.home), as_of=as_of, **options, return_state=True
        )
    except RuntimeError as error:
        if "API" not in str(error):
            raise
        raise PrefectUnavailable(
            f"{error}; the loop also runs without Prefect: add --direct"
        ) from error
    facts: dict[str, Any] = state.result(raise_on_failure=False)
    if isinstance(facts, BaseException):
        raise facts
    if problems := facts.get("problems"):
        raise RunFoundProblems(problems, facts)
    return facts


def run_direct(
    flow: str, home: Path | None, as_of: dt.datetime | None, **options: str | None
) -> dict[str, Any]:
    """Run the same steps in the same order without Prefect."""
    from flows.order import go

    app = open_app(home)
    with app.running(flow, as_of) as (run, facts):
        facts.update(go(flow, Steps(app.context(run), app), **options))
    return facts


def rehearse(
    flow: str, home: Path | None, as_of: dt.datetime | None, **options: str | None
) -> dict[str, Any]:
    """Decide and show everything, send nothing, keep nothing."""
    from flows.order import go

    app = open_app(home)
    app.prepare()
    rehearsed = _Rehearsal(app)
    with app.store.rehearsal(), app.running(flow, as_of) as (run, facts):
        facts.update(go(flow, _RehearsedSteps(app.context(run), rehearsed), **options))
        with app.store.reading() as uow:
            items = [item for item in uow.items.find() if item.opened_at == run.as_of]
            facts["would_open"] = [_item(item) for item in items]
            facts["would_send"] = [
                {"endpoint": row["endpoint"], "event": row["event"].value,
                 "item": row["item_id"], "body": row["body"]}
                for row in uow.outbox.messages() if row["state"] == "queued"
            ]  # fmt: skip
    return facts


def _item(item: Any) -> dict[str, Any]:
    return {
        "item": item.item_id,
        "kind": item.kind.value,
        "department": item.department,
        "severity": item.severity.value,
        "status": item.status.value,
        "alert": encode(item.alert),
    }


class _RehearsedSteps(Steps):
    """Every step but those that write files."""

    def report(
        self, period: str | None = None, department: str | None = None
    ) -> dict[str, Any]:
        """Write no report."""
        return {"report": "not written in a rehearsal"}

    def train(self) -> dict[str, Any]:
        """Train no model."""
        return {"model": "not trained in a rehearsal"}


class _Rehearsal:
    """The workspace's equipment without a way out."""

    def __init__(self, app: App) -> None:
        self._app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self._app, name)

    def endpoints(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return no endpoint: nothing is sent."""
        return {}, {}

    def send(self, message: OutboxMessage, endpoint: object) -> DeliveryAttempt:
        """Refuse to send."""
        raise AssertionError(f"a rehearsal sends nothing ({message.message_id})")


def serve_flows(file: Path) -> None:
    """Serve the deployments of a prefect.yaml until told to stop."""
    from flows.serving import serve_deployments

    serve_deployments(file)
