"""Commands about endpoints: endpoint list, test, resume."""

from collections.abc import Iterable
from pathlib import Path

import click

from huixiang.cli.output import as_json, emit, home_option
from huixiang.errors import ConfigurationError, RunFoundProblems
from huixiang.wording.items.messages import attempt_words, disabled_words


@click.group("endpoint")
def endpoint() -> None:
    """接收端：测试消息、重新启用。Endpoints: test message, enable again."""


@endpoint.command("list")
@home_option
@as_json
def endpoint_list(home: Path | None, as_json: bool) -> None:
    """列出接收端及能否使用。List endpoints and whether they can be used."""
    from huixiang.app import open_app
    from huixiang.steps.reads.messages import endpoint_standings

    app = open_app(home).prepare()
    rows = [
        {
            "endpoint": each.name,
            "state": each.state.value,
            "why": disabled_words(each.disabled.reason).get(app.settings.language)
            if each.disabled
            else each.missing,
        }
        for each in endpoint_standings(app.store, app.rulebook, app.equipment)
    ]
    emit(rows, ("endpoint", "state", "why"), json_wanted=as_json)


@endpoint.command("test")
@click.argument("name")
@home_option
def endpoint_test(name: str, home: Path | None) -> None:
    """发一条测试消息。Send one test message and show the answer."""
    from huixiang.app import open_app
    from huixiang.steps.messages.endpoint_test import send_test

    app = open_app(home)
    ready, missing = app.equipment.endpoints()
    _check_endpoint(app.rulebook.endpoints, name)
    if name not in ready:
        raise ConfigurationError(missing[name])
    attempt = send_test(
        ready[name], app.equipment.send, app.now(), app.settings.workspace_name
    )
    why = attempt_words(attempt.reason, attempt.status_code)
    click.echo(f"{attempt.outcome.value} {why.get(app.settings.language)}")
    if attempt.outcome.value != "delivered":
        raise RunFoundProblems([f"endpoint {name}: {attempt.outcome.value}"])


@endpoint.command("resume")
@click.argument("name")
@home_option
def endpoint_resume(name: str, home: Path | None) -> None:
    """重新启用被停用的接收端。Send to a disabled endpoint again."""
    _resume(name, home)


@endpoint.command("enable")
@click.argument("name")
@home_option
def endpoint_enable(name: str, home: Path | None) -> None:
    """同 resume。The same as resume."""
    _resume(name, home)


def _resume(name: str, home: Path | None) -> None:
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import ResumeEndpoint

    app = open_app(home).prepare()
    _check_endpoint(app.rulebook.endpoints, name)
    decided(app, by_hand(TargetKind.ENDPOINT, name, ResumeEndpoint()))
    click.echo(name)


def _check_endpoint(known: Iterable[str], name: str) -> None:
    if name not in known:
        raise ConfigurationError(f"no endpoint {name!r}; known: {', '.join(known)}")


COMMANDS = (endpoint,)
