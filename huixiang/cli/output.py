"""Print tables for people, JSON for programs."""

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import rich.box
from rich.console import Console, RenderableType
from rich.table import Table

_ID = re.compile(r"(?:[a-z]+:)?[a-z]{2,3}_[0-9a-f]{12,}")
"""What people copy into the next command; it stays on one line."""

as_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON。Print JSON.")
home_option = click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="工作区文件夹（默认 HUIXIANG_HOME，再默认当前目录）。"
    "The workspace (default: HUIXIANG_HOME, else here).",
)


def show(renderable: RenderableType) -> None:
    """Print something rich; wide enough for tables when nobody watches."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    console.print(renderable)


def print_json(value: Any) -> None:
    """Print *value* as JSON; facts become objects, dates text."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: getattr(value, field.name)
            for field in dataclasses.fields(value)
        }
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Table:
    """Return rows as a table with these columns."""
    made = Table(box=rich.box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        is_id = any(_ID.fullmatch(str(row.get(column))) for row in rows)
        made.add_column(column, overflow="fold", no_wrap=is_id)
    for row in rows:
        made.add_row(*(_cell(row.get(column)) for column in columns))
    return made


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def emit(
    rows: Sequence[Mapping[str, Any]], columns: Sequence[str], *, json_wanted: bool
) -> None:
    """Print rows one way or the other."""
    if json_wanted:
        print_json(list(rows))
    else:
        show(table(rows, columns))
