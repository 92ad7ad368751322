"""Does it last? Looks at verified fixes up to 90 days on, and what follows from them."""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huixiang.domain.action import ActionItem, ActionStatus
from huixiang.domain.verdict import VerdictKind
from huixiang.steps.context import short_id
from huixiang.steps.documents import both, plain
from huixiang.steps.verify.follow_ups import FollowUp
from huixiang.steps.verify.judging import Judged, side_effects_of
from huixiang.steps.verify.setting import Scene
from huixiang.verification.checks.relapse import (
    CERTAINTY,
    WINDOW_DAYS,
    RelapseLook,
    Sustained,
    relapse_look,
)
from huixiang.wording.checks import lasting_words

EARLY_DAYS = (48, 62, 76)  # only a clear relapse counts: several looks share the risk
EARLY_CERTAINTY = 0.02
FULL_DAYS = (90, 118, 146)  # again where the look before could not tell
METHOD = "relapse-2"


class Step(enum.StrEnum):
    """What follows from a look."""

    WAIT = "wait"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lasting:
    """One look at a verified fix, and what follows from it."""

    follow_up: FollowUp
    outcome: Sustained
    step: Step
    row: Mapping[str, Any]


def step_after(outcome: Sustained, after_days: int) -> Step:
    """Return what follows from *outcome* that many days after the fix."""
    if outcome is Sustained.RELAPSED:
        return Step.REOPEN
    settled = outcome is Sustained.SUSTAINED or after_days >= FULL_DAYS[-1]
    return Step.CLOSE if settled and after_days in FULL_DAYS else Step.WAIT


def look_days(resolved_on: dt.date, verified_on: dt.date) -> tuple[int, ...]:
    """Return the days of follow-up to look at; none rests on days the verdict saw."""
    seen = (verified_on - resolved_on).days + 1
    early = (days for days in EARLY_DAYS if days - WINDOW_DAYS >= seen)
    return (*early, *FULL_DAYS)


def next_look(
    resolved_on: dt.date, looks: Sequence[Mapping[str, Any]]
) -> dt.date | None:
    """Return the day whose data the next full look needs; None after the last word."""
    mine = [each for each in looks if each["resolved_on"] == resolved_on]
    if any(each["final"] for each in mine):
        return None
    done = {each["after_days"] for each in mine}
    days = next((each for each in FULL_DAYS if each > max(done, default=0)), None)
    return None if days is None else resolved_on + dt.timedelta(days=days - 1)


def lasting_looks(scene: Scene, judged: Iterable[Judged]) -> Iterator[Lasting]:
    """Yield the looks that are due, for each item up to the first that decides.

    Items are those verified before, and those that this run's verdicts verify.
    """
    improved = {
        each.follow_up.item.item_id: each.judgement.verdict.as_of
        for each in judged
        if each.judgement.verdict.kind is VerdictKind.IMPROVED
    }
    verified = {each.item_id for each in _verified(scene)}
    for item_id in sorted((verified | set(improved)) - set(scene.tampered)):
        follow_up = scene.newest(item_id)
        if follow_up is not None:
            on = improved.get(item_id) or _verified_on(scene, follow_up)
            yield from _looks_at(scene, follow_up, on)


def _verified(scene: Scene) -> Sequence[ActionItem]:
    return scene.uow.items.find(statuses=(ActionStatus.VERIFIED,))


def _verified_on(scene: Scene, follow_up: FollowUp) -> dt.date | None:
    """Return the last day that the verdict "improved" rests on."""
    for row in scene.uow.verdicts.of_item(follow_up.item.item_id):
        same = row["resolved_on"] == follow_up.resolved_on and row["final"]
        if same and row["kind"] is VerdictKind.IMPROVED:
            return dt.date.fromisoformat(row["detail"]["verdict"]["as_of"])
    return None


def _looks_at(
    scene: Scene, follow_up: FollowUp, verified_on: dt.date | None
) -> Iterator[Lasting]:
    if verified_on is None:
        return
    done = {
        each["after_days"]
        for each in scene.uow.assurance.looks_of(follow_up.item.item_id)
        if each["resolved_on"] == follow_up.resolved_on
    }
    for days in look_days(follow_up.resolved_on, verified_on):
        on = follow_up.resolved_on + dt.timedelta(days=days - 1)
        if on > scene.context.last_day:
            return
        if days not in done:
            found = _look(scene, follow_up, days, on)
            yield found
            if found.step is not Step.WAIT:
                return


def _look(scene: Scene, follow_up: FollowUp, days: int, on: dt.date) -> Lasting:
    design = scene.audited(follow_up.design).design
    found = RelapseLook(
        action_id=follow_up.key, outcome=Sustained.UNCLEAR, effect=None, as_of=on
    )
    if not _is_disturbed(scene, follow_up, on):
        found = relapse_look(
            scene.panel(design.metric),
            follow_up.window,
            scene.windows,
            as_of=on,
            design=design,
            look_days=days,
            certainty=CERTAINTY if days in FULL_DAYS else EARLY_CERTAINTY,
        )
    step = step_after(found.outcome, days)
    return Lasting(
        follow_up=follow_up,
        outcome=found.outcome,
        step=step,
        row=_row(scene, follow_up, found, days, step),
    )


def _is_disturbed(scene: Scene, follow_up: FollowUp, on: dt.date) -> bool:
    """Say whether the scores changed their meaning, or another fix came, since the fix."""
    facts, own = scene.facts, follow_up.window
    changes = (*facts.redefined(own.unit), *facts.model_changes)
    others = (
        each.resolved_on
        for each in scene.windows
        if each.unit == own.unit and each.action_id != own.action_id
    )
    since = follow_up.resolved_on
    return any(day is not None and since <= day <= on for day in (*changes, *others))


def _row(
    scene: Scene, follow_up: FollowUp, found: RelapseLook, days: int, step: Step
) -> Mapping[str, Any]:
    metric, effect = follow_up.item.criterion.metric, plain(found.effect)
    words = lasting_words(found.outcome, days, effect, metric)
    return {
        "look_id": short_id("sl", follow_up.key, days),
        "item_id": follow_up.item.item_id,
        "resolved_on": follow_up.resolved_on,
        "after_days": days,
        "looked_on": found.as_of,
        "as_of": scene.context.as_of,
        "outcome": found.outcome.value,
        "final": step is not Step.WAIT,
        "detail": {
            "effect": effect,
            "words": both(words),
            "side_effects": side_effects_of(scene, follow_up)
            if days in FULL_DAYS
            else None,
        },
        "method_version": METHOD,
    }
