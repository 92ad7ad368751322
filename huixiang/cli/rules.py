"""Commands about configuration: check, rules test / backtest / schema, settings."""

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import click

from huixiang.cli.output import as_json, emit, home_option, print_json, show, table
from huixiang.configuration.problems import Problem
from huixiang.configuration.rulebook import Rulebook
from huixiang.errors import ConfigurationError, RunFoundProblems
from huixiang.settings import variables


@click.command()
@home_option
@as_json
def check(home: Path | None, as_json: bool) -> None:
    """检查所有配置文件。Check every configuration file."""
    from huixiang.configuration.problems import errors
    from huixiang.settings import load_settings
    from huixiang.steps.rules import read_rules
    from huixiang.wording.rules.problems import problem_lines

    settings = load_settings(home)
    reading = read_rules(settings.home / "rules", settings.home / "expectations")
    language = settings.language
    problems = [*reading.problems, *_version_problems(home, reading.rulebook)]
    lines = [
        *problem_lines(reading.problems, language),
        *problem_lines(problems[len(reading.problems) :], language),
    ]
    if as_json:
        print_json(lines)
    for line in lines:
        click.echo(line, err=as_json)
    if errors(problems):
        raise RunFoundProblems([f"errors in rules/: {len(errors(problems))}"])
    if reading.rulebook is not None and not as_json:
        book = reading.rulebook
        click.echo(
            f"OK: {len(book.sources)} sources, {len(book.codeframe.themes)} themes, "
            f"{len(book.routing.rules)} routing rules, {len(book.endpoints)} endpoints "
            f"(rules {book.hash[:12]})"
        )
        for missing in _not_configured(settings.home, book):
            click.echo(f"! {missing}", err=True)


def _version_problems(home: Path | None, rulebook: Rulebook | None) -> list[Problem]:
    """Compare the codeframe with the versions used before, where there is a database."""
    from huixiang.app import open_app
    from huixiang.errors import StoreUnavailable
    from huixiang.settings import load_settings
    from huixiang.steps.codeframe.versions import codeframe_problems

    if rulebook is None or not load_settings(home).has_database:
        return []
    try:
        return codeframe_problems(open_app(home).store, rulebook)
    except StoreUnavailable as error:
        click.echo(f"! {error}", err=True)
        return []


def _not_configured(home: Path, rulebook: Rulebook) -> Iterator[str]:
    """Say which endpoints cannot be called yet; the loop runs, their messages wait."""
    from huixiang.delivery.endpoint import resolve_endpoint
    from huixiang.delivery.platforms.kinds import platforms

    for endpoint in rulebook.endpoints.values():
        try:
            resolve_endpoint(endpoint, platforms()[endpoint.kind], variables(home))
        except ConfigurationError as error:
            yield str(error)


@click.group("rules")
def rules_group() -> None:
    """规则：自带测试、回测、字段说明。Rules: tests, backtest, schemas."""


@rules_group.command("test")
@home_option
@as_json
def rules_test(home: Path | None, as_json: bool) -> None:
    """运行规则自带的测试和码框的例句。Run the rules' own tests and the examples."""
    from huixiang.app import open_app
    from huixiang.routing.check import run_rule_tests, untested_rules
    from huixiang.steps.codeframe.examples import run_examples
    from huixiang.wording.commands import coded_as, not_tested
    from huixiang.wording.items.routes import rule_test_words

    app = open_app(home)
    language = app.settings.language
    results = run_rule_tests(app.equipment.router)
    examples = run_examples(app.rulebook.codeframe)
    rows = [
        {
            "test": result.name,
            "passed": "✓" if result.passed else "✗",
            "outcome": rule_test_words(result).get(language),
        }
        for result in results
    ]
    rows += [
        {
            "test": f"{'≠' if each.is_counter else '='} {each.theme}",
            "passed": "✓" if each.passed else "✗",
            "outcome": coded_as(each.words, each.found).get(language),
        }
        for each in examples
    ]
    emit(rows, ("test", "passed", "outcome"), json_wanted=as_json)
    for rule in untested_rules(app.equipment.router):
        click.echo(f"- {not_tested(rule)}", err=True)
    failed = sum(row["passed"] == "✗" for row in rows)
    if failed:
        raise RunFoundProblems([f"{failed} of {len(rows)} rule tests failed"])


@rules_group.command("backtest")
@click.option(
    "--against",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    required=True,
    help="改过的 routing.yaml。The changed routing.yaml.",
)
@click.option("--days", default=90, show_default=True, help="回看天数。Days back.")
@click.option(
    "--max-share",
    default=1.0,
    show_default=True,
    help="超过这个比例改派就以 1 退出。Exit 1 above this share of moved cases.",
)
@home_option
@as_json
def rules_backtest(
    against: Path, days: int, max_share: float, home: Path | None, as_json: bool
) -> None:
    """改规则之前，先在历史上试。Try a rule change on history."""
    from huixiang.app import open_app
    from huixiang.steps.coding.backtest import backtest_against
    from huixiang.wording.commands import rules_tried

    app = open_app(home)
    result = backtest_against(
        app.store,
        app.rulebook,
        app.equipment.router,
        against.read_bytes(),
        back=dt.timedelta(days=days),
    )
    if as_json:
        totals = {"n_moved": result.n_moved, "share_moved": result.share_moved}
        print_json({**dataclasses.asdict(result), **totals})
    else:
        show(table([_shown(m) for m in result.moved], ("from", "to", "n", "examples")))
        show(
            table(
                [_shown(load) for load in result.loads],
                ("department", "n_before", "n_after"),
            )
        )
        click.echo(rules_tried(result))
    if result.share_moved > max_share:
        raise RunFoundProblems(
            [f"{result.share_moved:.1%} moved, above {max_share:.1%}"]
        )


def _shown(part: object) -> dict[str, object]:
    from huixiang.routing.backtest import Moved

    if isinstance(part, Moved):
        return {
            "from": part.before,
            "to": part.after,
            "n": part.n_cases,
            "examples": " ".join(part.examples),
        }
    return {name: getattr(part, name) for name in ("department", "n_before", "n_after")}


@rules_group.command("schema")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="写成文件，供编辑器使用。Write files for editors.",
)
def rules_schema(out: Path | None) -> None:
    """规则文件的 JSON Schema。JSON Schemas of the rules files."""
    from huixiang.configuration.schema import rules_schemas, write_schemas
    from huixiang.steps.rules import every_kind

    if out is None:
        print_json(rules_schemas(every_kind()))
        return
    for path in write_schemas(out, every_kind()):
        click.echo(path)


@click.command()
@home_option
@as_json
def settings(home: Path | None, as_json: bool) -> None:
    """所有设置及其来源。Every setting with its value; secrets masked."""
    from huixiang.settings import Settings, load_settings

    loaded = load_settings(home)
    rows = [
        {
            "setting": f"HUIXIANG_{name.upper()}",
            "value": str(getattr(loaded, name)),
            "default": str(field.default),
            "help": field.description,
        }
        for name, field in Settings.model_fields.items()
    ]
    emit(rows, ("setting", "value", "default", "help"), json_wanted=as_json)


COMMANDS = (check, rules_group, settings)
