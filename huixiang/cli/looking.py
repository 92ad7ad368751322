"""Commands that look: explain, ledger, quarantine, outbox, endpoint."""

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from huixiang.cli.output import as_json, emit, home_option, print_json, show
from huixiang.domain.outbox import StoredMessage
from huixiang.domain.record import QuarantinedRecord
from huixiang.domain.text import Language
from huixiang.errors import ConfigurationError, NotFound, RunFoundProblems
from huixiang.wording.commands import chain_is_broken, does_not_add_up, is_disabled
from huixiang.wording.messages import attempt_words, dead_words, disabled_words


@click.command()
@click.argument("key", metavar="ID")
@home_option
@as_json
def explain(key: str, home: Path | None, as_json: bool) -> None:
    """为什么？任何反馈、问题、行动项、消息或结论。Why: any id."""
    print_explanation(key, home, json_wanted=as_json)


def print_explanation(key: str, home: Path | None, *, json_wanted: bool) -> None:
    """Print why something is as it is."""
    from huixiang.app import open_app
    from huixiang.steps.explain.by_id import Asked, explain_id

    app = open_app(home)
    app.prepare()
    with app.store.reading() as uow:
        asked = Asked(
            uow=uow,
            rulebook=app.rulebook,
            router=app.equipment.router,
            alerts=app.equipment.alerts,
            zone=app.settings.zone,
        )
        explanation = explain_id(key, asked)
    if json_wanted:
        print_json(explanation)
    else:
        click.echo(explanation.text(app.settings.language))


@click.command()
@home_option
@as_json
def ledger(home: Path | None, as_json: bool) -> None:
    """台账：每条等式两边都列出来。The ledger, both sides of every equation."""
    from huixiang.app import open_app
    from huixiang.reporting.page.terminal_tables import ledger_table
    from huixiang.steps.acts.audit import broken_link

    app = open_app(home)
    app.prepare()
    with app.store.reading() as uow:
        found = uow.ledgers.read()
    broken = broken_link(app.store)
    if as_json:
        print_json(
            {
                "holds": found.holds,
                "broken_act": broken,
                "equations": [
                    {
                        "name": each.name,
                        "scope": each.scope,
                        "left": dict(each.left),
                        "right": dict(each.right),
                        "left_total": each.left_total,
                        "right_total": each.right_total,
                        "holds": each.holds,
                    }
                    for each in found.equations
                ],
            }
        )
    else:
        show(ledger_table(found, app.settings.language))
    problems = [chain_is_broken(broken)] if broken else []
    if not found.holds:
        names = ", ".join(f"{each.name} ({each.scope})" for each in found.broken)
        problems.append(does_not_add_up(names))
    if problems:
        raise RunFoundProblems(problems)


@click.group("quarantine")
def quarantine() -> None:
    """隔离区：查看、放行、丢弃。Records kept out: look, release, discard."""


@quarantine.command("list")
@click.option("--all", "everything", is_flag=True, help="含已处理的。Decided ones too.")
@home_option
@as_json
def quarantine_list(everything: bool, home: Path | None, as_json: bool) -> None:
    """列出隔离的记录。List quarantined records."""
    from huixiang.app import open_app
    from huixiang.steps.intake.quarantine import quarantined_records

    app = open_app(home)
    app.prepare()
    records = quarantined_records(app.store, decided_too=everything)
    emit(
        [_kept_out(each, app.settings.language) for each in records],
        ("landing_id", "source", "position", "state", "why"),
        json_wanted=as_json,
    )


def _kept_out(record: QuarantinedRecord, language: Language) -> dict[str, object]:
    """Return a quarantined record as it is printed, with all it broke in words."""
    from huixiang.wording.records import violation_words

    words = [violation_words(each) for each in record.violations]
    violations = [
        {
            "rule": each.rule,
            "severity": each.severity.value,
            "column": each.column,
            "message_zh": said.zh,
            "message_en": said.en,
        }
        for each, said in zip(record.violations, words, strict=True)
    ]
    return {
        "landing_id": record.landing_id,
        "source": record.source,
        "position": record.position,
        "violations": violations,
        "state": record.state.value,
        "quarantined_at": record.quarantined_at,
        "decided_at": record.decided_at,
        "decided_by": record.decided_by,
        "reason": record.reason,
        "why": "; ".join(said.get(language) for said in words),
    }


@quarantine.command("show")
@click.argument("landing_id")
@home_option
def quarantine_show(landing_id: str, home: Path | None) -> None:
    """一条隔离记录（已脱敏）。One quarantined record, masked."""
    from huixiang.app import open_app
    from huixiang.steps.intake.quarantine import shown

    app = open_app(home)
    app.prepare()
    found = shown(app.store, app.rulebook, landing_id)
    printed = _kept_out(found.record, app.settings.language)
    print_json({**printed, "fields": found.fields})


@quarantine.command("release")
@click.argument("landing_id")
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="FIELD=VALUE",
    help="更正，如 occurred_at=2026-01-31。A correction.",
)
@click.option("--by", required=True, help="谁决定的。Who decided.")
@click.option("--reason", required=True, help="为什么放行。Why it may pass.")
@home_option
def quarantine_release(
    landing_id: str, changes: tuple[str, ...], by: str, reason: str, home: Path | None
) -> None:
    """放行（可先更正）。Let a record in, corrected where needed."""
    from huixiang.app import open_app
    from huixiang.cli.deciding import by_hand, decided
    from huixiang.domain.act import TargetKind
    from huixiang.domain.decision import ReleaseRecord

    payload = ReleaseRecord(reason=reason, changes=_pairs(changes))
    new = by_hand(TargetKind.RECORD, landing_id, payload, by=by)
    (act,) = decided(open_app(home).prepare(), new)
    click.echo(act.fact("feedback") or act.act_id)


