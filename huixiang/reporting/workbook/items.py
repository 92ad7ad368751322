"""The workbook's widest sheet: an action item a row, with all a verdict rests on."""

import datetime as dt
from collections.abc import Iterable

from huixiang.domain.proof.verdict import Effect, Metric, Verdict
from huixiang.reporting import summary
from huixiang.reporting.facts.report import ItemResult, Report
from huixiang.reporting.workbook.cells import (
    Sheet,
    SheetCell,
    column,
    count,
    day,
    difference,
    level,
    plain,
    words,
    yes,
)
from huixiang.wording import figures, terms
from huixiang.wording.report import headings, sheets

ITEM_COLUMNS = (
    column(headings.ITEM, 16),
    column(headings.KIND),
    column(headings.THEME, 22),
    column(headings.TOUCHPOINT, 16),
    column(headings.UNIT, 16),
    column(headings.DEPARTMENT, 20),
    column(headings.SEVERITY),
    column(headings.STATUS, 16),
    column(headings.OPENED),
    column(headings.ACCEPTED),
    column(headings.FIX_DONE),
    column(headings.DUE),
    column(headings.ANSWER_OVERDUE, 9),
    column(headings.VERDICT, 14),
    column(headings.REASON, 26),
    column(headings.METRIC, 16),
    column(headings.EFFECT, 10),
    column(headings.INTERVAL_LOW, 10),
    column(headings.INTERVAL_HIGH, 10),
    column(headings.CAUTIOUS_ESTIMATE, 11),
    column(headings.PLAIN_VERDICT, 14),
    column(headings.PLAIN_EFFECT, 11),
    column(headings.PLAIN_LOW, 10),
    column(headings.PLAIN_HIGH, 10),
    column(headings.MEAN_BEFORE, 10),
    column(headings.MEAN_AFTER, 10),
    column(headings.N_BEFORE, 10),
    column(headings.N_AFTER, 10),
    column(headings.N_UNTREATED, 10),
    column(headings.MORE_NEEDED, 10),
    column(headings.LEVEL, 18),
    column(headings.WHY_THIS_VERDICT, 46),
    column(headings.WHY_THE_PLAIN_FIGURE_DIFFERS, 46),
    column(headings.WHY_IT_OPENED, 46),
    column(headings.ROOT_CAUSE, 36),
    column(headings.PLAYBOOK, 26),
    column(headings.ISSUE, 18),
)


def item_sheet(report: Report) -> Sheet:
    """Return the action items, one row each, with everything a verdict rests on."""
    today = figures.local_day(report.as_of, report.time_zone)
    rows = [_item_row(item, today) for item in in_order(report.items)]
    name = sheets.ACTION_ITEMS
    return Sheet(name=name, columns=ITEM_COLUMNS, rows=rows)


def in_order(items: Iterable[ItemResult]) -> list[ItemResult]:
    """Put what was judged first, one metric after the other, as a chart needs it."""
    return sorted(items, key=_place)


def _place(item: ItemResult) -> tuple[bool, str, int, str]:
    verdict = item.judged
    if verdict is None:
        return (True, "", 0, item.item_id)
    rank = summary.ATTENTION.index(verdict.kind)
    return (False, verdict.criterion.metric, rank, item.item_id)


def n_comparable(items: Iterable[ItemResult]) -> int:
    """Count the first items that one chart can show: judged by the same metric."""
    judged = [item.judged for item in in_order(items) if item.judged]
    return sum(
        verdict.criterion.metric is judged[0].criterion.metric for verdict in judged
    )


def _item_row(item: ItemResult, today: dt.date) -> list[SheetCell]:
    return [
        plain(item.item_id),
        words(terms.KINDS[item.kind]),
        words(item.theme),
        words(item.touchpoint),
        words(item.unit),
        words(item.department),
        words(terms.SEVERITIES[item.severity]),
        words(terms.STATUSES[item.status]),
        day(item.opened_on),
        day(item.accepted_on),
        day(item.resolved_on),
        day(item.due_on),
        yes(item.is_overdue(today)),
        *_verdict_cells(item),
        words(item.explanation),
        words(item.plain_explanation),
        words(item.alert),
        plain(item.root_cause),
        words(item.playbook),
        plain(item.issue_id),
    ]


N_VERDICT_CELLS = 18


def _verdict_cells(item: ItemResult) -> list[SheetCell]:
    verdict = item.judged
    if verdict is None:
        return [plain(None)] * N_VERDICT_CELLS
    metric = verdict.criterion.metric
    before_after = verdict.plain_comparison
    return [
        words(terms.VERDICTS[verdict.kind]),
        words(terms.REASONS[verdict.reason] if verdict.reason else None),
        words(terms.METRICS[metric]),
        *_effect_cells(verdict.effect, metric),
        difference(verdict.shrunk_effect, metric),
        words(terms.VERDICTS[before_after.verdict] if before_after else None),
        *_effect_cells(before_after.effect if before_after else None, metric),
        level(item.mean_before, metric),
        level(item.mean_after, metric),
        *_support_cells(verdict),
    ]


def _effect_cells(effect: Effect | None, metric: Metric) -> list[SheetCell]:
    ends = (effect.value, effect.low, effect.high) if effect else (None, None, None)
    return [difference(end, metric) for end in ends]


def _support_cells(verdict: Verdict) -> list[SheetCell]:
    return [
        count(verdict.n_before),
        count(verdict.n_after),
        count(verdict.n_controls),
        count(verdict.n_more_needed),
        words(terms.LEVELS[verdict.level_recovered]),
    ]
