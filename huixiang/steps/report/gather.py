"""Gather a report from the store, whole or limited to a period and a department."""

import dataclasses
import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.clock import UTC
from huixiang.domain.items.action import ActionItem
from huixiang.domain.items.issue import Issue
from huixiang.domain.items.move import Move
from huixiang.domain.proof.daily import SourceVolume
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import WHOLE, PeriodFigures, Scope
from huixiang.reporting.facts.report import Report, ReportPeriod
from huixiang.steps.context import Context
from huixiang.steps.report.assurance import assurance_of
from huixiang.steps.report.fixes import scorecards, service_levels, transfers
from huixiang.steps.report.funnel import funnel
from huixiang.steps.report.goals import goals_of
from huixiang.steps.report.issues import complaints_of, departments_of, top_issues
from huixiang.steps.report.items import ItemFacts, item_results
from huixiang.steps.report.journey import coverage_of
from huixiang.steps.report.maturity import maturity_of
from huixiang.steps.report.periods import events_of, period_figures
from huixiang.steps.report.scope import in_scope, within
from huixiang.steps.report.sources import coding_of, quarantine_of, sources_of
from huixiang.steps.report.voices import voices_of
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.report import gathered as words


@dataclass(frozen=True, kw_only=True, slots=True)
class Gathered:
    """What several parts of the report are made of, read once.

    `items` are those within the scope, `all_items` every one.
    """

    scope: Scope
    period: ReportPeriod
    all_items: Sequence[ActionItem]
    items: Sequence[ActionItem]
    moves: Mapping[str, Sequence[Move]]
    issues: Mapping[str, Issue]
    volumes: Sequence[SourceVolume]


def gather_report(context: Context, uow: UnitOfWork, scope: Scope = WHOLE) -> Report:
    """Return everything the report of this run shows."""
    gathered = _gather(context, uow, scope)
    ledger = uow.ledgers.read()
    complaints = complaints_of(uow, scope, gathered.period.last, gathered.issues)
    facts = ItemFacts(
        items=gathered.items,
        all_items=gathered.all_items,
        moves=gathered.moves,
        issues=gathered.issues,
    )
    report = Report(
        title=words.TITLE,
        workspace=context.rulebook.name,
        generated_for=_readers(scope),
        as_of=context.as_of.astimezone(UTC),
        period=gathered.period,
        ledger=ledger,
        funnel=funnel(
            uow, scope, gathered.items, len(_issues_in_scope(gathered)), ledger
        ),
        items=item_results(context, uow, facts),
        issues=top_issues(context, complaints, gathered.issues, gathered.items),
        departments=departments_of(context, gathered.items, gathered.moves),
        sources=sources_of(context, uow, scope, gathered.volumes),
        quarantine=quarantine_of(uow),
        coding=coding_of(context, uow, ledger),
        n_feedbacks=sum(row.n for row in gathered.volumes if within(scope, row.day)),
        time_zone=context.zone.key,
        scope=scope,
        periods=_periods(context, uow, gathered),
        service=service_levels(context, gathered.items, gathered.moves),
        transfers=transfers(context, gathered.items, gathered.moves),
        coverage=coverage_of(context, uow, scope, gathered.period),
        scorecards=scorecards(context.rulebook, gathered.items, gathered.moves),
        goals=goals_of(context, uow),
        voices=voices_of(context, uow, gathered.period.last),
        assurance=assurance_of(context, uow, gathered.period),
    )
    return dataclasses.replace(report, maturity=maturity_of(report))


def _gather(context: Context, uow: UnitOfWork, scope: Scope) -> Gathered:
    items, moves = uow.items.find(), uow.items.all_moves()
    volumes = uow.summaries.volume(context.last_day)
    return Gathered(
        scope=scope,
        period=_period(context, scope, volumes),
        all_items=items,
        items=in_scope(context, scope, items, moves),
        moves=moves,
        issues=uow.codings.issues(),
        volumes=volumes,
    )


def _period(
    context: Context, scope: Scope, volumes: Sequence[SourceVolume]
) -> ReportPeriod:
    last = context.last_day
    first = min((row.day for row in volumes), default=last)
    return ReportPeriod(first=scope.first or min(first, last), last=scope.last or last)


def _issues_in_scope(gathered: Gathered) -> Sequence[str]:
    """Return the issues of the scope's department, or all."""
    wanted = gathered.scope.department_id
    return [
        key for key, row in gathered.issues.items() if wanted in (None, row.department)
    ]


def _periods(
    context: Context, uow: UnitOfWork, gathered: Gathered
) -> tuple[PeriodFigures, ...]:
    feedbacks: Counter[dt.date] = Counter()
    for row in gathered.volumes:
        feedbacks[row.day] += row.n
    negatives = uow.summaries.complaints_by_day(
        gathered.period.last, gathered.scope.department_id
    )
    events = events_of(
        context,
        gathered.items,
        gathered.moves,
        uow.verdicts.finals(),
        feedbacks,
        negatives,
    )
    return period_figures(gathered.period, events)


def _readers(scope: Scope) -> Bilingual:
    return scope.department or words.FOR_MANAGEMENT
