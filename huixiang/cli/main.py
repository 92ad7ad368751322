"""The command `huixiang`: its groups, and how errors end it."""

import sys

import click

from huixiang.cli import (
    acts,
    endpoints,
    explain,
    flows,
    items,
    labelled_files,
    ledger,
    outbox,
    quarantine,
    rules,
)
from huixiang.cli.coding import codeframe, emerging, language_model, models, review
from huixiang.errors import ConfigurationError, HuixiangError, RunFoundProblems

PROBLEMS, USAGE = 1, 2


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="huixiang")
def root() -> None:
    """回响：每一条反馈都有回音，并证明真的变好了。

    Huixiang: every voice gets an answer, and proof that things got better.
    """


for group in (
    flows,
    rules,
    codeframe,
    emerging,
    labelled_files,
    items,
    acts,
    explain,
    ledger,
    quarantine,
    outbox,
    endpoints,
    review,
    models,
    language_model,
):
    for command in group.COMMANDS:
        root.add_command(command)


def main() -> None:
    """Run the command; exit 0, 1 (found problems) or 2 (wrong use or configuration)."""
    try:
        root(standalone_mode=True)
    except RunFoundProblems as error:
        for problem in error.problems:
            click.echo(f"! {problem}", err=True)
        sys.exit(PROBLEMS)
    except ConfigurationError as error:
        click.echo(f"huixiang: {error}", err=True)
        sys.exit(USAGE)
    except HuixiangError as error:
        click.echo(f"huixiang: {error}", err=True)
        sys.exit(PROBLEMS)
