"""The part of a report that is about action items: before, after, verdict, evidence."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.items.alert import CriticalFacts
from huixiang.domain.items.issue import Issue
from huixiang.domain.items.move import Move
from huixiang.domain.proof.verdict import StoredVerdict, Verdict, VerdictKind
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.report import ItemResult, Precedent, QuotedVoice
from huixiang.steps.context import Context
from huixiang.steps.messages.item_card import MAX_PAST_FIXES, quotes
from huixiang.steps.report.assurance import item_assurances
from huixiang.steps.report.scope import day_of as _day
from huixiang.steps.report.series import WEEK, Series
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.items.alerts import why_opened
from huixiang.wording.names import (
    channel_name,
    department_name,
    named_place,
    theme_name,
)
from huixiang.wording.proof.verdicts import gap_sentence, verdict_sentence


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFacts:
    """What was read about items before."""

    items: Sequence[ActionItem]
    all_items: Sequence[ActionItem]
    moves: Mapping[str, Sequence[Move]]
    issues: Mapping[str, Issue]


Fixed = Mapping[str, Sequence[tuple[ActionItem, StoredVerdict]]]
"""Theme → what verifiably fixed it and has not come back, oldest first."""


def item_results(
    context: Context, uow: UnitOfWork, facts: ItemFacts
) -> tuple[ItemResult, ...]:
    """Return every item as the report shows it, oldest first."""
    verdicts = uow.verdicts.latest()
    series = Series(
        uow,
        items=facts.items,
        all_items=facts.all_items,
        issues=facts.issues,
        until=context.last_day,
    )
    fixed = _fixed(facts, verdicts)
    assurances = item_assurances(context, uow, facts.items, facts.moves)
    return tuple(
        replace(
            _item_result(context, uow, item, facts, verdicts.get(item.item_id), series),
            assurance=assurances[item.item_id],
            precedents=_precedents(context, item, facts, fixed),
        )
        for item in facts.items
    )


def _item_result(
    context: Context,
    uow: UnitOfWork,
    item: ActionItem,
    facts: ItemFacts,
    stored: StoredVerdict | None,
    series: Series,
) -> ItemResult:
    issue = facts.issues[item.issue_id]
    moves = facts.moves[item.item_id]
    rulebook = context.rulebook
    playbook = rulebook.playbooks.get(item.playbook or "")
    verdict = stored.verdict if stored else None
    before, after = _means(context, verdict, item, series)
    return ItemResult(
        item_id=item.item_id,
        issue_id=item.issue_id,
        kind=item.kind,
        theme=theme_name(rulebook, issue.theme),
        touchpoint=named_place(context.rulebook, issue.touchpoint),
        unit=named_place(context.rulebook, issue.unit),
        department=department_name(rulebook, item.department),
        severity=item.severity,
        status=item.status,
        opened_on=_day(context, item.opened_at),
        due_on=_day(context, item.due_at),
        accepted_on=_moved_on(context, moves, ActionStatus.ACCEPTED),
        resolved_on=_resolved_on(context, item, stored),
        alert=why_opened(item.alert, theme_name(rulebook, issue.theme)),
        root_cause=item.root_cause,
        playbook=playbook.name if playbook else None,
        metric=item.criterion.metric,
        verdict=verdict,
        explanation=verdict_sentence(verdict) if verdict else None,
        plain_explanation=gap_sentence(verdict) if verdict else None,
        mean_before=before,
        mean_after=after,
        series=series.of(item, _day(context, item.opened_at)),
        series_days=WEEK,
        evidence=_evidence(uow, item),
        n_feedbacks=_n_feedbacks(item),
        department_id=item.department,
    )


def _moved_on(
    context: Context, moves: Sequence[Move], after: ActionStatus
) -> dt.date | None:
    for move in moves:
        if move.after is after:
            return _day(context, move.moved_at)
    return None


def _resolved_on(
    context: Context, item: ActionItem, stored: StoredVerdict | None
) -> dt.date | None:
    """Return the day of the fix that the verdict is about, else of the newest fix."""
    if stored is not None:
        return stored.resolved_on
    return _day(context, item.resolved_at) if item.resolved_at else None


def _n_feedbacks(item: ActionItem) -> int:
    return 1 if isinstance(item.alert, CriticalFacts) else item.alert.n_window


def _evidence(uow: UnitOfWork, item: ActionItem) -> tuple[QuotedVoice, ...]:
    return tuple(
        QuotedVoice(
            feedback_id=quote.feedback_id,
            quote=quote.words,
            said_on=quote.said_on,
            channel=channel_name(quote.channel),
        )
        for quote in quotes(uow, item)
    )


def _fixed(facts: ItemFacts, verdicts: Mapping[str, StoredVerdict]) -> Fixed:
    fixed = defaultdict(list)
    for item in facts.all_items:
        verdict = verdicts.get(item.item_id)
        lasting = item.status in (ActionStatus.VERIFIED, ActionStatus.CLOSED)
        if lasting and verdict and verdict.kind is VerdictKind.IMPROVED:
            fixed[facts.issues[item.issue_id].theme].append((item, verdict))
    for each in fixed.values():
        each.sort(key=lambda pair: (pair[1].resolved_on, pair[0].item_id))
    return fixed


def _precedents(
    context: Context, item: ActionItem, facts: ItemFacts, fixed: Fixed
) -> tuple[Precedent, ...]:
    theme = facts.issues[item.issue_id].theme
    others = [each for each in fixed.get(theme, ()) if each[0].item_id != item.item_id]
    return tuple(
        _precedent(context, other, verdict)
        for other, verdict in others[-MAX_PAST_FIXES:]
    )


def _precedent(context: Context, item: ActionItem, stored: StoredVerdict) -> Precedent:
    playbook = context.rulebook.playbooks.get(item.playbook or "")
    cause, effect = item.root_cause or "", stored.verdict.effect
    if effect is None:
        raise ValueError(f"{stored.verdict_id} says improved, but has no effect")
    return Precedent(
        item_id=item.item_id,
        playbook=playbook.name if playbook else Bilingual(zh=cause, en=cause),
        verified_on=stored.looked_on,
        effect=effect,
        metric=item.criterion.metric,
    )


def _means(
    context: Context, verdict: Verdict | None, item: ActionItem, series: Series
) -> tuple[float | None, float | None]:
    """Return the plain means before and after, for the eye only."""
    if verdict is None or verdict.plain_comparison is None:
        return None, None
    if item.resolved_at is None:
        return None, None
    fixed = _day(context, item.resolved_at)
    after = series.mean_after(item, fixed, verdict.as_of)
    if after is None:
        return None, None
    return after - verdict.plain_comparison.effect.value, after
