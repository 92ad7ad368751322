"""The workbook's widest sheet: an action item a row, with all a verdict rests on."""

import datetime as dt
from collections.abc import Iterable

from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Effect, Metric, Verdict
from huixiang.reporting import numbers, summary
from huixiang.reporting.facts.report import ItemResult, Report
from huixiang.reporting.workbook.cells import (
    Cell,
    Sheet,
    column,
    count,
    day,
    difference,
    level,
    plain,
    words,
    yes,
)
from huixiang.wording import labels

ITEM_COLUMNS = (
    column("行动项", "Item", 16),
    column("类型", "Kind"),
    column("主题", "Theme", 22),
    column("触点", "Touchpoint", 16),
    column("单元", "Unit", 16),
    column("部门", "Department", 20),
    column("严重度", "Severity"),
    column("状态", "Status", 16),
    column("开单", "Opened"),
    column("接单", "Accepted"),
    column("整改完成", "Fixed"),
    column("期限", "Due"),
    column("逾期未答", "Answer overdue", 9),
    column("结论", "Verdict", 14),
    column("原因", "Reason", 26),
    column("指标", "Metric", 16),
    column("效果", "Effect", 10),
    column("区间下限", "Interval low", 10),
    column("区间上限", "Interval high", 10),
    column("保守估计", "Cautious estimate", 11),
    column("只比前后：结论", "Naive verdict", 14),
    column("只比前后：效果", "Naive effect", 11),
    column("只比前后：下限", "Naive low", 10),
    column("只比前后：上限", "Naive high", 10),
    column("整改前平均", "Mean before", 10),
    column("整改后平均", "Mean after", 10),
    column("整改前条数", "n before", 10),
    column("整改后条数", "n after", 10),
    column("对照单元", "Untreated units", 10),
    column("约还需条数", "More needed", 10),
    column("水平", "Level", 18),
    column("结论说明", "Why this verdict", 46),
    column("为何与前后对比不同", "Why the naive figure differs", 46),
    column("为何开单", "Why it opened", 46),
    column("根本原因", "Root cause", 36),
    column("方案", "Playbook", 26),
    column("问题", "Issue", 18),
)


def item_sheet(report: Report) -> Sheet:
    """Return the action items, one row each, with everything a verdict rests on."""
    today = numbers.local_day(report.as_of, report.time_zone)
    rows = [_item_row(item, today) for item in in_order(report.items)]
    name = Bilingual(zh="行动项", en="Action items")
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


def _item_row(item: ItemResult, today: dt.date) -> list[Cell]:
    return [
        plain(item.item_id),
        words(labels.KINDS[item.kind]),
        words(item.theme),
        words(item.touchpoint),
        words(item.unit),
        words(item.department),
        words(labels.SEVERITIES[item.severity]),
        words(labels.STATUSES[item.status]),
        day(item.opened_on),
        day(item.accepted_on),
        day(item.resolved_on),
        day(item.due_on),
        yes(item.is_overdue(today)),
        *_verdict_cells(item),
        words(item.explanation),
        words(item.naive_explanation),
        words(item.alert),
        plain(item.root_cause),
        words(item.playbook),
        plain(item.issue_id),
    ]


N_VERDICT_CELLS = 18


def _verdict_cells(item: ItemResult) -> list[Cell]:
    verdict = item.judged
    if verdict is None:
        return [plain(None)] * N_VERDICT_CELLS
    metric = verdict.criterion.metric
    naive = verdict.naive
    return [
        words(labels.VERDICTS[verdict.kind]),
        words(labels.REASONS[verdict.reason] if verdict.reason else None),
        words(labels.METRICS[metric]),
        *_effect_cells(verdict.effect, metric),
        difference(verdict.shrunk_effect, metric),
        words(labels.VERDICTS[naive.verdict] if naive else None),
        *_effect_cells(naive.effect if naive else None, metric),
        level(item.mean_before, metric),
        level(item.mean_after, metric),
        *_support_cells(verdict),
    ]


def _effect_cells(effect: Effect | None, metric: Metric) -> list[Cell]:
    ends = (effect.value, effect.low, effect.high) if effect else (None, None, None)
    return [difference(end, metric) for end in ends]


def _support_cells(verdict: Verdict) -> list[Cell]:
    return [
        count(verdict.n_before),
        count(verdict.n_after),
        count(verdict.n_controls),
        count(verdict.n_more_needed),
        words(labels.LEVELS[verdict.level_recovered]),
    ]
