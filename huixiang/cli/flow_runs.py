"""Run a flow: through Prefect, directly, or as a rehearsal. The only door to flows."""

import datetime as dt
import importlib
from pathlib import Path
from typing import Any

from huixiang.app import App, RehearsalApp, open_app
from huixiang.errors import HuixiangError, RunFoundProblems
from huixiang.settings import prefect_defaults, set_defaults
from huixiang.steps.equipment import Facts
from huixiang.steps.reads.rehearsal import would_open, would_send
from huixiang.steps.table import call_directly, call_in_rehearsal


class PrefectUnavailable(HuixiangError):
    """Prefect's API cannot be reached; the loop does not depend on it."""


def run_flow(
    flow: str, home: Path | None, as_of: dt.datetime | None, **options: str | None
) -> Facts:
    """Run *flow* through Prefect, on a server of its own unless one is configured."""
    app = open_app(home)
    function = getattr(_module(flow, app), flow)
    try:
        state = function(home=str(app.home), as_of=as_of, **options, return_state=True)
    except RuntimeError as error:
        if "API" not in str(error):
            raise
        raise PrefectUnavailable(
            f"{error}; the loop also runs without Prefect: add --direct"
        ) from error
    facts: Facts = state.result(raise_on_failure=False)
    if isinstance(facts, BaseException):
        raise facts
    if problems := facts.get("problems"):
        raise RunFoundProblems(problems, facts)
    return facts


def run_direct(
    flow: str, home: Path | None, as_of: dt.datetime | None, **options: str | None
) -> Facts:
    """Run the same steps in the same order without Prefect's server, tasks or pages."""
    return run_in(open_app(home), flow, as_of, **options)


def run_in(
    app: App, flow: str, as_of: dt.datetime | None, **options: str | None
) -> Facts:
    """Run the steps of *flow* one after the other in an open workspace."""
    order = _module(flow, app).steps
    with app.running(flow, as_of, call_directly) as run:
        run.follow(order, **options)
    return run.facts


def rehearse(
    flow: str, home: Path | None, as_of: dt.datetime | None, **options: str | None
) -> Facts:
    """Decide and show everything, send nothing, keep nothing."""
    app = open_app(home, kind=RehearsalApp).prepare()
    order = _module(flow, app).steps
    with (
        app.store.rehearsal(),
        app.running(flow, as_of, call_in_rehearsal) as run,
    ):
        run.follow(order, **options)
        run.facts["would_open"] = would_open(run.context)
        run.facts["would_send"] = would_send(run.context)
    return run.facts


def _module(flow: str, app: App) -> Any:
    """Return the module of a flow; Prefect reads its variables when it is imported."""
    set_defaults(prefect_defaults(app.settings))
    return importlib.import_module(f"flows.{flow}")


def serve_flows(file: Path) -> None:
    """Serve the deployments of a prefect.yaml until told to stop."""
    from flows.serving import serve_deployments

    serve_deployments(file)
