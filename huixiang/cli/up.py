"""Start everything on one machine: Prefect server, deployments, the inbound door."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
import requests

from huixiang.app import App, open_app
from huixiang.cli.flow_runs import serve_flows
from huixiang.clock import monotonic
from huixiang.console.inbound import door_of
from huixiang.console.serving import serve_door
from huixiang.errors import HuixiangError
from huixiang.settings import environment, prefect_defaults, set_defaults, set_variables
from huixiang.wording import commands

START_SECONDS = 180
STOP_SECONDS = 15


def serve(home: Path | None, *, host: str, port: int) -> None:
    """Run the server, the deployments of prefect.yaml and the door until stopped."""
    app = open_app(home).prepare()
    _check_rules(app)
    set_defaults(prefect_defaults(app.settings))
    api = f"http://{host}:{port}/api"
    set_variables({"PREFECT_API_URL": api, "HUIXIANG_HOME": str(app.settings.home)})
    _stop_cleanly()
    with _server(host, port, api), _door(app):
        click.echo(f"Prefect  http://{host}:{port}")
        click.echo(commands.STOP)
        sys.stdout.flush()
        serve_flows(_deployments(app))


def _check_rules(app: App) -> None:
    """Read the rules now: better no start than a run that fails at night."""
    click.echo(commands.rules_as_they_are(app.rulebook.hash[:12]))


def _deployments(app: App) -> Path:
    own = app.settings.home / "prefect.yaml"
    return own if own.is_file() else Path(__file__).with_name("prefect.yaml")


@contextmanager
def _server(host: str, port: int, api: str) -> Iterator[None]:
    command = [sys.executable, "-m", "prefect", "server", "start"]
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        [*command, "--host", host, "--port", str(port)],
        env=dict(environment()),
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C must not end it before what still needs it
    )
    try:
        _wait_for(process, f"{api}/health")
        yield
    finally:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _wait_for(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = monotonic() + START_SECONDS
    with requests.Session() as session:
        session.trust_env = False
        while monotonic() < deadline:
            if process.poll() is not None:
                raise HuixiangError(
                    "the Prefect server ended at once; is its port taken? Try --port"
                )
            try:
                if session.get(url, timeout=2).ok:
                    return
            except requests.RequestException:
                time.sleep(0.5)
    raise HuixiangError(f"the Prefect server did not answer in {START_SECONDS} s")


@contextmanager
def _door(app: App) -> Iterator[None]:
    settings = app.settings
    with serve_door(
        door_of(app), host=settings.door_host, port=settings.door_port
    ) as door:
        click.echo(commands.door_at(door.url))
        yield


def _stop_cleanly() -> None:
    """Let Ctrl-C and a closed terminal take the one way out that ends everything."""
    signal.signal(signal.SIGTERM, _stop)
    for name in ("SIGINT", "SIGHUP"):
        if hasattr(signal, name):  # Windows has no SIGHUP
            signal.signal(getattr(signal, name), _as_sigterm)


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt


def _as_sigterm(_: int, __: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)
