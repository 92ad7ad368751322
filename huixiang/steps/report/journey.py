"""Who is heard where: the journey's touchpoints, their sources and blind spots."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence

from huixiang.reporting.facts.loop import Coverage, CoverageCell, Scope
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.steps.context import Context
from huixiang.store.queries.proof.figures import TouchpointVoices
from huixiang.store.unit_of_work import UnitOfWork

RECENT_DAYS = 90


def coverage_of(
    context: Context, uow: UnitOfWork, scope: Scope, period: ReportPeriod
) -> Coverage | None:
    """Return the coverage of the period asked for, else of the last 90 days."""
    journey = context.rulebook.journey
    if not journey.stages:
        return None
    recent = period.last - dt.timedelta(days=RECENT_DAYS - 1)
    first = scope.first or max(recent, period.first)
    rows = uow.figures.touchpoints(first, period.last)
    return Coverage(
        first=first,
        last=period.last,
        cells=tuple(_cells(context, rows)),
        n_feedbacks=sum(row.n for row in rows),
        n_unplaced=sum(row.n for row in rows if row.touchpoint not in journey.by_id),
    )


def _cells(
    context: Context, rows: Sequence[TouchpointVoices]
) -> Iterator[CoverageCell]:
    by_touchpoint = defaultdict(list)
    for row in rows:
        by_touchpoint[row.touchpoint].append(row)
    for stage in context.rulebook.journey.stages:
        for touchpoint in stage.touchpoints:
            heard = by_touchpoint[touchpoint.id]
            yield CoverageCell(
                stage_id=stage.id,
                stage=stage.name,
                touchpoint_id=touchpoint.id,
                touchpoint=touchpoint.name,
                n_feedbacks=sum(row.n for row in heard),
                n_negative=sum(row.n_negative for row in heard),
                sources=tuple(row.source for row in heard),
                last_on=max((row.last_on for row in heard), default=None),
            )
