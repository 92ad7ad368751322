"""Commands about what is new and what it means: codeframe emerging …, hot, insights."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from huixiang.cli.business_time import as_of_option, business_time
from huixiang.cli.coding.codeframe import codeframe_group
from huixiang.cli.output import as_json, home_option, print_json, show, table
from huixiang.domain.acts.act import Act
from huixiang.wording.coding.proposals import proposal_reason_words
from huixiang.wording.commands import AFTER_ACCEPTING, nothing_new

MAX_SHOWN = 80


def _days(default: int) -> Callable[[click.decorators.FC], click.decorators.FC]:
    return click.option(
        "--days",
        type=click.IntRange(min=1),
        default=default,
        show_default=True,
        help="看最近几天。Days back.",
    )


_BY = click.option("--by", default="cli", show_default=True, help="谁。Who says so.")


@codeframe_group.command("emerging")
@_days(14)
@as_of_option
@home_option
@as_json
def emerging(days: int, as_of: str | None, home: Path | None, as_json: bool) -> None:
    """新冒出来、还没有主题的说法。What people newly speak of, proposed as themes."""
    from huixiang.app import open_app
    from huixiang.steps.codeframe.emerging import find_emerging
    from huixiang.steps.reads.voices import quotes_of

    app = open_app(home)
    with app.running("emerging", business_time(as_of, home)) as run:
        found = find_emerging(run.context, days=days)
        run.facts["n_proposals"] = len(found)
    quotes = quotes_of(app.store, [key for each in found for key in each.examples])
    if as_json:
        print_json(
            [
                {
                    **_with_quotes(each, quotes),
                    "why": dataclasses.asdict(proposal_reason_words(each.why)),
                }
                for each in found
            ]
        )
        return
    if not found:
        click.echo(nothing_new(days, _last_day(app, as_of, home)))
        return
    language = app.settings.language
    rows = [
        {
            "proposal": each.proposal_id,
            "name": each.name_zh,
            "n": each.n,
            "before": each.n_before,
            "growth": "" if each.growth is None else f"×{each.growth:.1f}",
            "where": _first([*each.touchpoints[:2], *each.units[:2]]),
            "polarity": _first(each.polarities),
            "why": proposal_reason_words(each.why).get(language),
            "example": _example(each.examples, quotes),
        }
        for each in found
    ]
    show(
        table(
            rows,
            ("proposal", "name", "n", "before", "growth", "where", "polarity", "why",
             "example"),
        )
    )  # fmt: skip


def _with_quotes(each: Any, quotes: Mapping[str, str]) -> dict[str, Any]:
    said = [quotes[key] for key in each.examples if key in quotes]
    return {**dataclasses.asdict(each), "quotes": said}


def _example(examples: Sequence[str], quotes: Mapping[str, str]) -> str:
    words = next((quotes[key] for key in examples if key in quotes), "")
    return words if len(words) <= MAX_SHOWN else f"{words[:MAX_SHOWN]}…"


def _first(counts: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {n}" for name, n in counts)


@codeframe_group.command("accept")
@click.argument("proposal")
@click.option("--theme-id", required=True, help="主题编号。The theme's id.")
@click.option("--name-zh", required=True, help="中文名。Its Chinese name.")
@click.option("--name-en", required=True, help="英文名。Its English name.")
@click.option("--parent", help="上级主题。The theme above it.")
@click.option(
    "--keyword", "keywords", multiple=True, help="关键词（默认取提议的）。Its words."
)
@click.option("--touchpoint", help="触点。Where it happens.")
@click.option("--owner", help="归属部门。Who owns it.")
@_BY
@as_of_option
@home_option
@as_json
def accept(
    proposal: str,
    keywords: tuple[str, ...],
    by: str,
    as_of: str | None,
    home: Path | None,
    as_json: bool,
    **said: str,
) -> None:
    """采纳为主题，写进 rules/codeframe.yaml。Write a proposal into the codeframe."""
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import AcceptTheme
    from huixiang.steps.codeframe.accept_theme import FILE

    moment = business_time(as_of, home)
    payload = AcceptTheme(keywords=keywords, **said)
    new = by_hand(TargetKind.PROPOSAL, proposal, payload, by=by, as_of=moment)
    (act,) = decided(open_app(home).prepare(), new)
    if as_json:
        print_json(_accepted(home, act))
        return
    if not act.is_applied:
        return
    before, version = act.fact("version_before"), act.fact("version")
    path = open_app(home).home / "rules" / FILE
    click.echo(f"{payload.theme_id}: {path} ({before} → {version})")
    click.echo(AFTER_ACCEPTING)


def _accepted(home: Path | None, act: Act) -> dict[str, Any]:
    """Return what became of a proposal: the theme as it stands in the file now."""
    from huixiang.app import open_app
    from huixiang.domain.acts.decision import AcceptTheme
    from huixiang.steps.codeframe.accept_theme import FILE, theme_in_force

    outcome: dict[str, Any] = {"act": act.act_id, "outcome": act.outcome.value}
    if not act.is_applied or not isinstance(act.payload, AcceptTheme):
        return outcome
    app = open_app(home)
    return {
        "theme": theme_in_force(app.rulebook.codeframe, act.payload.theme_id),
        "path": app.home / "rules" / FILE,
        "version_before": act.fact("version_before"),
        "version": act.fact("version"),
        **outcome,
    }


@codeframe_group.command("dismiss")
@click.argument("proposal")
@click.option("--reason", required=True, help="为什么不要。Why it is no theme.")
@_BY
@as_of_option
@home_option
def dismiss(
    proposal: str, reason: str, by: str, as_of: str | None, home: Path | None
) -> None:
    """驳回提议，以后不再提。Turn a proposal down for good."""
    from huixiang.app import open_app
    from huixiang.cli.decisions import by_hand, decided
    from huixiang.domain.acts.act import TargetKind
    from huixiang.domain.acts.decision import DismissTheme

    moment = business_time(as_of, home)
    payload = DismissTheme(reason=reason)
    decided(
        open_app(home).prepare(),
        by_hand(TargetKind.PROPOSAL, proposal, payload, by=by, as_of=moment),
    )
    click.echo(proposal)


@click.command("hot")
@_days(7)
@as_of_option
@home_option
@as_json
def hot(days: int, as_of: str | None, home: Path | None, as_json: bool) -> None:
    """热点：很多人在说的同一件事。Hot issues: the same event told by many."""
    from huixiang.steps.reads.voices import list_hot

    app, until = _opened(home, as_of)
    listed = list_hot(app.store, app.rulebook, until=until, days=days)
    found, quotes = listed.issues, listed.quotes
    if as_json:
        print_json(
            [{**_with_quotes(each, quotes), "heat": _heat(each.heat)} for each in found]
        )
        return
    if not found:
        click.echo(nothing_new(days, until))
        return
    language = app.settings.language
    rows = [
        {
            "hot": each.hot_id,
            "heat": f"{each.heat.index:.0f}",
            "event": each.title.get(language),
            "n": each.n,
            "people": each.n_people,
            "usual": f"{each.expected:.1f}",
            "from": each.first_on,
            "to": each.last_on,
            "by": ", ".join(each.by),
            "example": _example(each.examples, quotes),
        }
        for each in found
    ]
    columns = ("hot", "heat", "event", "n", "people", "usual", "from", "to", "by",
               "example")  # fmt: skip
    show(table(rows, columns))


def _heat(heat: Any) -> dict[str, float]:
    return {**dataclasses.asdict(heat), "index": round(heat.index, 1)}


def _opened(home: Path | None, as_of: str | None) -> tuple[Any, dt.date]:
    """Open a workspace to look at it; return it and the last day to look at."""
    from huixiang.app import open_app

    app = open_app(home).prepare()
    return app, _last_day(app, as_of, home)


def _last_day(app: Any, as_of: str | None, home: Path | None) -> dt.date:
    """Return the last whole business day before the business time."""
    moment = business_time(as_of, home) or app.rulebook.as_of or app.now()
    today: dt.date = moment.astimezone(app.settings.zone).date()
    return today - dt.timedelta(days=1)


@click.command("insights")
@_days(90)
@as_of_option
@home_option
@as_json
def insights(days: int, as_of: str | None, home: Path | None, as_json: bool) -> None:
    """需求层级、驱动因素、旅程情绪、期望落差、费力度。Needs, drivers, emotion, gaps, effort."""
    from huixiang.cli.coding.insight_tables import insight_tables
    from huixiang.steps.reads.voices import insights_of

    app, until = _opened(home, as_of)
    found = insights_of(app.store, app.rulebook, until=until, days=days)
    if as_json:
        print_json(dataclasses.asdict(found))
        return
    for title, rows, columns in insight_tables(
        found, app.rulebook, app.settings.language
    ):
        click.echo(title)
        show(table(rows, columns))


COMMANDS = (hot, insights)
