"""Commands on the optional language model: its held-out figures."""

import dataclasses
from pathlib import Path

import click

from huixiang.cli.output import as_json, home_option, print_json, show, table
from huixiang.errors import ConfigurationError

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)


@click.group("language-model")
def language_model() -> None:
    """可选的大语言模型：先评估，再使用。The optional language model: measured first."""


@language_model.command()
@click.argument("labels", type=_FILE)
@home_option
@as_json
def evaluate(labels: Path, home: Path | None, as_json: bool) -> None:
    """用未见过的标注评估；没有评估就不会被询问。Held-out figures; unmeasured, unasked."""
    from huixiang.app import open_app
    from huixiang.steps.coding.second_opinion import (
        evaluate_language_model,
        keep_figures,
    )
    from huixiang.understanding.model.labels import read_rows

    app = open_app(home)
    server = app.language_server
    if server is None:
        raise ConfigurationError(
            "no language model is set; set HUIXIANG_LANGUAGE_MODEL_URL and _NAME"
        )
    app.prepare()
    codeframe, rows = app.rulebook.codeframe, read_rows(labels)
    figures, trust = evaluate_language_model(server, codeframe, rows)
    keep_figures(app.store, server, codeframe, figures, trust, at=app.now())
    if as_json:
        print_json({**figures, "trust": dataclasses.asdict(trust)})
        return
    shown = [
        {"figure": name, "value": f"{value:.3f}"}
        for name, value in figures["mentions"].items()
    ]
    shown.append({"figure": "trust", "value": f"{trust.overall:.3f}"})
    show(table(shown, ("figure", "value")))
    click.echo(
        f"{figures['n_answered']} / {figures['n']}, {figures['n_tokens']} tokens"
    )


COMMANDS = (language_model,)
