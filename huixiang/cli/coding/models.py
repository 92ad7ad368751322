"""Commands about models over time: model list, show, promote."""

from pathlib import Path
from typing import Any

import click

from huixiang.cli.output import as_json, emit, home_option


@click.group("model")
def model() -> None:
    """模型：历史、决定、启用。Models: their history, who decides, put to use."""


@model.command("list")
@home_option
@as_json
def model_list(home: Path | None, as_json: bool) -> None:
    """列出保留的模型与留出集上的数字。List the models kept, with held-out figures."""
    from huixiang.app import open_app
    from huixiang.steps.reads.codeframe import kept_models

    app = open_app(home).prepare()
    points = kept_models(app.store)
    zone = app.settings.zone
    rows: list[dict[str, Any]] = [
        {
            "model": each.model_id,
            "trained": each.trained_at.astimezone(zone),
            "in_use": each.is_active,
            "was_promoted": each.was_promoted,
            "rows": each.n_rows,
            "corrections": each.n_corrections,
            "split": each.split,
            **{
                head: share if as_json else f"{share.value:.1%}"
                for head, share in each.heads.items()
            },
        }
        for each in points
    ]
    heads = sorted({head for each in points for head in each.heads})
    columns = ("model", "trained", "in_use", "rows", "corrections", *heads)
    emit(rows, columns, json_wanted=as_json)


@model.command("show")
@click.argument("model_id")
@home_option
@as_json
def model_show(model_id: str, home: Path | None, as_json: bool) -> None:
    """一个模型：学了什么、比得怎样、谁决定的。One model: what it learned, who decided."""
    from huixiang.cli.explain import print_explanation

    print_explanation(model_id, home, json_wanted=as_json)


@model.command("promote")
@click.argument("model_id")
@click.option("--by", required=True, help="谁决定的。Who decided.")
@click.option("--reason", required=True, help="为什么。Why it should decide.")
@home_option
def model_promote(model_id: str, by: str, reason: str, home: Path | None) -> None:
    """启用一个保留的模型（留下谁和为什么）。Put a kept model to use; who and why stay."""
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import PromoteModel

    payload = PromoteModel(reason=reason)
    decided(
        open_app(home).prepare(), by_hand(TargetKind.MODEL, model_id, payload, by=by)
    )
    click.echo(model_id)


COMMANDS = (model,)
