"""Series that go on although their theme was split: the whole, and the parts' past."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from huixiang.domain.records.feedback import Channel
from huixiang.store.codec import facts_of
from huixiang.store.tables.codeframe import ThemePartRow
from huixiang.store.tables.coding import CodingRow, IssueRow
from huixiang.store.tables.records import FeedbackRow


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeComplaints:
    """Complaints of one day and channel that count for an issue by a part of its theme."""

    issue_id: str
    day: dt.date
    channel: Channel
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class PartPast:
    """Complaints of a whole theme on one day, of which `share` are the part's."""

    part: str
    share: float
    touchpoint: str
    unit: str
    day: dt.date
    n: int


class Splits:
    """Counts over themes that were split off others."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def negatives_of_wholes(self, until: dt.date) -> Sequence[WholeComplaints]:
        """Return the complaints of issues whose theme was split since, day by day.

        What complains of a part complains of the whole, so its series goes on.
        """
        keys = (IssueRow.issue_id, FeedbackRow.occurred_on, FeedbackRow.channel)
        n = func.count(func.distinct(CodingRow.feedback_id)).label("n")
        return facts_of(
            WholeComplaints,
            self._connection.execute(
                select(
                    IssueRow.issue_id,
                    FeedbackRow.occurred_on.label("day"),
                    FeedbackRow.channel,
                    n,
                )
                .select_from(CodingRow)
                .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
                .join(
                    ThemePartRow,
                    (ThemePartRow.part == CodingRow.theme)
                    & (CodingRow.coded_at >= ThemePartRow.since_at),
                )
                .join(
                    IssueRow,
                    (IssueRow.theme == ThemePartRow.whole)
                    & (IssueRow.touchpoint == CodingRow.touchpoint)
                    & (IssueRow.unit == CodingRow.unit),
                )
                .where(
                    CodingRow.issue_id.is_not(None), FeedbackRow.occurred_on <= until
                )
                .group_by(*keys)
                .order_by(*keys)
            ),
        )

    def negatives_before_split(self, until: dt.date) -> Sequence[PartPast]:
        """Return the complaints of wholes before their split, for each part of them."""
        keys = (
            ThemePartRow.part,
            ThemePartRow.share,
            CodingRow.touchpoint,
            CodingRow.unit,
            FeedbackRow.occurred_on,
        )
        n = func.count(func.distinct(CodingRow.feedback_id)).label("n")
        return facts_of(
            PartPast,
            self._connection.execute(
                select(
                    ThemePartRow.part,
                    ThemePartRow.share,
                    CodingRow.touchpoint,
                    CodingRow.unit,
                    FeedbackRow.occurred_on.label("day"),
                    n,
                )
                .select_from(CodingRow)
                .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
                .join(
                    ThemePartRow,
                    (ThemePartRow.whole == CodingRow.theme)
                    & (CodingRow.coded_at < ThemePartRow.since_at),
                )
                .where(
                    CodingRow.issue_id.is_not(None),
                    ThemePartRow.share.is_not(None),
                    FeedbackRow.occurred_on <= until,
                )
                .group_by(*keys)
                .order_by(*keys)
            ),
        )
