"""The columns that expectations can speak of: one row a draft, fixed types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from huixiang.domain.records.feedback import BOUNDS
from huixiang.intake.cleaning import comparable
from huixiang.intake.normalise import ATTRIBUTE, RecordDraft

Dtype = Literal["object", "float64", "datetime64[us, UTC]"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The values of one column; None where a draft has none."""

    dtype: Dtype
    values: Sequence[object]


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnKind:
    """How one column comes out of a draft, and what it means."""

    dtype: Dtype
    value: Callable[[RecordDraft], object]
    meaning: str


def _text(value: Callable[[RecordDraft], object], meaning: str) -> ColumnKind:
    return ColumnKind(dtype="object", value=value, meaning=meaning)


def _number(value: Callable[[RecordDraft], object], meaning: str) -> ColumnKind:
    return ColumnKind(dtype="float64", value=value, meaning=meaning)


def _bound(draft: RecordDraft, end: int) -> float | None:
    return None if draft.scale is None else BOUNDS[draft.scale][end]


COLUMNS: Mapping[str, ColumnKind] = {
    "words": _text(lambda d: d.words or None, "title and text as one"),
    "text": _text(lambda d: d.text or None, "the text"),
    "title": _text(lambda d: d.title or None, "the title"),
    "n_words": _number(
        lambda d: len(comparable(d.words)) if d.words else None,
        "letters and digits in title and text; empty where there are no words",
    ),
    "n_characters": _number(lambda d: len(d.words), "characters of title and text"),
    "occurred_at": ColumnKind(
        dtype="datetime64[us, UTC]",
        value=lambda d: d.occurred_at,
        meaning="when it happened, in UTC; empty where it cannot be read",
    ),
    "occurred_at_given": _text(
        lambda d: d.occurred_at_given, "the time as the source writes it"
    ),
    "age_days": _number(
        lambda d: d.age_days, "days before the run's business time; below 0: future"
    ),
    "rating": _number(lambda d: d.rating, "the rating, also when off its scale"),
    "rating_given": _text(
        lambda d: d.rating_given, "the rating as the source writes it"
    ),
    "rating_problem": _text(
        lambda d: d.rating_problem, "not_a_number, out_of_scale or no_scale; else empty"
    ),
    "rating_low": _number(lambda d: _bound(d, 0), "least rating of the scale"),
    "rating_high": _number(lambda d: _bound(d, 1), "greatest rating of the scale"),
    "id": _text(lambda d: d.id_given, "the source's own id of the record"),
    "channel": _text(lambda d: d.channel.value, "the channel"),
    "touchpoint": _text(lambda d: d.touchpoint, "the touchpoint"),
    "unit": _text(lambda d: d.unit, "the unit"),
    "customer": _text(lambda d: d.customer, "the customer, in clear"),
    "segment": _text(lambda d: d.segment, "the segment"),
    "damage": _text(
        lambda d: d.damage,
        "what the connector had to bend: too_many_cells, too_few_cells, quotes",
    ),
}


def columns_of(drafts: Sequence[RecordDraft]) -> dict[str, Column]:
    """Return every column, the attributes as `attributes.<name>`."""
    columns = {
        name: Column(dtype=kind.dtype, values=[kind.value(each) for each in drafts])
        for name, kind in COLUMNS.items()
    }
    names = sorted({name for each in drafts for name in each.attributes})
    for name in names:
        values = [each.attributes.get(name) for each in drafts]
        columns[ATTRIBUTE + name] = Column(dtype="object", values=values)
    return columns
