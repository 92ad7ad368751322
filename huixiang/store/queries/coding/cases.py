"""What routing decides about: negative codings with their feedback, before and after."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.issue import GivenBy, IssueKey
from huixiang.domain.items.route import Route, RoutingCase
from huixiang.store.tables.coding import CodingRow, IssueRow, RouteRow
from huixiang.store.tables.items import ActionItemRow
from huixiang.store.tables.records import FeedbackRow

_CASES = select(
    CodingRow.coding_id,
    CodingRow.theme,
    CodingRow.polarity,
    CodingRow.need_tier,
    CodingRow.touchpoint,
    CodingRow.unit,
    FeedbackRow.occurred_at,
    FeedbackRow.channel,
    FeedbackRow.segment,
    FeedbackRow.stars,
    FeedbackRow.title,
    FeedbackRow.verbatim,
    FeedbackRow.attributes,
).join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unrouted:
    """A negative coding that waits for its department."""

    coding_id: str
    key: IssueKey
    occurred_at: dt.datetime
    case: RoutingCase


@dataclass(frozen=True, kw_only=True, slots=True)
class RoutedCase:
    """A routed negative coding of a feedback that has no recovery item."""

    feedback_id: str
    occurred_at: dt.datetime
    case: RoutingCase
    route: Route


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnedCase:
    """A routed negative coding, with the department that owns its issue."""

    coding_id: str
    case: RoutingCase
    owner: str
    owned_by: GivenBy


class Cases:
    """Queries about cases of routing: waiting, severe, owned."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def unrouted(self, limit: int) -> list[Unrouted]:
        """Return negative codings that are on no issue yet, oldest first."""
        rows = self._connection.execute(
            _CASES.where(
                CodingRow.polarity == Polarity.NEGATIVE,
                CodingRow.issue_id.is_(None),
                CodingRow.no_issue_reason.is_(None),
            )
            .order_by(FeedbackRow.occurred_at, CodingRow.coding_id)
            .limit(limit)
        )
        return [
            Unrouted(
                coding_id=row.coding_id,
                key=IssueKey(theme=row.theme, touchpoint=row.touchpoint, unit=row.unit),
                occurred_at=row.occurred_at,
                case=_routing_case(row),
            )
            for row in rows
        ]

    def of_coding(self, coding_id: str) -> RoutingCase:
        """Return what a coding's route was decided about."""
        return _routing_case(
            self._connection.execute(
                _CASES.where(CodingRow.coding_id == coding_id)
            ).one()
        )

    def severe(self, since: dt.datetime, until: dt.datetime) -> Sequence[RoutedCase]:
        """Return routed negative codings without a recovery item, for criticals."""
        taken = select(ActionItemRow.feedback_id).where(
            ActionItemRow.feedback_id.is_not(None)
        )
        rows = self._connection.execute(
            select(
                CodingRow.coding_id,
                CodingRow.theme,
                CodingRow.touchpoint,
                CodingRow.unit,
                CodingRow.need_tier,
                CodingRow.polarity,
                FeedbackRow.feedback_id,
                FeedbackRow.occurred_at,
                FeedbackRow.channel,
                FeedbackRow.segment,
                FeedbackRow.stars,
                FeedbackRow.title,
                FeedbackRow.verbatim,
                FeedbackRow.attributes,
                RouteRow.department,
                RouteRow.severity,
                RouteRow.sla_hours,
                RouteRow.playbook,
                RouteRow.rule,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .join(RouteRow, RouteRow.coding_id == CodingRow.coding_id)
            .where(
                FeedbackRow.occurred_at > since,
                FeedbackRow.occurred_at <= until,
                FeedbackRow.feedback_id.not_in(taken),
            )
            .order_by(FeedbackRow.occurred_at, CodingRow.coding_id)
        )
        return [_routed_case(row) for row in rows]

    def owned(self, since: dt.date) -> Sequence[OwnedCase]:
        """Return negative codings with their routes, to try other rules on them."""
        rows = self._connection.execute(
            select(
                CodingRow.coding_id,
                CodingRow.theme,
                CodingRow.polarity,
                CodingRow.need_tier,
                CodingRow.touchpoint,
                CodingRow.unit,
                FeedbackRow.channel,
                FeedbackRow.segment,
                FeedbackRow.stars,
                FeedbackRow.title,
                FeedbackRow.verbatim,
                FeedbackRow.attributes,
                IssueRow.department.label("owner"),
                IssueRow.department_by,
            )
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .join(RouteRow, RouteRow.coding_id == CodingRow.coding_id)
            .join(IssueRow, IssueRow.issue_id == CodingRow.issue_id)
            .where(FeedbackRow.occurred_on >= since)
            .order_by(CodingRow.coding_id)
        )
        return [
            OwnedCase(
                coding_id=row.coding_id,
                case=_routing_case(row),
                owner=row.owner,
                owned_by=row.department_by,
            )
            for row in rows
        ]


def _routing_case(row: Row[Any]) -> RoutingCase:
    """Return what routing decides about, from a coding joined with its feedback."""
    return RoutingCase(
        theme=row.theme,
        polarity=row.polarity,
        need_tier=row.need_tier,
        channel=row.channel,
        touchpoint=row.touchpoint,
        unit=row.unit,
        segment=row.segment,
        stars=row.stars,
        words=f"{row.title}\n{row.verbatim}" if row.title else row.verbatim,
        attributes=row.attributes,
    )


def _routed_case(row: Row[Any]) -> RoutedCase:
    return RoutedCase(
        feedback_id=row.feedback_id,
        occurred_at=row.occurred_at,
        case=_routing_case(row),
        route=Route(
            department=row.department,
            severity=row.severity,
            sla_hours=row.sla_hours,
            playbook=row.playbook,
            rule=row.rule,
            rules_version="",
        ),
    )
