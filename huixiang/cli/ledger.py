"""The command ledger: both sides of every equation, and the chain of acts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from huixiang.cli.output import as_json, home_option, print_json, show
from huixiang.domain.acts.act import BrokenLink
from huixiang.domain.proof.ledger import Ledger
from huixiang.errors import RunFoundProblems
from huixiang.wording.commands import chain_is_broken
from huixiang.wording.warnings import does_not_add_up


@click.command()
@home_option
@as_json
def ledger(home: Path | None, as_json: bool) -> None:
    """台账：每条等式两边都列出来。The ledger, both sides of every equation."""
    from huixiang.app import open_app
    from huixiang.reporting.page.terminal_tables import ledger_table
    from huixiang.steps.acts.audit import broken_link
    from huixiang.steps.reads.ledger import read_ledger

    app = open_app(home).prepare()
    counted = read_ledger(app.store)
    broken = broken_link(app.store)
    if as_json:
        print_json({**_plain(counted), "broken_act": broken})
    else:
        show(ledger_table(counted, app.settings.language))
    if problems := list(_problems(counted, broken)):
        raise RunFoundProblems(problems)


def _plain(counted: Ledger) -> dict[str, Any]:
    return {
        "holds": counted.holds,
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
            for each in counted.equations
        ],
    }


def _problems(counted: Ledger, broken: BrokenLink | None) -> Iterator[str]:
    if broken is not None:
        yield chain_is_broken(broken)
    if not counted.holds:
        names = ", ".join(f"{each.name} ({each.scope})" for each in counted.broken)
        yield does_not_add_up(names)


COMMANDS = (ledger,)
