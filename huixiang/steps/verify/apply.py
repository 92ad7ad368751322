"""Verify: did the scores improve after the fix, more than they would have anyway?"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huixiang.domain.action import ActionItem, ActionStatus, ItemKind
from huixiang.domain.move import LOOP, MoveReason, judged_as, time_to_answer
from huixiang.domain.outbox import EventType
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import VerdictKind
from huixiang.steps.context import Context
from huixiang.steps.messages.announce import announce
from huixiang.steps.verify.judging import Judged, judge_all
from huixiang.steps.verify.lasting import FULL_DAYS, Lasting, Step, lasting_looks
from huixiang.steps.verify.setting import Scene, scene_of
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.relapse import Sustained

TAMPERED = "tampered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Where an item goes, why, and what its owner hears."""

    item: ActionItem
    after: ActionStatus
    event: EventType
    reason: Reason[MoveReason]
    news: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Findings:
    """Everything one verification found out; nothing of it is stored yet."""

    audits: Sequence[Mapping[str, Any]]
    judged: Sequence[Judged]
    lasting: Sequence[Lasting]
    others: Sequence[Change]
    tampered: Sequence[str]


def verify(context: Context) -> Counter[str]:
    """Judge every resolved item with what is known up to the last whole day."""
    with context.store.reading() as uow:
        found = _look(context, uow)
    paths: Counter[str] = Counter()
    if found.audits:
        _keep_audits(context, found.audits)
    for judged in found.judged:
        paths[_apply_verdict(context, judged)] += 1
    for lasting in found.lasting:
        paths[_apply_look(context, lasting)] += 1
    for change in found.others:
        with context.transaction("verify") as uow:
            _move(context, uow, change)
        paths[change.reason.code.value] += 1
    if found.tampered:
        paths[TAMPERED] = len(found.tampered)
    return paths


def tampered_problems(context: Context) -> list[str]:
    """Say of which items the criterion was changed after their opening."""
    with context.store.reading() as uow:
        tampered = uow.items.tampered()
    return [
        f"action item {item_id}: its criterion is not the one fixed at opening (the hash "
        "differs), so it is not judged; restore action_item.criterion from a backup"
        for item_id in tampered
    ]


def _look(context: Context, uow: UnitOfWork) -> Findings:
    scene = scene_of(context, uow)
    judged = judge_all(scene)
    lasting = list(lasting_looks(scene, judged))
    followed = (ActionStatus.RESOLVED, ActionStatus.VERIFIED)
    designs = {f.design for f in scene.follow_ups if f.item.status in followed}
    audits = [scene.audited(design) for design in designs]
    return Findings(
        audits=[each.row for each in audits if each.fresh],
        judged=judged,
        lasting=lasting,
        others=[*_unproven(scene, judged), *_recovered(context, uow)],
        tampered=list(scene.tampered),
    )


def _keep_audits(context: Context, rows: Iterable[Mapping[str, Any]]) -> None:
    with context.transaction("audit") as uow:
        for row in rows:
            uow.assurance.keep_audit(row)


_AFTER: Mapping[VerdictKind, tuple[ActionStatus, EventType]] = {
    VerdictKind.IMPROVED: (ActionStatus.VERIFIED, EventType.VERIFIED),
    VerdictKind.NOT_IMPROVED: (ActionStatus.REOPENED, EventType.REOPENED),
    VerdictKind.WORSE: (ActionStatus.REOPENED, EventType.REOPENED),
    VerdictKind.INCONCLUSIVE: (ActionStatus.UNPROVEN, EventType.UPDATED),
}


def _apply_verdict(context: Context, judged: Judged) -> str:
    verdict = judged.judgement.verdict
    after, event = _AFTER[verdict.kind]
    with context.transaction("verify") as uow:
        uow.verdicts.add(judged.row)
        if judged.final:
            change = Change(
                item=judged.follow_up.item,
                after=after,
                event=event,
                reason=judged_as(verdict.kind, verdict.reason),
                news=_news(judged.row["detail"]),
            )
            _move(context, uow, change)
    return verdict.kind.value if judged.final else "following"


