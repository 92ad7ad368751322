"""The part of a report that is about action items: before, after, verdict, evidence."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from huixiang.domain.action import ActionItem, ActionStatus, ItemKind, Move
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Effect, Metric, Verdict
from huixiang.reporting.model import Evidence, ItemResult, Precedent, SeriesPoint
from huixiang.steps.cards import (
    channel_name,
    department_name,
    named_place,
    past_fixes,
    quotes,
    theme_name,
)
from huixiang.steps.context import Context
from huixiang.steps.sentences import why_opened
from huixiang.steps.verify_panel import panel_rows
from huixiang.store.unit_of_work import UnitOfWork

WEEK = 7
BEFORE_DAYS = 84

_VERDICT = TypeAdapter(Verdict)


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemFacts:
    """What was read about items before."""

    items: Sequence[ActionItem]
    moves: Mapping[str, Sequence[Move]]
    issues: Mapping[str, Mapping[str, Any]]


Weeks = Mapping[dt.date, tuple[int, float]]
"""First day of a week → how many, and their sum."""


def item_results(
    context: Context, uow: UnitOfWork, facts: ItemFacts
) -> tuple[ItemResult, ...]:
    """Return every item as the report shows it, oldest first."""
    verdicts = uow.verdicts.latest()
    series = Series(context, uow, facts)
    return tuple(
        _item_result(context, uow, item, facts, verdicts.get(item.item_id), series)
        for item in facts.items
    )


def _item_result(
    context: Context,
    uow: UnitOfWork,
    item: ActionItem,
    facts: ItemFacts,
    stored: Mapping[str, Any] | None,
    series: "Series",
) -> ItemResult:
    issue = facts.issues[item.issue_id]
    moves = facts.moves[item.item_id]
    rulebook = context.rulebook
    playbook = rulebook.playbooks.get(item.playbook or "")
    verdict = stored_verdict(stored)
    before, after = _means(verdict, item, series)
    return ItemResult(
        item_id=item.item_id,
        issue_id=item.issue_id,
        kind=item.kind,
        theme=theme_name(rulebook, issue["theme"]),
        touchpoint=named_place(context.rulebook, issue["touchpoint"]),
        unit=named_place(context.rulebook, issue["unit"]),
        department=department_name(rulebook, item.department),
        severity=item.severity,
        status=item.status,
        opened_on=_day(context, item.opened_at),
        due_on=_day(context, item.due_at),
        accepted_on=_moved_on(context, moves, ActionStatus.ACCEPTED),
        resolved_on=_resolved_on(context, item, stored),
        alert=why_opened(item, issue, rulebook),
        root_cause=item.root_cause,
        playbook=playbook.name if playbook else None,
        metric=item.criterion.metric,
        verdict=verdict,
        explanation=_words(stored, "sentences"),
        naive_explanation=_words(stored, "difference"),
        mean_before=before,
        mean_after=after,
        series=series.of(item),
        series_days=WEEK,
        evidence=_evidence(uow, item),
        n_feedbacks=_n_feedbacks(item),
        precedents=_precedents(uow, context, item),
    )


def stored_verdict(stored: Mapping[str, Any] | None) -> Verdict | None:
    """Return a stored verdict as the fact it was."""
    if stored is None:
        return None
    return _VERDICT.validate_python(stored["detail"]["verdict"])


def _words(stored: Mapping[str, Any] | None, name: str) -> Bilingual | None:
    if stored is None:
        return None
    words = stored["detail"][name]
    return Bilingual(zh=words["zh"], en=words["en"]) if words["zh"] else None


def _day(context: Context, moment: dt.datetime) -> dt.date:
    return moment.astimezone(context.zone).date()


def _moved_on(
    context: Context, moves: Sequence[Move], after: ActionStatus
) -> dt.date | None:
    for move in moves:
        if move.after is after:
            return _day(context, move.moved_at)
    return None


def _resolved_on(
    context: Context, item: ActionItem, stored: Mapping[str, Any] | None
) -> dt.date | None:
    """Return the day of the fix that the verdict is about, else of the newest fix."""
    if stored is not None:
        judged: dt.date = stored["resolved_on"]
        return judged
    return _day(context, item.resolved_at) if item.resolved_at else None


def _n_feedbacks(item: ActionItem) -> int:
    if item.kind is ItemKind.RECOVERY:
        return 1
    return int(str(item.alert.get("n_window", 0)))


def _evidence(uow: UnitOfWork, item: ActionItem) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            feedback_id=quote.feedback_id,
            quote=quote.words,
            said_on=quote.said_on,
            channel=channel_name(quote.channel),
        )
        for quote in quotes(uow, item)
    )


def _precedents(
    uow: UnitOfWork, context: Context, item: ActionItem
) -> tuple[Precedent, ...]:
    found = []
    for fix in past_fixes(uow, item):
        stored = uow.verdicts.of_item(fix.item_id)[-1]
        effect = stored["detail"]["verdict"]["effect"]
        other = uow.items.get(fix.item_id)
        playbook = context.rulebook.playbooks.get(other.playbook or "")
        words = Bilingual(zh=fix.root_cause, en=fix.root_cause)
        found.append(
            Precedent(
                item_id=fix.item_id,
                playbook=playbook.name if playbook else words,
                verified_on=stored["looked_on"],
                effect=Effect(**effect),
                metric=other.criterion.metric,
            )
        )
    return tuple(found)


def _means(
    verdict: Verdict | None, item: ActionItem, series: "Series"
) -> tuple[float | None, float | None]:
    """Return the naive means before and after, for the eye only."""
    if verdict is None or verdict.naive is None:
        return None, None
    after = series.mean_after(item, verdict.as_of)
    if after is None:
        return None, None
    return after - verdict.naive.effect.value, after


class Series:
    """Weekly means of every issue, and of those that nobody treated."""

    def __init__(self, context: Context, uow: UnitOfWork, facts: ItemFacts) -> None:
        self._context = context
        self._days: dict[Metric, dict[str, dict[dt.date, tuple[float, float]]]] = {}
        treated = {item.issue_id for item in facts.items if item.resolved_at}
        self._control: dict[Metric, Weeks] = {}
        for metric in {item.criterion.metric for item in facts.items}:
            days: dict[str, dict[dt.date, tuple[float, float]]] = defaultdict(dict)
            for row in panel_rows(uow, metric, context.last_day):
                n, total = days[row.unit].get(row.on, (0.0, 0.0))
                days[row.unit][row.on] = (n + row.n, total + row.total)
            self._days[metric] = days
            untreated = [days[unit] for unit in days if unit not in treated]
            self._control[metric] = _weeks(untreated)

    def of(self, item: ActionItem) -> tuple[SeriesPoint, ...]:
        """Return an item's weeks from 12 weeks before it opened."""
        metric = item.criterion.metric
        if item.kind is ItemKind.RECOVERY:
            return ()
        mine = _weeks([self._days[metric].get(item.issue_id, {})])
        control = self._control[metric]
        start = _monday(
            _day(self._context, item.opened_at) - dt.timedelta(days=BEFORE_DAYS)
        )
        return tuple(
            SeriesPoint(
                on=week,
                n=int(n),
                mean=total / n if n else None,
                control=control[week][1] / control[week][0]
                if week in control
                else None,
            )
            for week, (n, total) in sorted(mine.items())
            if week >= start
        )

    def mean_after(self, item: ActionItem, until: dt.date) -> float | None:
        """Return the plain mean from the fix to *until*."""
        if item.resolved_at is None:
            return None
        start = _day(self._context, item.resolved_at)
        days = self._days[item.criterion.metric].get(item.issue_id, {})
        mine = [days[day] for day in days if start <= day <= until]
        n = sum(each[0] for each in mine)
        return sum(each[1] for each in mine) / n if n else None


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weeks(units: Sequence[Mapping[dt.date, tuple[float, float]]]) -> Weeks:
    weeks: dict[dt.date, tuple[int, float]] = {}
    for unit in units:
        for day, (n, total) in unit.items():
            before = weeks.get(_monday(day), (0, 0.0))
            weeks[_monday(day)] = (before[0] + int(n), before[1] + total)
    return weeks
