"""Fixes and what became of them; how soon departments answered; who passed items on."""

import datetime as dt
import enum
import statistics
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.action import (
    UNANSWERED,
    ActionItem,
    ActionStatus,
    ItemKind,
)
from huixiang.domain.items.move import Move, time_to_answer
from huixiang.reporting.facts.loop import Scorecard, ServiceLevel, Transfer
from huixiang.steps.context import Context
from huixiang.steps.report.scope import day_of
from huixiang.wording.names import department_name

_S = ActionStatus
HOUR = dt.timedelta(hours=1)


class Fate(enum.Enum):
    """What became of a fix."""

    FOLLOWED = enum.auto()
    VERIFIED = enum.auto()
    REFUTED = enum.auto()
    RELAPSED = enum.auto()
    UNPROVEN = enum.auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportedFix:
    """One "it is fixed" of a department, and what verification said in the end."""

    item: ActionItem
    resolved_at: dt.datetime
    fate: Fate = Fate.FOLLOWED


_NEXT: Mapping[tuple[Fate, ActionStatus], Fate] = {
    (Fate.FOLLOWED, _S.VERIFIED): Fate.VERIFIED,
    (Fate.FOLLOWED, _S.REOPENED): Fate.REFUTED,
    (Fate.FOLLOWED, _S.UNPROVEN): Fate.UNPROVEN,
    (Fate.VERIFIED, _S.REOPENED): Fate.RELAPSED,
}


def fixes_of(item: ActionItem, moves: Iterable[Move]) -> list[ReportedFix]:
    """Return every fix of an item, oldest first; a re-opened item has several."""
    fixes: list[ReportedFix] = []
    for move in moves:
        if move.before is move.after:
            continue
        if move.after is _S.RESOLVED:
            fixes.append(ReportedFix(item=item, resolved_at=move.moved_at))
        elif fixes:
            fate = _NEXT.get((fixes[-1].fate, move.after), fixes[-1].fate)
            fixes[-1] = replace(fixes[-1], fate=fate)
    return fixes


def is_verified(item: ActionItem, moves: Iterable[Move]) -> bool:
    """Say whether an item's last fix was verified and has not come back since."""
    fixes = fixes_of(item, moves)
    return bool(fixes) and fixes[-1].fate is Fate.VERIFIED


@dataclass(frozen=True, kw_only=True, slots=True)
class Round:
    """One time a department was asked: at the opening, and at each re-opening."""

    started_at: dt.datetime
    due_at: dt.datetime
    answered_at: dt.datetime | None
    resolved_at: dt.datetime | None
    accepted: bool


def is_overdue(context: Context, item: ActionItem) -> bool:
    """Say whether a department still owes an answer after the agreed day."""
    late = day_of(context, item.due_at) < context.today
    return late and item.status in UNANSWERED


_ANSWERS = (_S.ACCEPTED, _S.IN_PROGRESS, _S.REJECTED, _S.RESOLVED)


def rounds_of(item: ActionItem, moves: Sequence[Move]) -> list[Round]:
    """Return the rounds of an item, oldest first; each has a deadline of its own."""
    parts: list[list[Move]] = [[]]
    for move in moves:
        if move.after is _S.REOPENED and move.before is not move.after:
            parts.append([])
        parts[-1].append(move)
    starts = [item.opened_at, *(part[0].moved_at for part in parts[1:])]
    length = time_to_answer(item, moves)
    return [
        _round(item, start, start + length, part, is_last=part is parts[-1])
        for start, part in zip(starts, parts, strict=True)
    ]


def _round(
    item: ActionItem,
    started_at: dt.datetime,
    due_at: dt.datetime,
    moves: Sequence[Move],
    *,
    is_last: bool,
) -> Round:
    answered = _first(moves, _ANSWERS)
    if answered is None and is_last and item.status is _S.CANCELLED:
        answered = due_at  # nobody owes an answer any more
    return Round(
        started_at=started_at,
        due_at=due_at,
        answered_at=answered,
        resolved_at=_first(moves, (_S.RESOLVED,)),
        accepted=_first(moves, (_S.ACCEPTED,)) is not None,
    )


def _first(
    moves: Iterable[Move], after: Collection[ActionStatus]
) -> dt.datetime | None:
    return next((move.moved_at for move in moves if move.after in after), None)