def _news(detail: Mapping[str, Any]) -> Bilingual:
    """Return the verdict in a sentence, with the harm it did, never without."""
    said, beside = detail["sentences"], detail["side_effects"]
    if not beside["harmed"]:
        return Bilingual(zh=said["zh"], en=said["en"])
    return Bilingual(
        zh=said["zh"] + beside["words"]["zh"],
        en=f"{said['en']} {beside['words']['en']}",
    )


_LASTING: Mapping[Sustained, MoveReason] = {
    Sustained.SUSTAINED: MoveReason.SUSTAINED,
    Sustained.RELAPSED: MoveReason.RELAPSED,
    Sustained.UNCLEAR: MoveReason.LASTING_UNCLEAR,
}


def _apply_look(context: Context, lasting: Lasting) -> str:
    words = lasting.row["detail"]["words"]
    reopened = lasting.step is Step.REOPEN
    with context.transaction("verify") as uow:
        uow.assurance.keep_look(lasting.row)
        if lasting.step is not Step.WAIT:
            change = Change(
                item=lasting.follow_up.item,
                after=ActionStatus.REOPENED if reopened else ActionStatus.CLOSED,
                event=EventType.REOPENED if reopened else EventType.UPDATED,
                reason=Reason(code=_LASTING[lasting.outcome]),
                news=Bilingual(zh=words["zh"], en=words["en"]),
            )
            _move(context, uow, change)
    return lasting.outcome.value if lasting.step is not Step.WAIT else "watched"


def _move(context: Context, uow: UnitOfWork, change: Change) -> None:
    item = change.item
    answer = time_to_answer(item, uow.items.moves(item.item_id))
    due = {"due_at": context.as_of + answer}
    moved = uow.items.move(
        item.item_id,
        change.after,
        moved_at=context.as_of,
        actor=LOOP,
        reason=change.reason,
        **(due if change.after is ActionStatus.REOPENED else {}),
    )
    announce(context, uow, moved, change.event, news=change.news)


def _unproven(scene: Scene, judged: Sequence[Judged]) -> Iterator[Change]:
    """Close what stayed unproven and caused no new alarm until the full look."""
    found = scene.uow.items.find(
        statuses=(ActionStatus.UNPROVEN,), kind=ItemKind.IMPROVEMENT
    )
    now = (each.follow_up.item for each in judged if each.is_unproven)
    for item in (*found, *now):
        fix = scene.newest(item.item_id)
        wait = dt.timedelta(days=FULL_DAYS[0])
        if fix is not None and scene.context.last_day >= fix.resolved_on + wait:
            yield Change(
                item=item,
                after=ActionStatus.CLOSED,
                event=EventType.UPDATED,
                reason=Reason(code=MoveReason.UNPROVEN_CLOSED),
                news=_UNPROVEN_CLOSED,
            )


def _recovered(context: Context, uow: UnitOfWork) -> Iterator[Change]:
    """One customer was answered: there is no score to compare, and we say so."""
    for item in uow.items.find(
        statuses=(ActionStatus.RESOLVED,), kind=ItemKind.RECOVERY
    ):
        if item.resolved_at is None or item.resolved_at <= context.as_of:
            yield Change(
                item=item,
                after=ActionStatus.UNPROVEN,
                event=EventType.UPDATED,
                reason=Reason(code=MoveReason.NOT_MEASURABLE),
                news=_NOT_MEASURABLE,
            )


_UNPROVEN_CLOSED = Bilingual(
    zh="整改已过 90 天，效果未能证实，也没有新的预警；关闭，不计为成效。",
    en="90 days after the fix its effect is not proven, and no new alarm came; closed "
    "without counting as a success.",
)
_NOT_MEASURABLE = Bilingual(
    zh="已回应这位客户；单个客户没有可比的分数，不作验收结论。",
    en="This customer was answered; one person has no score to compare, so there is no "
    "verdict.",
)