def _pairs(changes: tuple[str, ...]) -> dict[str, str]:
    for change in changes:
        if "=" not in change:
            raise click.BadParameter(f"{change!r}: write FIELD=VALUE")
    return dict(change.split("=", 1) for change in changes)


@quarantine.command("discard")
@click.argument("landing_id")
@click.option("--by", required=True, help="谁决定的。Who decided.")
@click.option("--reason", required=True, help="为什么丢弃。Why it is given up.")
@home_option
def quarantine_discard(
    landing_id: str, by: str, reason: str, home: Path | None
) -> None:
    """丢弃（留下谁和为什么）。Give a record up; who and why are kept."""
    from huixiang.app import open_app
    from huixiang.cli.deciding import by_hand, decided
    from huixiang.domain.act import TargetKind
    from huixiang.domain.decision import DiscardRecord

    payload = DiscardRecord(reason=reason)
    decided(
        open_app(home).prepare(), by_hand(TargetKind.RECORD, landing_id, payload, by=by)
    )
    click.echo(landing_id)


@click.group("outbox")
def outbox() -> None:
    """发件箱：排队、已送达、死信。Messages: queued, delivered, dead letters."""


@outbox.command("list")
@click.option("--state", type=click.Choice(["queued", "sending", "delivered", "dead"]))
@home_option
@as_json
def outbox_list(state: str | None, home: Path | None, as_json: bool) -> None:
    """列出消息。List messages."""
    from huixiang.app import open_app
    from huixiang.domain.outbox import MessageState

    app = open_app(home)
    app.prepare()
    with app.store.reading() as uow:
        messages = uow.outbox.messages(MessageState(state) if state else None)
    columns = ("message_id", "endpoint", "event", "item_id", "state", "n_attempts",
               "next_attempt_at", "dead_reason")  # fmt: skip
    rows = [_message_row(each, columns, app.settings.language) for each in messages]
    emit(rows, columns, json_wanted=as_json)


def _message_row(
    message: StoredMessage, columns: tuple[str, ...], language: Language
) -> dict[str, Any]:
    row = {name: getattr(message, name) for name in columns}
    if message.dead_reason is not None:
        row["dead_reason"] = dead_words(message.dead_reason).get(language)
    return row


@outbox.command("show")
@click.argument("message_id")
@home_option
def outbox_show(message_id: str, home: Path | None) -> None:
    """一条消息与每次投递。One message and every attempt."""
    from huixiang.app import open_app

    app = open_app(home)
    app.prepare()
    with app.store.reading() as uow:
        message = uow.outbox.get(message_id)
        if message is None:
            raise NotFound(f"no message {message_id}; see huixiang outbox list")
        attempts = uow.outbox.attempts(message_id)
    print_json({**dataclasses.asdict(message), "attempts": attempts})


@outbox.command("replay")
@click.argument("message_ids", nargs=-1, required=True)
@home_option
def outbox_replay(message_ids: tuple[str, ...], home: Path | None) -> None:
    """重新投递死信。Queue dead letters again."""
    from huixiang.app import open_app
    from huixiang.cli.deciding import by_hand, decided
    from huixiang.domain.act import TargetKind
    from huixiang.domain.decision import ReplayMessage
    from huixiang.steps.messages.replay import check_dead_letters, stopped_endpoints

    app = open_app(home).prepare()
    wanted = tuple(dict.fromkeys(message_ids))
    check_dead_letters(app.store, wanted)
    acts = decided(
        app, *(by_hand(TargetKind.MESSAGE, key, ReplayMessage()) for key in wanted)
    )
    click.echo(f"{sum(act.is_applied for act in acts)} queued")
    for name in stopped_endpoints(app.store):
        click.echo(is_disabled(name), err=True)


@click.group("endpoint")
def endpoint() -> None:
    """接收端：测试消息、重新启用。Endpoints: test message, enable again."""


@endpoint.command("list")
@home_option
@as_json
def endpoint_list(home: Path | None, as_json: bool) -> None:
    """列出接收端及能否使用。List endpoints and whether they can be used."""
    from huixiang.app import open_app

    app = open_app(home)
    app.prepare()
    ready, missing = app.equipment.endpoints()
    with app.store.reading() as uow:
        disabled = uow.outbox.disabled()
    rows: list[dict[str, Any]] = [
        {
            "endpoint": name,
            "state": "disabled" if name in disabled else
            "ready" if name in ready else "not configured",
            "why": disabled_words(disabled[name].reason).get(app.settings.language)
            if name in disabled else missing.get(name, ""),
        }
        for name in app.rulebook.endpoints
    ]  # fmt: skip
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
    from huixiang.cli.deciding import by_hand, decided
    from huixiang.domain.act import TargetKind
    from huixiang.domain.decision import ResumeEndpoint

    app = open_app(home).prepare()
    _check_endpoint(app.rulebook.endpoints, name)
    decided(app, by_hand(TargetKind.ENDPOINT, name, ResumeEndpoint()))
    click.echo(name)


def _check_endpoint(known: Iterable[str], name: str) -> None:
    if name not in known:
        raise ConfigurationError(f"no endpoint {name!r}; known: {', '.join(known)}")


COMMANDS = (explain, ledger, quarantine, outbox, endpoint)
