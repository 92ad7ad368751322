"""Codings and their routes, read from the rows that keep them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping, select

from huixiang.domain.coding import StoredCoding
from huixiang.domain.coding_reason import Why
from huixiang.domain.route import MatchedPart, Route, RoutingCase
from huixiang.store.codec import decode
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import FeedbackRow

MatchedParts = tuple[MatchedPart, ...]
REASONS = tuple[Why, ...]


CASES = select(
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


def reasons_of(document: object) -> tuple[Why, ...]:
    """Return the reasons that a coding was stored with."""
    return decode(REASONS, document)


def routing_case(row: Any) -> RoutingCase:
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


def stored_route(row: Mapping[str, Any] | RowMapping) -> Route:
    """Return the route of a row that holds a coding's route."""
    return Route(
        department=row["department"],
        severity=row["severity"],
        sla_hours=row["sla_hours"],
        playbook=row["playbook"],
        rule=row["rule"],
        rules_version=row["rules_version"],
        matched=decode(MatchedParts, row["matched"]),
        losing=tuple(row["losing"]),
    )


def stored_coding(row: RowMapping) -> StoredCoding:
    """Return a row as the coding it keeps, without its route."""
    return StoredCoding(**{**row, "reasons": reasons_of(row["reasons"])})
