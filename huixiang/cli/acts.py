"""Commands of the audit: act list, show."""

import dataclasses
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from huixiang.cli.business_time import business_time
from huixiang.cli.output import as_json, emit, home_option, print_json, show, table
from huixiang.domain.acts.act import Act, ActFilter, ActOutcome
from huixiang.domain.acts.decision import HELD, ActVerb, Held
from huixiang.domain.text import Language

_VERBS = click.Choice([each.value for each in ActVerb])
_OUTCOMES = click.Choice([each.value for each in ActOutcome])


@click.group("act")
def act() -> None:
    """操作：谁决定了什么，结果如何。Acts: who decided what, and what became of it."""


@act.command("list")
@click.option(
    "--actor",
    metavar="WHO",
    help="谁，如 cli:li 或 endpoint:oa。Who, like cli:li or endpoint:oa.",
)
@click.option("--verb", type=_VERBS, help="做什么。What was decided.")
@click.option(
    "--target",
    metavar="ID",
    help="关于哪一个，如 ai_… 或 item:ai_…。What it is about, like ai_… or item:ai_….",
)
@click.option("--since", metavar="T", help="从何时起记录的。Recorded from then on.")
@click.option("--until", metavar="T", help="何时之前记录的。Recorded before then.")
@click.option("--outcome", type=_OUTCOMES, help="结果。What became of it.")
@click.option(
    "--limit",
    type=click.IntRange(1, 1_000_000),
    default=50,
    show_default=True,
    help="最多几条。At most so many.",
)
@home_option
@as_json
def act_list(
    since: str | None,
    until: str | None,
    verb: str | None,
    outcome: str | None,
    home: Path | None,
    as_json: bool,
    **wanted: Any,
) -> None:
    """列出操作，新的在前。List acts, the newest first."""
    from huixiang.app import open_app
    from huixiang.steps.acts.audit import find_acts

    app = open_app(home).prepare()
    acts = find_acts(
        app.store,
        ActFilter(
            verb=ActVerb(verb) if verb else None,
            outcome=ActOutcome(outcome) if outcome else None,
            since=business_time(since, home, "--since"),
            until=business_time(until, home, "--until"),
            **wanted,
        ),
    )
    if as_json:
        print_json([_plain(each) for each in acts])
        return
    rows = [_row(each, app.settings.language, app.settings.zone) for each in acts]
    columns = ("act", "recorded", "who", "decided", "target", "outcome", "why")
    emit(rows, columns, json_wanted=False)


@act.command("show")
@click.argument("act_id")
@home_option
@as_json
def act_show(act_id: str, home: Path | None, as_json: bool) -> None:
    """一个操作的全部（原话已脱敏）。Everything about one act; words are masked."""
    from huixiang.app import open_app
    from huixiang.steps.acts.audit import one_act

    app = open_app(home).prepare()
    found = one_act(app.store, act_id)
    if as_json:
        print_json(_plain(found))
        return
    facts = {**_plain(found), **_row(found, app.settings.language, app.settings.zone)}
    rows = [{"fact": name, "value": value} for name, value in facts.items()]
    show(table([each for each in rows if each["value"]], ("fact", "value")))


def _row(act: Act, language: Language, zone: ZoneInfo) -> dict[str, Any]:
    from huixiang.wording.acts import OUTCOMES, VERBS, refusal

    settlement = act.settlement
    reason = settlement.reason if settlement else None
    why = refusal(reason, settlement.facts) if settlement and reason else None
    return {
        "act": act.act_id,
        "recorded": act.recorded_at.astimezone(zone),
        "who": " ".join(filter(None, (str(act.actor), act.claimed_name))),
        "decided": VERBS[act.verb].get(language),
        "target": str(act.target),
        "outcome": OUTCOMES[act.outcome].get(language),
        "why": why.get(language) if why else "",
    }


def _plain(act: Act) -> dict[str, Any]:
    """Return an act as plain values; what is sealed stays sealed."""
    settlement = act.settlement
    return {
        "act": act.act_id,
        "number": act.number,
        "actor": str(act.actor),
        "claimed_name": act.claimed_name,
        "door": act.door.value,
        "verb": act.verb.value,
        "target": {"kind": act.target.kind.value, "id": act.target.id},
        "payload": _payload(act),
        "claimed_at": act.claimed_at,
        "recorded_at": act.recorded_at,
        "call_id": act.call_id,
        "outcome": act.outcome.value,
        "reason": settlement.reason if settlement else None,
        "facts": dict(settlement.facts) if settlement else {},
        "settled_at": settlement.settled_at if settlement else None,
        "run": settlement.run_id if settlement else None,
        "item": settlement.item_id if settlement else None,
    }


def _payload(act: Act) -> dict[str, Any]:
    return {
        each.name: "***" if each.metadata.get(HELD) is Held.SEALED else value
        for each in dataclasses.fields(act.payload)
        if (value := getattr(act.payload, each.name))
    }


COMMANDS = (act,)
