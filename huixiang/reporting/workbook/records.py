"""The rows behind the pictures: weeks of each item, and the records quoted (ids only)."""

from huixiang.reporting.facts.report import Report
from huixiang.reporting.workbook.cells import (
    Sheet,
    column,
    count,
    day,
    ids,
    level,
    words,
)
from huixiang.wording.report import headings, sheets

SERIES_COLUMNS = (
    column(headings.ITEM, 22),
    column(headings.THEME, 26),
    column(headings.WEEK_FROM),
    column(headings.DAYS),
    column(headings.FEEDBACKS),
    column(headings.THIS_ITEM),
    column(headings.UNTREATED),
)


def series_sheet(report: Report) -> Sheet:
    """Return the points of every item's chart."""
    rows = [
        [
            ids(each.item_id),
            words(each.theme),
            day(point.on),
            count(each.series_days),
            count(point.n),
            level(point.mean, each.metric),
            level(point.control, each.metric),
        ]
        for each in report.items
        for point in each.series
    ]
    return Sheet(
        name=sheets.WEEKLY_FIGURES,
        columns=SERIES_COLUMNS,
        rows=rows,
        empty=sheets.NO_ITEMS,
    )


RECORD_COLUMNS = (
    column(headings.ITEM, 22),
    column(headings.ISSUE, 22),
    column(headings.FEEDBACK, 26),
    column(headings.DAY),
    column(headings.CHANNEL, 18),
)


def record_sheet(report: Report) -> Sheet:
    """Return the records quoted; `huixiang explain ID` tells all about each."""
    rows = [
        [
            ids(each.item_id),
            ids(each.issue_id),
            ids(said.feedback_id),
            day(said.said_on),
            words(said.channel),
        ]
        for each in report.items
        for said in each.evidence
    ]
    return Sheet(
        name=sheets.RECORDS_QUOTED,
        columns=RECORD_COLUMNS,
        rows=rows,
        empty=sheets.NOTHING_QUOTED,
    )
