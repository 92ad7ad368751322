"""The rows behind the pictures: weeks of each item, and the records quoted (ids only)."""

from huixiang.domain.text import Bilingual
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

SERIES_COLUMNS = (
    column("行动项", "Item", 22),
    column("主题", "Theme", 26),
    column("从", "From"),
    column("天数", "Days"),
    column("反馈", "Feedbacks"),
    column("本项", "This item"),
    column("未整改的对照", "Untreated units"),
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
        name=Bilingual(zh="逐周数据", en="Weekly figures"),
        columns=SERIES_COLUMNS,
        rows=rows,
        empty=Bilingual(zh="还没有行动项。", en="No items yet."),
    )


RECORD_COLUMNS = (
    column("行动项", "Item", 22),
    column("问题", "Issue", 22),
    column("反馈编号", "Feedback", 26),
    column("日期", "Day"),
    column("渠道", "Channel", 18),
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
        name=Bilingual(zh="引用的原声", en="Records quoted"),
        columns=RECORD_COLUMNS,
        rows=rows,
        empty=Bilingual(zh="没有引用原声。", en="Nothing is quoted."),
    )
