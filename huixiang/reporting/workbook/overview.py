"""The workbook's narrower sheets: issues, departments, ledger, sources, quarantine."""

from collections.abc import Iterable

from huixiang.domain.proof.ledger import Equation
from huixiang.reporting.facts.report import (
    DepartmentResult,
    QuarantineReason,
    Report,
    SourceState,
    TopIssue,
)
from huixiang.reporting.workbook.cells import (
    SHARE,
    Sheet,
    SheetCell,
    column,
    count,
    day,
    plain,
    words,
)
from huixiang.wording import terms
from huixiang.wording.report import headings, sheets

ISSUE_COLUMNS = (
    column(headings.ISSUE, 18),
    column(headings.THEME, 28),
    column(headings.TOUCHPOINT, 16),
    column(headings.UNIT, 16),
    column(headings.RESPONSIBLE, 22),
    column(headings.NEGATIVE_MENTIONS, 14),
    column(headings.SHARE),
    column(headings.PERIOD_BEFORE),
    column(headings.CHANGE),
    column(headings.ACTION_ITEMS, 30),
)


def issue_sheet(report: Report) -> Sheet:
    """Return the issues customers mention most."""
    rows = [_issue_row(issue) for issue in report.issues]
    name = sheets.TOP_ISSUES
    return Sheet(name=name, columns=ISSUE_COLUMNS, rows=rows)


def _issue_row(issue: TopIssue) -> list[SheetCell]:
    before = issue.n_previous
    change = (issue.n_negative - before) / before if before else None
    return [
        plain(issue.issue_id),
        words(issue.theme),
        words(issue.touchpoint),
        words(issue.unit),
        words(issue.department),
        count(issue.n_negative),
        SheetCell(value=issue.share, format=SHARE),
        count(before),
        SheetCell(value=change, format="+0%;-0%;0%"),
        plain(", ".join(issue.item_ids)),
    ]


DEPARTMENT_COLUMNS = (
    column(headings.DEPARTMENT, 26),
    column(headings.OPENED),
    column(headings.ACCEPTED),
    column(headings.IN_WORK),
    column(headings.ANSWER_OVERDUE),
    column(headings.FIXED),
    column(headings.VERIFIED_IMPROVED),
    column(headings.ANSWERS_DUE),
    column(headings.ANSWERED_IN_TIME),
    column(headings.SHARE_IN_TIME),
    column(headings.NOT_MINE),
    column(headings.PING_PONG),
)


def department_sheet(report: Report) -> Sheet:
    """Return what each department was asked for, did and achieved."""
    rows = [_department_row(each) for each in report.departments]
    name = sheets.DEPARTMENTS
    return Sheet(name=name, columns=DEPARTMENT_COLUMNS, rows=rows)


def _department_row(each: DepartmentResult) -> list[SheetCell]:
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
        SheetCell(value=in_time, format=SHARE),
        count(each.n_not_mine),
        count(each.n_ping_pong),
    ]


LEDGER_COLUMNS = (
    column(headings.EQUATION, 22),
    column(headings.SCOPE, 18),
    column(headings.SIDE, 14),
    column(headings.TERM, 22),
    column(headings.RECORDS),
    column(headings.LEFT_TOTAL),
    column(headings.RIGHT_TOTAL),
    column(headings.EQUAL, 10),
)


def ledger_sheet(report: Report) -> Sheet:
    """Return every term of every equation, both totals beside it."""
    rows = [
        row for equation in report.ledger.equations for row in _equation_rows(equation)
    ]
    name = sheets.LEDGER
    return Sheet(name=name, columns=LEDGER_COLUMNS, rows=rows)


def _equation_rows(equation: Equation) -> Iterable[list[SheetCell]]:
    holds = sheets.YES if equation.holds else sheets.NO
    sides = (
        (sheets.CAME_IN, equation.left),
        (sheets.IS_NOW, equation.right),
    )
    for side, parts in sides:
        for term, n in parts:
            yield [
                words(terms.term(equation.name)),
                words(terms.scope(equation.scope)),
                words(side),
                words(terms.term(term)),
                count(n),
                count(equation.left_total),
                count(equation.right_total),
                words(holds),
            ]


SOURCE_COLUMNS = (
    column(headings.SOURCE, 22),
    column(headings.CHANNEL, 18),
    column(headings.THIS_PERIOD),
    column(headings.PERIOD_BEFORE),
    column(headings.LAST_DELIVERY),
    column(headings.SILENT_SINCE),
    column(headings.PROBLEM, 40),
)


def source_sheet(report: Report) -> Sheet:
    """Return the sources, the silent ones with their day."""
    rows = [_source_row(each) for each in report.sources]
    name = sheets.SOURCES
    return Sheet(name=name, columns=SOURCE_COLUMNS, rows=rows)


def _source_row(each: SourceState) -> list[SheetCell]:
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
    column(headings.REASON, 40),
    column(headings.RULE, 26),
    column(headings.SOURCE, 18),
    column(headings.RECORDS),
    column(headings.WAITING),
)


def quarantine_sheet(report: Report) -> Sheet:
    """Return why records were kept out."""
    rows = [_quarantine_row(each) for each in report.quarantine]
    name = sheets.QUARANTINE
    return Sheet(name=name, columns=QUARANTINE_COLUMNS, rows=rows)


def _quarantine_row(each: QuarantineReason) -> list[SheetCell]:
    return [
        words(each.message),
        plain(each.rule),
        plain(each.source),
        count(each.n),
        count(each.n_waiting),
    ]
