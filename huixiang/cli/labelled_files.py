"""Commands on plain files: classify, train, evaluate, judge. No database."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from huixiang.cli.output import as_json, home_option, print_json, show, table
from huixiang.domain.proof.verdict import Metric

_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_OUT = click.Path(path_type=Path, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("source", metavar="IN", type=_FILE)
@click.option("--out", type=_OUT, required=True, help="JSON Lines.")
@click.option("--model", type=_FOLDER, help="模型文件夹。A trained model.")
@home_option
def classify(source: Path, out: Path, model: Path | None, home: Path | None) -> None:
    """给一个文件逐行编码。Code every row of a file."""
    from huixiang.cli.workspace import rules_of
    from huixiang.understanding.training.labelled_files import classify_file
    from huixiang.wording.coding.codings import coding_reason_words

    codeframe, route = rules_of(home)
    n = classify_file(
        source,
        out,
        say=lambda reason: coding_reason_words(reason).en,
        model=model,
        codeframe=codeframe,
        route=route,
    )
    click.echo(f"{n} → {out}")


@click.command()
@click.argument("labels", type=_FILE)
@click.option("--out", type=_FOLDER, required=True, help="模型文件夹。Model folder.")
@click.option(
    "--report",
    "with_curve",
    is_flag=True,
    help="训练报告加上学习曲线（慢些）。Add the learning curve to the page; slower.",
)
@as_json
def train(labels: Path, out: Path, with_curve: bool, as_json: bool) -> None:
    """用标注文件训练模型，并写出训练报告。Train a model, and write its page."""
    from huixiang.steps.codeframe.training_page import train_with_page

    figures = train_with_page(labels, out, with_curve=with_curve)
    _figures(figures, as_json=as_json)


@click.command()
@click.argument("model", metavar="DIR", type=_FOLDER)
@click.argument("labels", type=_FILE)
@as_json
def evaluate(model: Path, labels: Path, as_json: bool) -> None:
    """在未见过的标注上评估模型。Held-out figures of a model."""
    from huixiang.understanding.training.labelled_files import evaluate_file

    _figures(evaluate_file(model, labels), as_json=as_json)


def _figures(figures: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(figures)
        return
    rows = [
        {"figure": f"{head}.{name}" if name else head, "value": value}
        for head, found in figures.items()
        for name, value in (found.items() if isinstance(found, dict) else [("", found)])
        if isinstance(value, int | float | str)
    ]
    show(table(rows, ("figure", "value")))


@click.command()
@click.option("--scores", type=_FILE, required=True, help="scores.csv")
@click.option("--actions", type=_FILE, required=True, help="actions.csv")
@click.option("--out", type=_OUT, required=True, help="verdicts.csv")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="只用这一天及以前的数据。Use no data after this day.",
)
@click.option(
    "--metric",
    type=click.Choice([metric.value for metric in Metric]),
    default="mean",
    show_default=True,
)
def judge(
    scores: Path, actions: Path, out: Path, as_of: dt.datetime | None, metric: str
) -> None:
    """对普通文件下验收结论。Verdicts from plain files."""
    from huixiang.steps.verify.csv_files import judge_files

    n = judge_files(
        scores, actions, out, as_of=as_of.date() if as_of else None, metric=metric
    )
    click.echo(f"{n} → {out}")


COMMANDS = (classify, train, evaluate, judge)
