"""The workbook's narrower sheets: issues, departments, ledger, sources, quarantine."""

from collections.abc import Iterable

from huixiang.domain.ledger import Equation
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.report import (
    DepartmentResult,
    QuarantineReason,
    Report,
    SourceState,
    TopIssue,
)
from huixiang.reporting.workbook.cells import (
    SHARE,
    Cell,
    Sheet,
    column,
    count,
    day,
    plain,
    words,
)
from huixiang.wording import labels

ISSUE_COLUMNS = (
    column("问题", "Issue", 18),
    column("主题", "Theme", 28),
    column("触点", "Touchpoint", 16),
    column("单元", "Unit", 16),
    column("负责部门", "Department", 22),
    column("负面提及", "Negative mentions", 14),
    column("占比", "Share"),
    column("上一期", "Period before"),
    column("变化", "Change"),
    column("行动项", "Action items", 30),
)


def issue_sheet(report: Report) -> Sheet:
    """Return the issues customers mention most."""
    rows = [_issue_row(issue) for issue in report.issues]
    name = Bilingual(zh="主要问题", en="Top issues")
    return Sheet(name=name, columns=ISSUE_COLUMNS, rows=rows)


def _issue_row(issue: TopIssue) -> list[Cell]:
    before = issue.n_previous
    change = (issue.n_negative - before) / before if before else None
    return [
        plain(issue.issue_id),
        words(issue.theme),
        words(issue.touchpoint),
        words(issue.unit),
        words(issue.department),
        count(issue.n_negative),
        Cell(value=issue.share, format=SHARE),
        count(before),
        Cell(value=change, format="+0%;-0%;0%"),
        plain(", ".join(issue.item_ids)),
    ]


DEPARTMENT_COLUMNS = (
    column("部门", "Department", 26),
    column("开单", "Opened"),
    column("接单", "Accepted"),
    column("处理中", "In work"),
    column("逾期未答", "Answer overdue"),
    column("已整改", "Fixed"),
    column("经验收改善", "Verified improved"),
    column("应答复", "Answers due"),
    column("按时答复", "Answered in time"),
    column("按时率", "Share in time"),
    column("退回非本部门", "Not mine"),
    column("来回转派", "Ping-pong"),
)


def department_sheet(report: Report) -> Sheet:
    """Return what each department was asked for, did and achieved."""
    rows = [_department_row(each) for each in report.departments]
    name = Bilingual(zh="部门", en="Departments")
    return Sheet(name=name, columns=DEPARTMENT_COLUMNS, rows=rows)


def _department_row(each: DepartmentResult) -> list[Cell]:
    in_time = each.sla_met / each.sla_due if each.sla_due else None
    return [
        words(each.department),
        count(each.n_opened),
        count(each.n_accepted),
        count(each.n_working),
        count(each.n_overdue),
        count(each.n_resolved),
        count(each.n_verified),
        count(each.sla_due),
        count(each.sla_met),
        Cell(value=in_time, format=SHARE),
        count(each.n_not_mine),
        count(each.n_ping_pong),
    ]


LEDGER_COLUMNS = (
    column("等式", "Equation", 22),
    column("范围", "Scope", 18),
    column("侧", "Side", 14),
    column("项", "Term", 22),
    column("条数", "Records"),
    column("左边合计", "Left total"),
    column("右边合计", "Right total"),
    column("相等", "Holds", 10),
)


def ledger_sheet(report: Report) -> Sheet:
    """Return every term of every equation, both totals beside it."""
    rows = [
        row for equation in report.ledger.equations for row in _equation_rows(equation)
    ]
    name = Bilingual(zh="台账", en="Ledger")
    return Sheet(name=name, columns=LEDGER_COLUMNS, rows=rows)


def _equation_rows(equation: Equation) -> Iterable[list[Cell]]:
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
                words(labels.term(equation.name)),
                words(labels.scope(equation.scope)),
                words(side),
                words(labels.term(term)),
                count(n),
                count(equation.left_total),
                count(equation.right_total),
                words(holds),
            ]


SOURCE_COLUMNS = (
    column("来源", "Source", 22),
    column("渠道", "Channel", 18),
    column("本期条数", "This period"),
    column("上一期", "Period before"),
    column("最近一次", "Last delivery"),
    column("静默始于", "Silent since"),
    column("故障", "Problem", 40),
)


def source_sheet(report: Report) -> Sheet:
    """Return the sources, the silent ones with their day."""
    rows = [_source_row(each) for each in report.sources]
    name = Bilingual(zh="来源", en="Sources")
    return Sheet(name=name, columns=SOURCE_COLUMNS, rows=rows)


def _source_row(each: SourceState) -> list[Cell]:
    return [
        plain(each.name),
        words(each.channel),
        count(each.n),
        count(each.n_previous),
        day(each.last_delivery_on),
        day(each.silent_since),
        words(each.problem),
    ]


QUARANTINE_COLUMNS = (
    column("原因", "Reason", 40),
    column("规则", "Rule", 26),
    column("来源", "Source", 18),
    column("条数", "Records"),
    column("待处理", "Waiting"),
)


def quarantine_sheet(report: Report) -> Sheet:
    """Return why records were kept out."""
    rows = [_quarantine_row(each) for each in report.quarantine]
    name = Bilingual(zh="隔离", en="Quarantine")
    return Sheet(name=name, columns=QUARANTINE_COLUMNS, rows=rows)


def _quarantine_row(each: QuarantineReason) -> list[Cell]:
    return [
        words(each.message),
        plain(each.rule),
        plain(each.source),
        count(each.n),
        count(each.n_waiting),
    ]
