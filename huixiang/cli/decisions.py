"""Decisions taken on the command line: written down, and told what became of them."""

import datetime as dt
from collections.abc import Sequence

import click

from huixiang.app import App
from huixiang.domain.acts.act import (
    Act,
    ActDoor,
    Actor,
    ActorKind,
    ActOutcome,
    ActReason,
    ActTarget,
    NewAct,
    TargetKind,
)
from huixiang.domain.acts.decision import Payload
from huixiang.errors import ActRefused, HuixiangError
from huixiang.processes import user_name
from huixiang.steps.acts.decide import Decision, decide
from huixiang.wording.acts import WAITS, kept, refusal


def decided(app: App, *new: NewAct) -> Sequence[Act]:
    """Return what became of *new*; raise what refused one of them.

    The workspace must have been prepared.
    """
    return [_told(app, decision) for decision in decide(app, *new)]


def by_hand(
    target: TargetKind,
    target_id: str,
    payload: Payload,
    *,
    by: str = "",
    as_of: dt.datetime | None = None,
) -> NewAct:
    """Return an act of whoever uses this command line, in the name of *by*."""
    return NewAct(
        actor=Actor(kind=ActorKind.CLI, name=user_name()),
        door=ActDoor.CLI,
        target=ActTarget(kind=target, id=target_id),
        payload=payload,
        claimed_name=by,
        claimed_at=as_of,
    )


def _told(app: App, decision: Decision) -> Act:
    """Raise what refused an act, and say where one still waits."""
    act = decision.act
    if isinstance(decision.error, HuixiangError):
        if act.outcome is ActOutcome.WAITING:
            click.echo(kept(act.act_id).get(app.settings.language), err=True)
        raise decision.error
    if act.outcome is ActOutcome.WAITING and decision.error is not None:
        kind = type(decision.error).__qualname__
        raise HuixiangError(
            f"act {act.act_id} is kept, but a fault of Huixiang itself ({kind}) stands "
            "against it; it waits until the fault is mended"
        ) from decision.error
    if act.outcome is ActOutcome.WAITING:
        click.echo(WAITS.get(app.settings.language), err=True)
    elif act.outcome is not ActOutcome.APPLIED and act.settlement:
        reason = act.settlement.reason or ActReason.NOT_ALLOWED
        words = refusal(reason, act.settlement.facts)
        raise ActRefused(
            f"{act.target.id}: {words.en}", code=reason
        ) from decision.error
    return act
