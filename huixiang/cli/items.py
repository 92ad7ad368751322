"""Commands of a department owner: item list, show, accept, start, resolve, reject."""

from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from huixiang.cli.business_time import as_of_option, business_time
from huixiang.cli.output import as_json, emit, home_option, print_json
from huixiang.domain.items.action import ActionStatus

if TYPE_CHECKING:  # what it prints is loaded when it is asked for
    from huixiang.cli.item_answers import ItemAnswer
    from huixiang.steps.reads.items import ListedItem

_WHO = click.option("--by", default="cli", show_default=True, help="谁。Who says so.")


@click.group("item")
def item() -> None:
    """行动项：查看、接单、整改、拒绝。Action items: what an owner does by hand."""


@item.command("list")
@click.option(
    "--status", type=click.Choice([each.value for each in ActionStatus]), multiple=True
)
@click.option("--department", help="部门编号。Department id.")
@home_option
@as_json
def list_items(
    status: tuple[str, ...], department: str | None, home: Path | None, as_json: bool
) -> None:
    """列出行动项。List action items."""
    from huixiang.app import open_app
    from huixiang.steps.reads import items

    app = open_app(home).prepare()
    listed = items.list_items(
        app.store,
        statuses=[ActionStatus(each) for each in status],
        department=department,
    )
    emit(
        [_row(each, app.settings.zone) for each in listed],
        ("item", "kind", "status", "department", "severity", "theme", "touchpoint",
         "unit", "opened", "due"),
        json_wanted=as_json,
    )  # fmt: skip


def _row(listed: "ListedItem", zone: ZoneInfo) -> dict[str, Any]:
    item, issue = listed.item, listed.issue
    return {
        "item": item.item_id,
        "kind": item.kind.value,
        "status": item.status.value,
        "department": item.department,
        "severity": item.severity.value,
        "theme": issue.theme,
        "touchpoint": issue.touchpoint,
        "unit": issue.unit,
        "opened": item.opened_at.astimezone(zone),
        "due": item.due_at.astimezone(zone),
    }


@item.command("show")
@click.argument("item_id")
@home_option
@as_json
def show_item(item_id: str, home: Path | None, as_json: bool) -> None:
    """一个行动项的全部：为什么开、证据、经过、结论。Everything about one item."""
    from huixiang.cli.explain import print_explanation

    print_explanation(item_id, home, json_wanted=as_json)


def _line(answer: "ItemAnswer") -> str:
    if answer.status is None:
        return f"{answer.item}: {answer.outcome} ({answer.act})"
    return f"{answer.item}: {answer.status} ({answer.department})"


def _answer_command(name: str, words: str, *options: Any) -> click.Command:
    @click.argument("item_id")
    @_WHO
    @as_of_option
    @home_option
    @as_json
    def command(
        item_id: str,
        by: str,
        as_of: str | None,
        home: Path | None,
        as_json: bool,
        **said: str | None,
    ) -> None:
        from huixiang.cli.item_answers import answer_item

        moment = business_time(as_of, home)
        answer = answer_item(home, item_id, name, by=by, as_of=moment, said=said)
        if as_json:
            print_json(answer)
        else:
            click.echo(_line(answer))

    for option in options:
        command = option(command)
    return click.command(name, help=words)(command)


def _not_blank(_: click.Context, option: click.Parameter, words: str) -> str:
    """Return the words; a reason that says nothing is none."""
    if not words.strip():
        raise click.BadParameter("it is empty; write what to say", param=option)
    return words


_REASON = click.option("--reason", default="", help="原因。Why.")
_CAUSE = click.option(
    "--root-cause", required=True, callback=_not_blank, help="根因。The root cause."
)
_TEXT = click.option(
    "--reason", "--text", required=True, callback=_not_blank, help="说明。What to say."
)
_SUGGESTED = click.option("--department", help="该归谁。Whose it is instead.")
_NEEDED = click.option(
    "--reason", required=True, callback=_not_blank, help="为什么不归我。Why not mine."
)

item.add_command(_answer_command("accept", "接单。Accept it.", _REASON))
item.add_command(_answer_command("start", "开始处理。Start working.", _REASON))
item.add_command(
    _answer_command("resolve", "已整改。Say it is fixed, and why.", _CAUSE)
)
item.add_command(_answer_command("reject", "不归我。Not mine.", _NEEDED, _SUGGESTED))
item.add_command(_answer_command("comment", "留言。Comment.", _TEXT))
item.add_command(_answer_command("cancel", "取消。Cancel it.", _NEEDED))
item.add_command(_answer_command("close", "关闭。Close it.", _REASON))

COMMANDS = (item,)
