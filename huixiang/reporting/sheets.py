"""What the workbook's tables hold: one row maker and one list of columns each."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from huixiang.domain.ledger import Equation
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Effect, Metric, Verdict
from huixiang.reporting import labels, numbers, summary
from huixiang.reporting.model import (
    DepartmentResult,
    ItemResult,
    QuarantineReason,
    Report,
    SourceState,
    TopIssue,
)

Value = str | int | float | dt.date | None

COUNT = "#,##0"
SHARE = "0.0%"
DAY = "yyyy-mm-dd"
PLAIN = "General"
RATING = "+0.00;-0.00;0.00"
POINTS = "+0.0%;-0.0%;0.0%"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A value and the number format it is shown in."""

    value: Value
    format: str = PLAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The heading of a column and how wide it stands."""

    name: Bilingual
    width: float = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One table, ready to be written."""

    name: Bilingual
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def _column(zh: str, en: str, width: float = 12) -> Column:
    return Column(name=Bilingual(zh=zh, en=en), width=width)


class _In:
    """Writes cells in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def words(self, words: Bilingual | None) -> Cell:
        return Cell(value=words.get(self._language) if words else None)

    def yes(self, answer: bool) -> Cell:
        return self.words(Bilingual(zh="是", en="yes") if answer else None)


def _plain(value: Value) -> Cell:
    return Cell(value=value)


def _count(n: int | None) -> Cell:
    return Cell(value=n, format=COUNT)


def _day(day: dt.date | None) -> Cell:
    return Cell(value=day, format=DAY)


def _difference(value: float | None, metric: Metric) -> Cell:
    return Cell(value=value, format=RATING if numbers.factor(metric) == 1 else POINTS)


def _level(value: float | None, metric: Metric) -> Cell:
    return Cell(value=value, format="0.00" if numbers.factor(metric) == 1 else SHARE)


ITEM_COLUMNS = (
    _column("行动项", "Item", 16),
    _column("类型", "Kind"),
    _column("主题", "Theme", 22),
    _column("触点", "Touchpoint", 16),
    _column("单元", "Unit", 16),
    _column("部门", "Department", 20),
    _column("严重度", "Severity"),
    _column("状态", "Status", 16),
    _column("开单", "Opened"),
    _column("接单", "Accepted"),
    _column("整改完成", "Fixed"),
    _column("期限", "Due"),
    _column("逾期", "Overdue", 9),
    _column("结论", "Verdict", 14),
    _column("原因", "Reason", 26),
    _column("指标", "Metric", 16),
    _column("效果", "Effect", 10),
    _column("区间下限", "Interval low", 10),
    _column("区间上限", "Interval high", 10),
    _column("保守估计", "Cautious estimate", 11),
    _column("只比前后：结论", "Naive verdict", 14),
    _column("只比前后：效果", "Naive effect", 11),
    _column("只比前后：下限", "Naive low", 10),
    _column("只比前后：上限", "Naive high", 10),
    _column("整改前平均", "Mean before", 10),
    _column("整改后平均", "Mean after", 10),
    _column("整改前条数", "n before", 10),
    _column("整改后条数", "n after", 10),
    _column("对照单元", "Untreated units", 10),
    _column("约还需条数", "More needed", 10),
    _column("水平", "Level", 18),
    _column("结论说明", "Why this verdict", 46),
    _column("为何与前后对比不同", "Why the naive figure differs", 46),
    _column("为何开单", "Why it opened", 46),
    _column("根本原因", "Root cause", 36),
    _column("方案", "Playbook", 26),
    _column("问题", "Issue", 18),
)


def item_sheet(report: Report, language: str) -> Sheet:
    """Return the action items, one row each, with everything a verdict rests on."""
    today = numbers.local_day(report.as_of, report.time_zone)
    rows = [_item_row(item, _In(language), today) for item in in_order(report.items)]
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


def _item_row(item: ItemResult, say: _In, today: dt.date) -> list[Cell]:
    return [
        _plain(item.item_id),
        say.words(labels.KINDS[item.kind]),
        say.words(item.theme),
        say.words(item.touchpoint),
        say.words(item.unit),
        say.words(item.department),
        say.words(labels.SEVERITIES[item.severity]),
        say.words(labels.STATUSES[item.status]),
        _day(item.opened_on),
        _day(item.accepted_on),
        _day(item.resolved_on),
        _day(item.due_on),
        say.yes(item.is_overdue(today)),
        *_verdict_cells(item, say),
        say.words(item.explanation),
        say.words(item.naive_explanation),
        say.words(item.alert),
        _plain(item.root_cause),
        say.words(item.playbook),
        _plain(item.issue_id),
    ]


N_VERDICT_CELLS = 18


def _verdict_cells(item: ItemResult, say: _In) -> list[Cell]:
    verdict = item.judged
    if verdict is None:
        return [_plain(None)] * N_VERDICT_CELLS
    metric = verdict.criterion.metric
    naive = verdict.naive
    return [
        say.words(labels.VERDICTS[verdict.kind]),
        say.words(labels.REASONS[verdict.reason] if verdict.reason else None),
        say.words(labels.METRICS[metric]),
        *_effect_cells(verdict.effect, metric),
        _difference(verdict.shrunk_effect, metric),
        say.words(labels.VERDICTS[naive.verdict] if naive else None),
        *_effect_cells(naive.effect if naive else None, metric),
        _level(item.mean_before, metric),
        _level(item.mean_after, metric),
        *_support_cells(verdict, say),
    ]


def _effect_cells(effect: Effect | None, metric: Metric) -> list[Cell]:
    ends = (effect.value, effect.low, effect.high) if effect else (None, None, None)
    return [_difference(end, metric) for end in ends]


def _support_cells(verdict: Verdict, say: _In) -> list[Cell]:
    return [
        _count(verdict.n_before),
        _count(verdict.n_after),
        _count(verdict.n_controls),
        _count(verdict.n_more_needed),
        say.words(labels.LEVELS[verdict.level_recovered]),
    ]


ISSUE_COLUMNS = (
    _column("问题", "Issue", 18),
    _column("主题", "Theme", 28),
    _column("触点", "Touchpoint", 16),
    _column("单元", "Unit", 16),
    _column("负责部门", "Department", 22),
    _column("负面提及", "Negative mentions", 14),
    _column("占比", "Share"),
    _column("上一期", "Period before"),
    _column("变化", "Change"),
    _column("行动项", "Action items", 30),
)


def issue_sheet(report: Report, language: str) -> Sheet:
    """Return the issues customers mention most."""
    rows = [_issue_row(issue, _In(language)) for issue in report.issues]
    name = Bilingual(zh="主要问题", en="Top issues")
    return Sheet(name=name, columns=ISSUE_COLUMNS, rows=rows)


def _issue_row(issue: TopIssue, say: _In) -> list[Cell]:
    before = issue.n_previous
    change = (issue.n_negative - before) / before if before else None
    return [
        _plain(issue.issue_id),
        say.words(issue.theme),
        say.words(issue.touchpoint),
        say.words(issue.unit),
        say.words(issue.department),
        _count(issue.n_negative),
        Cell(value=issue.share, format=SHARE),
        _count(before),
        Cell(value=change, format="+0%;-0%;0%"),
        _plain(", ".join(issue.item_ids)),
    ]


DEPARTMENT_COLUMNS = (
    _column("部门", "Department", 26),
    _column("开单", "Opened"),
    _column("接单", "Accepted"),
    _column("处理中", "In work"),
    _column("逾期", "Overdue"),
    _column("已整改", "Fixed"),
    _column("经验收改善", "Verified improved"),
    _column("应按时", "Due"),
    _column("按时", "In time"),
    _column("按时率", "Share in time"),
    _column("退回非本部门", "Not mine"),
    _column("来回转派", "Ping-pong"),
)


def department_sheet(report: Report, language: str) -> Sheet:
    """Return what each department was asked for, did and achieved."""
    rows = [_department_row(each, _In(language)) for each in report.departments]
    name = Bilingual(zh="部门", en="Departments")
    return Sheet(name=name, columns=DEPARTMENT_COLUMNS, rows=rows)


def _department_row(each: DepartmentResult, say: _In) -> list[Cell]:
    in_time = each.sla_met / each.sla_due if each.sla_due else None
    return [
        say.words(each.department),
        _count(each.n_opened),
        _count(each.n_accepted),
        _count(each.n_working),
        _count(each.n_overdue),
        _count(each.n_resolved),
        _count(each.n_verified),
        _count(each.sla_due),
        _count(each.sla_met),
        Cell(value=in_time, format=SHARE),
        _count(each.n_not_mine),
        _count(each.n_ping_pong),
    ]


LEDGER_COLUMNS = (
    _column("等式", "Equation", 22),
    _column("范围", "Scope", 18),
    _column("侧", "Side", 14),
    _column("项", "Term", 22),
    _column("条数", "Records"),
    _column("左边合计", "Left total"),
    _column("右边合计", "Right total"),
    _column("相等", "Holds", 10),
)


def ledger_sheet(report: Report, language: str) -> Sheet:
    """Return every term of every equation, both totals beside it."""
    rows = [
        row
        for equation in report.ledger.equations
        for row in _equation_rows(equation, _In(language))
    ]
    name = Bilingual(zh="台账", en="Ledger")
    return Sheet(name=name, columns=LEDGER_COLUMNS, rows=rows)


def _equation_rows(equation: Equation, say: _In) -> Iterable[list[Cell]]:
    holds = (
        Bilingual(zh="是", en="yes") if equation.holds else Bilingual(zh="否", en="NO")
    )
    sides = (
        (Bilingual(zh="进来的", en="came in"), equation.left),
        (Bilingual(zh="现在所在", en="is now"), equation.right),
    )
    for side, terms in sides:
        for term, n in terms:
            yield [
                say.words(labels.term(equation.name)),
                say.words(labels.scope(equation.scope)),
                say.words(side),
                say.words(labels.term(term)),
                _count(n),
                _count(equation.left_total),
                _count(equation.right_total),
                say.words(holds),
            ]


SOURCE_COLUMNS = (
    _column("来源", "Source", 22),
    _column("渠道", "Channel", 18),
    _column("本期条数", "This period"),
    _column("上一期", "Period before"),
    _column("最近一次", "Last delivery"),
    _column("静默始于", "Silent since"),
    _column("故障", "Problem", 40),
)


def source_sheet(report: Report, language: str) -> Sheet:
    """Return the sources, the silent ones with their day."""
    rows = [_source_row(each, _In(language)) for each in report.sources]
    name = Bilingual(zh="来源", en="Sources")
    return Sheet(name=name, columns=SOURCE_COLUMNS, rows=rows)


def _source_row(each: SourceState, say: _In) -> list[Cell]:
    return [
        _plain(each.name),
        say.words(each.channel),
        _count(each.n),
        _count(each.n_previous),
        _day(each.last_delivery_on),
        _day(each.silent_since),
        say.words(each.problem),
    ]


QUARANTINE_COLUMNS = (
    _column("原因", "Reason", 40),
    _column("规则", "Rule", 26),
    _column("来源", "Source", 18),
    _column("条数", "Records"),
    _column("待处理", "Waiting"),
)


def quarantine_sheet(report: Report, language: str) -> Sheet:
    """Return why records were kept out."""
    rows = [_quarantine_row(each, _In(language)) for each in report.quarantine]
    name = Bilingual(zh="隔离", en="Quarantine")
    return Sheet(name=name, columns=QUARANTINE_COLUMNS, rows=rows)


def _quarantine_row(each: QuarantineReason, say: _In) -> list[Cell]:
    return [
        say.words(each.message),
        _plain(each.rule),
        _plain(each.source),
        _count(each.n),
        _count(each.n_waiting),
    ]


SHEETS: tuple[Callable[[Report, str], Sheet], ...] = (
    item_sheet,
    issue_sheet,
    department_sheet,
    ledger_sheet,
    source_sheet,
    quarantine_sheet,
)
