"""What happened month by month: asked for, answered, fixed, proved."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.items.move import Move
from huixiang.domain.proof.verdict import LastWord, VerdictKind
from huixiang.reporting.facts.loop import PeriodFigures
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.steps.context import Context
from huixiang.steps.report.fixes import asked_of, rounds_of
from huixiang.steps.report.scope import day_of, months


@dataclass(frozen=True, kw_only=True, slots=True)
class Events:
    """The days on which things happened, one entry an event."""

    feedbacks: Mapping[dt.date, int]
    negatives: Mapping[dt.date, int]
    opened: Sequence[dt.date]
    answered: Sequence[dt.date]
    resolved: Sequence[dt.date]
    verdicts: Sequence[tuple[dt.date, VerdictKind]]


def events_of(
    context: Context,
    items: Iterable[ActionItem],
    moves: Mapping[str, Sequence[Move]],
    finals: Iterable[LastWord],
    feedbacks: Mapping[dt.date, int],
    negatives: Mapping[dt.date, int],
) -> Events:
    """Return when the items were opened, answered, fixed and judged for good."""
    by_id = {item.item_id: item for item in items}
    asked = asked_of(by_id.values())
    answers = [
        each.answered_at
        for item in asked
        for each in rounds_of(item, moves[item.item_id])
    ]
    return Events(
        feedbacks=feedbacks,
        negatives=negatives,
        opened=[day_of(context, item.opened_at) for item in asked],
        answered=[day_of(context, at) for at in answers if at is not None],
        resolved=[
            day_of(context, move.moved_at)
            for item_id in by_id
            for move in moves[item_id]
            if move.after is ActionStatus.RESOLVED and move.before is not move.after
        ],
        verdicts=[
            (each.looked_on, each.kind) for each in finals if each.item_id in by_id
        ],
    )


def period_figures(period: ReportPeriod, events: Events) -> tuple[PeriodFigures, ...]:
    """Return the months of a period, the first and last cut at its ends."""
    return tuple(figures_of(label, month, events) for label, month in months(period))


def figures_of(label: str, month: ReportPeriod, events: Events) -> PeriodFigures:
    """Return what happened within some days."""

    def n(days: Iterable[dt.date]) -> int:
        return sum(month.first <= day <= month.last for day in days)

    def total(days: Mapping[dt.date, int]) -> int:
        return sum(k for day, k in days.items() if month.first <= day <= month.last)

    kinds = Counter(
        kind for day, kind in events.verdicts if month.first <= day <= month.last
    )
    return PeriodFigures(
        label=label,
        first=month.first,
        last=month.last,
        n_feedbacks=total(events.feedbacks),
        n_negative=total(events.negatives),
        n_opened=n(events.opened),
        n_answered=n(events.answered),
        n_resolved=n(events.resolved),
        n_verified=kinds[VerdictKind.IMPROVED],
        n_not_improved=kinds[VerdictKind.NOT_IMPROVED],
        n_worse=kinds[VerdictKind.WORSE],
        n_unproven=kinds[VerdictKind.INCONCLUSIVE],
    )
