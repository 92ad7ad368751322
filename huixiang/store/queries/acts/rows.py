"""Rows of acts, each with what became of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from huixiang.domain.acts.act import Settlement
from huixiang.store.queries.acts.chain import document_bytes
from huixiang.store.tables.acts import ActOutcomeRow, ActRow

_ACT = [column for column in ActRow.__table__.columns if column.name != "salt"]
_OUTCOME = [
    column.label(f"outcome_{column.name}") for column in ActOutcomeRow.__table__.columns
]


def act_rows(*more: Any) -> Select[Any]:
    """Return a query of acts with their outcomes, and of *more* columns."""
    return (
        select(*_ACT, *more, *_OUTCOME)
        .select_from(ActRow)
        .outerjoin(ActOutcomeRow, ActOutcomeRow.act_id == ActRow.act_id)
    )


def settlement_of(row: Mapping[Any, Any]) -> Settlement | None:
    """Return what became of an act; None: it waits."""
    if row["outcome_act_id"] is None:
        return None
    return Settlement(
        outcome=row["outcome_outcome"],
        reason=row["outcome_reason"],
        facts=row["outcome_facts"],
        settled_at=row["outcome_settled_at"],
        run_id=row["outcome_run_id"],
        item_id=row["outcome_item_id"],
    )


def bytes_of(document: object) -> bytes | None:
    """Return what is hashed of a document, if there is one."""
    return None if document is None else document_bytes(document)
