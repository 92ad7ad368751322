"""Codings that count: sure enough, by the names their themes have now."""

import datetime as dt
from typing import Any

from sqlalchemy import Select, func, or_, select

from huixiang.domain.coding.codeframe import SURE_ENOUGH, CoderKind
from huixiang.store.knowledge import Knowledge
from huixiang.store.tables.codeframe import ThemeSuccessionRow
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import FeedbackRow

THEME_NOW = func.coalesce(ThemeSuccessionRow.continues_as, CodingRow.theme)


def sure_codings(
    first: dt.date, until: dt.date, knowledge: Knowledge, *columns: Any
) -> Select[Any]:
    """Return a query of *columns* over feedback of these days joined to its codings.

    A model's codings below SURE_ENOUGH are left out until a person has reviewed them.
    """
    by_model = CodingRow.coder == CoderKind.MODEL
    succession = (
        ThemeSuccessionRow.codeframe_version == CodingRow.codeframe_version
    ) & (ThemeSuccessionRow.theme == CodingRow.theme)
    return (
        select(*columns)
        .select_from(CodingRow)
        .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
        .outerjoin(ThemeSuccessionRow, succession)
        .where(
            FeedbackRow.occurred_on.between(first, until),
            or_(~by_model, CodingRow.confidence >= SURE_ENOUGH),
            *knowledge.of(FeedbackRow.stored_at, CodingRow.coded_at),
        )
    )
