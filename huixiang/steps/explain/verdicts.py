"""Explain verdicts: the bar, the outlook, what stands beside an answer, what came after."""

from collections.abc import Iterator

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.action import ActionItem, ItemKind
from huixiang.domain.proof.verdict import StoredVerdict
from huixiang.domain.text import Bilingual
from huixiang.steps.messages.item_card import outlook_of
from huixiang.steps.verify.criteria import changed_criterion
from huixiang.steps.verify.customer_surveys import rated_again
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.proof.verdict_checks import (
    CRITERION_TAMPERED,
    consistency_words,
    criterion_change_words,
    criterion_words,
    lasting_words,
    placebo_words,
    rated_again_words,
    side_effect_words,
)
from huixiang.wording.proof.verdicts import (
    NOTE_SENTENCES,
    gap_sentence,
    looked_at,
    verdict_given,
)


def bar_words(
    uow: UnitOfWork, rulebook: Rulebook, item: ActionItem
) -> Iterator[Bilingual]:
    """Say what was fixed at opening, whether the rules moved, and what can be seen."""
    if item.kind is ItemKind.RECOVERY:
        rated = rated_again(uow, item)
        if rated is not None:
            yield rated_again_words(rated.before, rated.after)
        return
    opened = uow.explanations.item(item.item_id)
    yield criterion_words(item.criterion, opened.criterion_hash if opened else "")
    if item.item_id in uow.items.tampered():
        yield CRITERION_TAMPERED
    today = changed_criterion(rulebook, item)
    if today is not None:
        yield criterion_change_words(item.criterion, today)
    outlook = outlook_of(uow, item)
    if outlook is not None:
        yield outlook


def verdict_words(
    uow: UnitOfWork, rulebook: Rulebook, stored: StoredVerdict
) -> Iterator[Bilingual]:
    """Say a verdict, why a plain comparison differs, and what stands beside it."""
    verdict = stored.verdict
    yield verdict_given(verdict, stored.resolved_on)
    yield gap_sentence(verdict)
    if stored.detail.looks:
        yield looked_at(len(stored.detail.looks))
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
