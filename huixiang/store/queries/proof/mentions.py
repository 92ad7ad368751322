"""The themes that feedback surely mentions, as later codeframes call them."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    Subquery,
    func,
    or_,
    select,
    union,
)

from huixiang.domain.coding.codeframe import SURE_ENOUGH, CoderKind
from huixiang.store.tables.codeframe import ThemePartRow, ThemeSuccessionRow
from huixiang.store.tables.coding import CodingRow
from huixiang.store.tables.records import FeedbackRow


def mentions(*wanted: ColumnElement[bool]) -> Subquery:
    """Return one row for each feedback and each theme that it surely mentions.

    Themes are called what they are called now; a part of a theme that was split
    mentions the whole too, so that both series go on.
    """
    by_model = CodingRow.coder == CoderKind.MODEL
    sure = or_(~by_model, CodingRow.confidence >= SURE_ENOUGH)
    now = func.coalesce(ThemeSuccessionRow.continues_as, CodingRow.theme)
    succession = (
        ThemeSuccessionRow.codeframe_version == CodingRow.codeframe_version
    ) & (ThemeSuccessionRow.theme == CodingRow.theme)

    def of(theme: SQLColumnExpression[str]) -> Select[Any]:
        return (
            select(
                theme.label("theme"),
                CodingRow.touchpoint,
                CodingRow.unit,
                FeedbackRow.feedback_id,
                FeedbackRow.occurred_on.label("day"),
                FeedbackRow.channel,
                FeedbackRow.stars,
            )
            .select_from(CodingRow)
            .join(FeedbackRow, FeedbackRow.feedback_id == CodingRow.feedback_id)
            .outerjoin(ThemeSuccessionRow, succession)
            .where(sure, *wanted)
        )

    split = (ThemePartRow.part == now) & (CodingRow.coded_at >= ThemePartRow.since_at)
    wholes = of(ThemePartRow.whole).join(ThemePartRow, split)
    return union(of(now), wholes).subquery()
