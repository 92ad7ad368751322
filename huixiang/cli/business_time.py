"""Business times as people write them on the command line."""

import datetime as dt
from pathlib import Path

import click

as_of_option = click.option(
    "--as-of",
    default=None,
    metavar="T",
    help="业务时间（默认现在）。Business time (default: now).",
)


def business_time(
    value: str | None, home: Path | None, option: str = "--as-of"
) -> dt.datetime | None:
    """Read a time; without a zone it is one of the workspace's clock."""
    from huixiang.settings import load_settings

    if value is None:
        return None
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(
            f"{value!r} is no time; write it like 2026-03-31T09:00:00+08:00",
            param_hint=option,
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=load_settings(home).zone)
