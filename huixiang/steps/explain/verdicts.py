"""Explain verdicts: the bar, the outlook, what stands beside an answer, what came after."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.action import ActionItem, ItemKind
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import NoteCode
from huixiang.steps.messages.item_card import outlook_of
from huixiang.steps.verify.criteria import changed_criterion
from huixiang.steps.verify.follow_up_survey import rated_again_words
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.checks import audit_words, criterion_change_words
from huixiang.wording.codes import b, effect_size
from huixiang.wording.terms import METRICS
from huixiang.wording.verdicts import explain_notes

SEAL_CHARS = 12


def bar_words(
    uow: UnitOfWork, rulebook: Rulebook, item: ActionItem
) -> Iterator[Bilingual]:
    """Say what was fixed at opening, whether the rules moved, and what can be seen."""
    if item.kind is ItemKind.RECOVERY:
        yield from rated_again_words(uow, item)
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


def verdict_words(uow: UnitOfWork, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    """Say a verdict, why a plain comparison differs, and what stands beside it."""
    detail = row["detail"]
    decided_on = detail["verdict"]["as_of"]
    yield b(
        f"验收（看到 {decided_on}，{row['resolved_on']} 整改）："
        f"{detail['sentences']['zh']}",
        f"Verdict (on what was known on {decided_on}, fixed on {row['resolved_on']}): "
        f"{detail['sentences']['en']}",
    )
    if detail["difference"]["zh"]:
        yield _stored(detail["difference"])
    looks = len(detail["looks"])
    if looks:
        days = "day" if looks == 1 else "days"
        yield b(
            f"整改后共查看过 {looks} 天的数据才下结论。",
            f"The figures of {looks} {days} were looked at for it.",
        )
    yield from _beside(uow, detail)
    yield from _after(uow, row)


def _reservations(codes: Iterable[str]) -> Iterator[Bilingual]:
    notes = [NoteCode(code) for code in codes]
    zh, en = explain_notes(notes, "zh-CN"), explain_notes(notes, "en")
    yield from map(b, zh, en)


def _beside(uow: UnitOfWork, detail: Mapping[str, Any]) -> Iterator[Bilingual]:
    yield from _reservations(detail["verdict"]["notes"])
    for name in ("side_effects", "consistency"):
        found = detail.get(name)
        if found and found["words"]:
            yield _stored(found["words"])
    audit = uow.assurance.audit_by_id(detail.get("audit_id"))
    if audit is not None:
        yield audit_words(audit)


def _after(uow: UnitOfWork, row: Mapping[str, Any]) -> Iterator[Bilingual]:
    for look in uow.assurance.looks_of(row["item_id"]):
        if row["final"] and look["resolved_on"] == row["resolved_on"]:
            yield _stored(look["detail"]["words"])


def _stored(words: Mapping[str, str]) -> Bilingual:
    return b(words["zh"], words["en"])
