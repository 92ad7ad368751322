"""Codings and their routes, read from the rows that keep them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import RowMapping

from huixiang.domain.coding.coding_reason import Why
from huixiang.domain.coding.stored_coding import StoredCoding
from huixiang.domain.items.route import MatchedPart, Route
from huixiang.store.codec import decode

MatchedParts = tuple[MatchedPart, ...]
REASONS = tuple[Why, ...]


def reasons_of(document: object) -> tuple[Why, ...]:
    """Return the reasons that a coding was stored with."""
    return decode(REASONS, document)


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
