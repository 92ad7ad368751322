"""Verify: did the scores improve after the fix, more than they would have anyway?"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.items.move import LOOP, MoveReason, judged_as, time_to_answer
from huixiang.domain.items.outbox import EventType
from huixiang.domain.proof.assurance import PlaceboCheck
from huixiang.domain.proof.verdict import StoredVerdict, Sustained, VerdictKind
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.steps.context import Context
from huixiang.steps.messages.announce import announce
from huixiang.steps.verify.judging import JudgedFollowUp, judge_all
from huixiang.steps.verify.lasting import (
    FULL_DAYS,
    AfterLook,
    LookAgain,
    lasting_looks,
)
from huixiang.steps.verify.setting import VerificationSetting, setting_of
from huixiang.store.queries.items.items import ChangedFields
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.proof.verdict_checks import lasting_words, side_effect_words
from huixiang.wording.proof.verdicts import (
    NOT_MEASURABLE_NEWS,
    UNPROVEN_CLOSED_NEWS,
    verdict_sentence,
)
from huixiang.wording.warnings import criterion_changed

TAMPERED = "tampered"


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemChange:
    """Where an item goes, why, and what its owner hears."""

    item: ActionItem
    after: ActionStatus
    event: EventType
    reason: Reason[MoveReason]
    news: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class VerificationResult:
    """Everything one verification brings; nothing of it is stored yet."""

    placebo_checks: Sequence[PlaceboCheck]
    judged: Sequence[JudgedFollowUp]
    looks: Sequence[LookAgain]
    others: Sequence[ItemChange]
    tampered: Sequence[str]


def verify(context: Context) -> Counter[str]:
    """Judge every resolved item with what is known up to the last whole day."""
    with context.store.reading() as uow:
        result = _look(context, uow)
    paths: Counter[str] = Counter()
    if result.placebo_checks:
        _keep_placebo_checks(context, result.placebo_checks)
    for judged in result.judged:
        paths[_apply_verdict(context, judged)] += 1
    for again in result.looks:
        paths[_apply_look(context, again)] += 1
    for change in result.others:
        with context.transaction("verify") as uow:
            _move(context, uow, change)
        paths[change.reason.code.value] += 1
    if result.tampered:
        paths[TAMPERED] = len(result.tampered)
    return paths


def tampered_problems(context: Context) -> list[str]:
    """Say of which items the criterion was changed after their opening."""
    with context.store.reading() as uow:
        tampered = uow.items.tampered()
    return [criterion_changed(item_id) for item_id in tampered]


def _look(context: Context, uow: UnitOfWork) -> VerificationResult:
    setting = setting_of(context, uow)
    judged = judge_all(setting)
    looks = list(lasting_looks(setting, judged))
    followed = (ActionStatus.RESOLVED, ActionStatus.VERIFIED)
    designs = {f.design for f in setting.follow_ups if f.item.status in followed}
    checked = [setting.checked(design) for design in designs]
    return VerificationResult(
        placebo_checks=[each.check for each in checked if each.fresh],
        judged=judged,
        looks=looks,
        others=[*_unproven(setting, judged), *_recovered(context, uow)],
        tampered=list(setting.tampered),
    )


def _keep_placebo_checks(context: Context, checks: Iterable[PlaceboCheck]) -> None:
    with context.transaction("placebo checks") as uow:
        for check in checks:
            uow.assurance.keep_placebo_check(check)


_AFTER: Mapping[VerdictKind, tuple[ActionStatus, EventType]] = {
    VerdictKind.IMPROVED: (ActionStatus.VERIFIED, EventType.VERIFIED),
    VerdictKind.NOT_IMPROVED: (ActionStatus.REOPENED, EventType.REOPENED),
    VerdictKind.WORSE: (ActionStatus.REOPENED, EventType.REOPENED),
    VerdictKind.INCONCLUSIVE: (ActionStatus.UNPROVEN, EventType.UPDATED),
}


def _apply_verdict(context: Context, judged: JudgedFollowUp) -> str:
    stored = judged.stored
    after, event = _AFTER[stored.kind]
    with context.transaction("verify") as uow:
        uow.verdicts.add(stored)
        if stored.final:
            change = ItemChange(
                item=judged.follow_up.item,
                after=after,
                event=event,
                reason=judged_as(stored.kind, stored.reason),
                news=_news(context, stored),
            )
            _move(context, uow, change)
    return stored.kind.value if stored.final else "following"


def _news(context: Context, stored: StoredVerdict) -> Bilingual:
    """Return the verdict in a sentence, with the harm it did, never without."""
    said, harm = verdict_sentence(stored.verdict), stored.detail.side_effects
    if harm is None or not harm.harmed:
        return said
    metric = stored.verdict.criterion.metric
    words = side_effect_words(harm, metric, context.rulebook)
    return Bilingual(zh=said.zh + words.zh, en=f"{said.en} {words.en}")


_LASTING: Mapping[Sustained, MoveReason] = {
    Sustained.SUSTAINED: MoveReason.SUSTAINED,
    Sustained.RELAPSED: MoveReason.RELAPSED,
    Sustained.UNCLEAR: MoveReason.LASTING_UNCLEAR,
}


def _apply_look(context: Context, again: LookAgain) -> str:
    look, reopened = again.look, again.then is AfterLook.REOPEN
    with context.transaction("verify") as uow:
        uow.assurance.keep_look(look)
        if look.final:
            change = ItemChange(
                item=again.follow_up.item,
                after=ActionStatus.REOPENED if reopened else ActionStatus.CLOSED,
                event=EventType.REOPENED if reopened else EventType.UPDATED,
                reason=Reason(code=_LASTING[look.outcome]),
                news=lasting_words(look, again.follow_up.item.criterion.metric),
            )
            _move(context, uow, change)
    return look.outcome.value if look.final else Sustained.WATCHED.value


def _move(context: Context, uow: UnitOfWork, change: ItemChange) -> None:
    item = change.item
    answer = time_to_answer(item, uow.items.moves(item.item_id))
    due: ChangedFields = {"due_at": context.as_of + answer}
    moved = uow.items.move(
        item.item_id,
        change.after,
        moved_at=context.as_of,
        actor=LOOP,
        reason=change.reason,
        **(due if change.after is ActionStatus.REOPENED else {}),
    )
    announce(context, uow, moved, change.event, news=change.news)


def _unproven(
    setting: VerificationSetting, judged: Sequence[JudgedFollowUp]
) -> Iterator[ItemChange]:
    """Close what stayed unproven and caused no new alarm until the full look."""
    unproven = setting.uow.items.find(
        statuses=(ActionStatus.UNPROVEN,), kind=ItemKind.IMPROVEMENT
    )
    now = (each.follow_up.item for each in judged if each.is_unproven)
    for item in (*unproven, *now):
        fix = setting.newest(item.item_id)
        wait = dt.timedelta(days=FULL_DAYS[0])
        if fix is not None and setting.context.last_day >= fix.resolved_on + wait:
            yield ItemChange(
                item=item,
                after=ActionStatus.CLOSED,
                event=EventType.UPDATED,
                reason=Reason(code=MoveReason.UNPROVEN_CLOSED),
                news=UNPROVEN_CLOSED_NEWS,
            )


def _recovered(context: Context, uow: UnitOfWork) -> Iterator[ItemChange]:
    """One customer was answered: there is no score to compare, and we say so."""
    for item in uow.items.find(
        statuses=(ActionStatus.RESOLVED,), kind=ItemKind.RECOVERY
    ):
        if item.resolved_at is None or item.resolved_at <= context.as_of:
            yield ItemChange(
                item=item,
                after=ActionStatus.UNPROVEN,
                event=EventType.UPDATED,
                reason=Reason(code=MoveReason.NOT_MEASURABLE),
                news=NOT_MEASURABLE_NEWS,
            )
