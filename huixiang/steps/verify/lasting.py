"""Does it last? Looks at verified fixes up to 90 days on, and what follows from them."""

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.proof.assurance import LookDetail, SustainedLook
from huixiang.domain.proof.verdict import Sustained, VerdictKind
from huixiang.steps.context import short_id
from huixiang.steps.verify.follow_ups import FollowUp
from huixiang.steps.verify.judging import JudgedFollowUp, side_effects_of
from huixiang.steps.verify.setting import VerificationSetting
from huixiang.verification.checks.relapse import (
    CERTAINTY,
    WINDOW_DAYS,
    RelapseLook,
    relapse_look,
)

EARLY_DAYS = (48, 62, 76)  # only a clear relapse counts: several looks share the risk
EARLY_CERTAINTY = 0.02
FULL_DAYS = (90, 118, 146)  # again where the look before could not tell
METHOD = "relapse-2"


class AfterLook(enum.StrEnum):
    """What follows from a look."""

    WAIT = "wait"
    CLOSE = "close"
    REOPEN = "reopen"


@dataclass(frozen=True, kw_only=True, slots=True)
class LookAgain:
    """One look at a verified fix, and what follows from it."""

    follow_up: FollowUp
    look: SustainedLook
    then: AfterLook


def step_after(outcome: Sustained, after_days: int) -> AfterLook:
    """Return what follows from *outcome* that many days after the fix."""
    if outcome is Sustained.RELAPSED:
        return AfterLook.REOPEN
    settled = outcome is Sustained.SUSTAINED or after_days >= FULL_DAYS[-1]
    return AfterLook.CLOSE if settled and after_days in FULL_DAYS else AfterLook.WAIT


def look_days(resolved_on: dt.date, verified_on: dt.date) -> tuple[int, ...]:
    """Return the days of follow-up to look at; none rests on days the verdict saw."""
    seen = (verified_on - resolved_on).days + 1
    early = (days for days in EARLY_DAYS if days - WINDOW_DAYS >= seen)
    return (*early, *FULL_DAYS)


def next_look(resolved_on: dt.date, looks: Sequence[SustainedLook]) -> dt.date | None:
    """Return the day whose data the next full look needs; None after the last word."""
    done = [each for each in looks if each.resolved_on == resolved_on]
    if any(each.final for each in done):
        return None
    last = max((each.after_days for each in done), default=0)
    days = next((each for each in FULL_DAYS if each > last), None)
    return None if days is None else resolved_on + dt.timedelta(days=days - 1)


def lasting_looks(
    setting: VerificationSetting, judged: Iterable[JudgedFollowUp]
) -> Iterator[LookAgain]:
    """Yield the looks that are due, for each item up to the first that decides.

    Items are those verified before, and those that this run's verdicts verify.
    """
    improved = {
        each.stored.item_id: each.stored.verdict.as_of
        for each in judged
        if each.stored.kind is VerdictKind.IMPROVED
    }
    verified = {each.item_id for each in _verified(setting)}
    for item_id in sorted((verified | set(improved)) - set(setting.tampered)):
        follow_up = setting.newest(item_id)
        if follow_up is not None:
            on = improved.get(item_id) or _verified_on(setting, follow_up)
            yield from _looks_at(setting, follow_up, on)


def _verified(setting: VerificationSetting) -> Sequence[ActionItem]:
    return setting.uow.items.find(statuses=(ActionStatus.VERIFIED,))


def _verified_on(setting: VerificationSetting, follow_up: FollowUp) -> dt.date | None:
    """Return the last day that the verdict "improved" rests on."""
    for stored in setting.uow.verdicts.of_item(follow_up.item.item_id):
        same = stored.resolved_on == follow_up.resolved_on and stored.final
        if same and stored.kind is VerdictKind.IMPROVED:
            return stored.verdict.as_of
    return None


def _looks_at(
    setting: VerificationSetting, follow_up: FollowUp, verified_on: dt.date | None
) -> Iterator[LookAgain]:
    if verified_on is None:
        return
    done = {
        each.after_days
        for each in setting.uow.assurance.looks_of(follow_up.item.item_id)
        if each.resolved_on == follow_up.resolved_on
    }
    for days in look_days(follow_up.resolved_on, verified_on):
        on = follow_up.resolved_on + dt.timedelta(days=days - 1)
        if on > setting.context.last_day:
            return
        if days not in done:
            again = _look_again(setting, follow_up, days, on)
            yield again
            if again.then is not AfterLook.WAIT:
                return


def _look_again(
    setting: VerificationSetting, follow_up: FollowUp, days: int, on: dt.date
) -> LookAgain:
    seen = _relapse_look(setting, follow_up, days, on)
    then = step_after(seen.outcome, days)
    look = SustainedLook(
        look_id=short_id("sl", follow_up.key, days),
        item_id=follow_up.item.item_id,
        resolved_on=follow_up.resolved_on,
        after_days=days,
        looked_on=seen.as_of,
        as_of=setting.context.as_of,
        outcome=seen.outcome,
        final=then is not AfterLook.WAIT,
        detail=LookDetail(
            effect=seen.effect,
            side_effects=side_effects_of(setting, follow_up)
            if days in FULL_DAYS
            else None,
        ),
        method_version=METHOD,
    )
    return LookAgain(follow_up=follow_up, look=look, then=then)


def _relapse_look(
    setting: VerificationSetting, follow_up: FollowUp, days: int, on: dt.date
) -> RelapseLook:
    if _is_disturbed(setting, follow_up, on):
        return RelapseLook(
            action_id=follow_up.key, outcome=Sustained.UNCLEAR, effect=None, as_of=on
        )
    design = setting.checked(follow_up.design).design
    return relapse_look(
        setting.panel(design.metric),
        follow_up.window,
        setting.windows,
        as_of=on,
        design=design,
        look_days=days,
        certainty=CERTAINTY if days in FULL_DAYS else EARLY_CERTAINTY,
    )


def _is_disturbed(
    setting: VerificationSetting, follow_up: FollowUp, on: dt.date
) -> bool:
    """Say whether the scores changed their meaning, or another fix came, since the fix."""
    facts, own = setting.facts, follow_up.window
    changes = (*facts.redefined(own.unit), *facts.model_changes)
    others = (
        each.resolved_on
        for each in setting.windows
        if each.unit == own.unit and each.action_id != own.action_id
    )
    since = follow_up.resolved_on
    return any(day is not None and since <= day <= on for day in (*changes, *others))
