"""The command explain: why anything is as it is."""

from pathlib import Path

import click

from huixiang.cli.output import as_json, home_option, print_json


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
    from huixiang.steps.reads.explanation import explained

    app = open_app(home).prepare()
    zone = app.settings.zone
    explanation = explained(app.store, app.rulebook, app.equipment, zone, key)
    if json_wanted:
        print_json(explanation)
    else:
        click.echo(explanation.text(app.settings.language))


COMMANDS = (explain,)
