"""The daily summaries that verdicts rest on, gathered from the store."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.proof.verdict import Metric
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.engine.design import Circumstances
from huixiang.verification.engine.panel import DailySummary, Panel


def panel_of(uow: UnitOfWork, metric: Metric, until: dt.date) -> Panel:
    """Return the panel of every issue; without any feedback one that knows no issue."""
    rows = list(panel_rows(uow, metric, until))
    return Panel.of(rows or [_nothing(until)])


def _nothing(on: dt.date) -> DailySummary:
    return DailySummary(unit="", on=on, channel="", n=0, total=0, squares=0)


def panel_rows(
    uow: UnitOfWork, metric: Metric, until: dt.date
) -> Iterator[DailySummary]:
    """Return the daily summaries of every issue: ratings, or negative mentions."""
    if metric is Metric.MEAN:
        return _rating_summaries(uow, until)
    return _negative_summaries(uow, until)


def _rating_summaries(uow: UnitOfWork, until: dt.date) -> Iterator[DailySummary]:
    known = uow.codings.issue_ids()
    for row in uow.histories.scores_by_day(until):
        yield DailySummary(
            unit=known.get(row.key, row.key.issue_id),
            on=row.day,
            channel=row.channel.value,
            n=row.n,
            total=row.total,
            squares=row.total_sq,
        )


def _negative_summaries(uow: UnitOfWork, until: dt.date) -> Iterator[DailySummary]:
    """Yield shares of complaints: of all feedback of the place, not of the theme."""
    negatives = {
        (row.issue_id, row.day, row.channel): row.n
        for row in uow.histories.negatives_by_day(until)
    }
    for part in uow.splits.negatives_of_wholes(until):
        whole = (part.issue_id, part.day, part.channel)
        negatives[whole] = negatives.get(whole, 0) + part.n
    places = defaultdict(list)
    for place in uow.histories.exposure_by_day(until):
        places[place.unit].append(place)
    for issue in uow.codings.issues().values():
        for place in places[issue.unit]:
            if place.touchpoint in (issue.touchpoint, NOWHERE):
                n = negatives.get((issue.issue_id, place.day, place.channel), 0)
                yield DailySummary(
                    unit=issue.issue_id,
                    on=place.day,
                    channel=place.channel.value,
                    n=place.n,
                    total=n,
                    squares=n,
                )


def circumstances(uow: UnitOfWork, until: dt.date) -> Circumstances:
    """Return what could make a comparison unfair, as known on *until*."""
    changes = uow.histories.coder_changes()
    volumes: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for row in uow.histories.source_volume_by_day(until):
        volumes[row.channel.value][row.day] += row.n
    return Circumstances(
        codeframe_changes=changes.codeframe,
        model_changes=changes.model,
        source_volumes=volumes,
        unit_changes=uow.histories.issue_changes(),
    )
