"""Commands about messages: outbox list, show, replay."""

import dataclasses
from pathlib import Path
from typing import Any

import click

from huixiang.cli.output import as_json, emit, home_option, print_json
from huixiang.domain.items.outbox import StoredMessage
from huixiang.domain.text import Language
from huixiang.wording.commands import is_disabled
from huixiang.wording.items.messages import dead_words


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
    from huixiang.domain.items.outbox import MessageState
    from huixiang.steps.reads.messages import list_messages

    app = open_app(home).prepare()
    messages = list_messages(app.store, MessageState(state) if state else None)
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
    from huixiang.steps.reads.messages import message_history

    history = message_history(open_app(home).prepare().store, message_id)
    message = dataclasses.asdict(history.message)
    print_json({**message, "attempts": history.attempts})


@outbox.command("replay")
@click.argument("message_ids", nargs=-1, required=True)
@home_option
def outbox_replay(message_ids: tuple[str, ...], home: Path | None) -> None:
    """重新投递死信。Queue dead letters again."""
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import ReplayMessage
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


COMMANDS = (outbox,)