def scorecards(
    rulebook: Rulebook,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> tuple[Scorecard, ...]:
    """Return what each department achieved by its improvement items."""
    return tuple(
        _scorecard(rulebook, name, own, moves)
        for name, own in by_department(rulebook, items)
        if any(item.kind is ItemKind.IMPROVEMENT for item in own)
    )


def by_department(
    rulebook: Rulebook, items: Sequence[ActionItem]
) -> Iterator[tuple[str, list[ActionItem]]]:
    """Yield the departments that have items, in the order of their file."""
    names = [*rulebook.departments, *sorted({item.department for item in items})]
    for name in dict.fromkeys(names):
        if own := [item for item in items if item.department == name]:
            yield name, own


def _scorecard(
    rulebook: Rulebook,
    department: str,
    items: Iterable[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> Scorecard:
    fixes = [
        fix
        for item in items
        if item.kind is ItemKind.IMPROVEMENT
        for fix in fixes_of(item, moves[item.item_id])
    ]
    fates = [fix.fate for fix in fixes]
    return Scorecard(
        department_id=department,
        department=department_name(rulebook, department),
        n_claimed=len(fixes),
        n_verified=fates.count(Fate.VERIFIED),
        n_refuted=fates.count(Fate.REFUTED),
        n_relapsed=fates.count(Fate.RELAPSED),
        n_unproven=fates.count(Fate.UNPROVEN),
        n_followed=fates.count(Fate.FOLLOWED),
        item_ids=tuple(fix.item.item_id for fix in fixes if fix.fate is Fate.VERIFIED),
    )


def service_levels(
    context: Context,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> tuple[ServiceLevel, ...]:
    """Return how soon each department answered and fixed what it was asked."""
    return tuple(
        _service_level(context, name, own, moves)
        for name, own in by_department(context.rulebook, asked_of(items))
    )


def asked_of(items: Iterable[ActionItem]) -> list[ActionItem]:
    """Return the items that a department was asked for; parked ones wait."""
    return [item for item in items if item.status is not _S.PARKED]


def _service_level(
    context: Context,
    department: str,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> ServiceLevel:
    rounds = [each for item in items for each in rounds_of(item, moves[item.item_id])]
    answers = [(each, each.answered_at) for each in rounds]
    accepted = [(each, each.resolved_at) for each in rounds if each.accepted]
    n_met, n_due = in_time(answers, context.as_of)
    fixed, to_fix = in_time(accepted, context.as_of)
    return ServiceLevel(
        department_id=department,
        department=department_name(context.rulebook, department),
        answer_met=n_met,
        answer_due=n_due,
        resolve_met=fixed,
        resolve_due=to_fix,
        n_overdue=sum(is_overdue(context, item) for item in items),
        median_answer_hours=_median_hours(answers),
        median_resolve_hours=_median_hours(accepted),
        n_answered=sum(at is not None for _, at in answers),
        n_resolved=sum(at is not None for _, at in accepted),
    )


Done = Sequence[tuple[Round, dt.datetime | None]]
"""Rounds, and when something was done in each."""


def in_time(done: Done, as_of: dt.datetime) -> tuple[int, int]:
    """Return how many were done by their deadline, of how many that are due."""
    due = [(each, at) for each, at in done if at is not None or each.due_at <= as_of]
    met = sum(at is not None and at <= each.due_at for each, at in due)
    return met, len(due)


def _median_hours(done: Done) -> float | None:
    hours = [(at - each.started_at) / HOUR for each, at in done if at is not None]
    return round(statistics.median(hours), 1) if hours else None


def transfers(
    context: Context,
    items: Sequence[ActionItem],
    moves: Mapping[str, Sequence[Move]],
) -> tuple[Transfer, ...]:
    """Return every "not mine" with where it led, oldest first."""
    refusals = [
        transfer
        for item in items
        for transfer in _transfers(context, item, moves[item.item_id])
    ]
    return tuple(sorted(refusals, key=lambda each: (each.on, each.item_id)))


def _transfers(
    context: Context, item: ActionItem, moves: Sequence[Move]
) -> Iterator[Transfer]:
    after_next = [*moves[1:], None]
    for move, following in zip(moves, after_next, strict=True):
        if move.after is not _S.REJECTED or move.before is _S.REJECTED:
            continue
        handover = following.handover if following else None
        yield Transfer(
            item_id=item.item_id,
            on=day_of(context, move.moved_at),
            refused_by=department_name(
                context.rulebook, handover.refused_by if handover else item.department
            ),
            given_to=department_name(context.rulebook, handover.given_to)
            if handover
            else None,
            reason=move.reason.words,
        )
