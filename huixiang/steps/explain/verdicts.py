"""Explain verdicts: the bar, the outlook, what stands beside an answer, what came after."""

from collections.abc import Iterator

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.action import ActionItem, ItemKind
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import StoredVerdict
from huixiang.steps.messages.item_card import outlook_of
from huixiang.steps.verify.criteria import changed_criterion
from huixiang.steps.verify.customer_surveys import rated_again
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.checks import (
    consistency_words,
    criterion_change_words,
    lasting_words,
    placebo_words,
    rated_again_words,
    side_effect_words,
)
from huixiang.wording.codes import effect_size
from huixiang.wording.language import b
from huixiang.wording.terms import METRICS
from huixiang.wording.verdicts import (
    NOTE_SENTENCES,
    gap_sentence,
    verdict_sentence,
)

SEAL_CHARS = 12


def bar_words(
    uow: UnitOfWork, rulebook: Rulebook, item: ActionItem
) -> Iterator[Bilingual]:
    """Say what was fixed at opening, whether the rules moved, and what can be seen."""
    if item.kind is ItemKind.RECOVERY:
        rated = rated_again(uow, item)
        if rated is not None:
            yield rated_again_words(rated.before, rated.after)
        return
    yield _criterion(uow, item)
    if item.item_id in uow.items.tampered():
        yield b(
            "这条标准与开单时定下的不一致（校验值不符），因此不作验收；请从备份恢复。",
            "This criterion is not the one fixed at opening (its hash differs), so the "
            "item is not judged; restore it from a backup.",
        )
    today = changed_criterion(rulebook, item)
    if today is not None:
        yield criterion_change_words(item.criterion, today)
    outlook = outlook_of(uow, item)
    if outlook is not None:
        yield outlook


def _criterion(uow: UnitOfWork, item: ActionItem) -> Bilingual:
    criterion, row = item.criterion, uow.explanations.item(item.item_id)
    seal = row["criterion_hash"][:SEAL_CHARS] if row else ""
    metric, least = METRICS[criterion.metric], effect_size(criterion)
    return b(
        f"开单时定下的成功标准：整改后 {criterion.horizon_days} 天内，"
        f"{metric.zh}至少改善 {least.zh}（校验值 {seal}）。",
        f"Success was fixed at opening: within {criterion.horizon_days} days of the "
        f"fix, {metric.en} better by {least.en} or more (hash {seal}).",
    )


def verdict_words(
    uow: UnitOfWork, rulebook: Rulebook, stored: StoredVerdict
) -> Iterator[Bilingual]:
    """Say a verdict, why a plain comparison differs, and what stands beside it."""
    verdict, fixed = stored.verdict, stored.resolved_on
    sentence = verdict_sentence(verdict)
    yield b(
        f"验收（看到 {verdict.as_of}，{fixed} 整改）：{sentence.zh}",
        f"Verdict (on what was known on {verdict.as_of}, fixed on {fixed}): "
        f"{sentence.en}",
    )
    yield gap_sentence(verdict)
    looks = len(stored.detail.looks)
    if looks:
        days = "day" if looks == 1 else "days"
        yield b(
            f"整改后共查看过 {looks} 天的数据才下结论。",
            f"The figures of {looks} {days} were looked at for it.",
        )
    yield from (NOTE_SENTENCES[note] for note in verdict.notes)
    yield from _guardrails(rulebook, stored)
    yield from _placebo(uow, stored)
    yield from _after(uow, stored)


def _guardrails(rulebook: Rulebook, stored: StoredVerdict) -> Iterator[Bilingual]:
    metric, detail = stored.verdict.criterion.metric, stored.detail
    if detail.side_effects is not None:
        yield side_effect_words(detail.side_effects, metric, rulebook)
    if detail.consistency is not None:
        yield consistency_words(detail.consistency, metric)


def _placebo(uow: UnitOfWork, stored: StoredVerdict) -> Iterator[Bilingual]:
    check_id = stored.detail.placebo_check_id
    check = uow.assurance.placebo_check_by_id(check_id) if check_id else None
    if check is not None:
        yield placebo_words(check)


def _after(uow: UnitOfWork, stored: StoredVerdict) -> Iterator[Bilingual]:
    if not stored.final:
        return
    for look in uow.assurance.looks_of(stored.item_id):
        if look.resolved_on == stored.resolved_on:
            yield lasting_words(look, stored.verdict.criterion.metric)
