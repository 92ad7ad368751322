"""One row of a file, and how a header names its cells."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.json_value import Json
from huixiang.domain.records.feedback import DAMAGE, RAW, UNREADABLE
from huixiang.domain.records.source import FieldMap, FieldRule
from huixiang.errors import UndecodableFile

MAX_COLUMNS = 1_000
N_RAW_CHARACTERS = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class FileRow:
    """The fields of one row and where it stands in its file."""

    place: str
    fields: Mapping[str, Json]


def unreadable(place: str, reason: str, raw: str) -> FileRow:
    """Return a row that keeps its place and the beginning of what stood there."""
    return FileRow(
        place=place, fields={UNREADABLE: reason, RAW: raw[:N_RAW_CHARACTERS]}
    )


def name_columns(cells: Sequence[object]) -> tuple[str, ...]:
    """Return one distinct name for each cell of a header."""
    if len(cells) > MAX_COLUMNS:
        raise UndecodableFile(
            f"its header has {len(cells)} columns, more than {MAX_COLUMNS}: "
            "check the delimiter"
        )
    names: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = str(cell).strip() if cell is not None else ""
        names.append(_distinct(name or f"column {number}", names))
    return tuple(names)


def _distinct(name: str, taken: Sequence[str]) -> str:
    candidate, count = name, 1
    while candidate in taken:
        count += 1
        candidate = f"{name} ({count})"
    return candidate


def name_cells(
    place: str,
    header: Sequence[str],
    cells: Sequence[Json],
    damage: str | None = None,
) -> FileRow:
    """Return the cells by name; cells too many keep a name, and the row says so."""
    fields: dict[str, Json] = dict(zip(header, cells, strict=False))
    for number in range(len(header) + 1, len(cells) + 1):
        fields[f"column {number}"] = cells[number - 1]
    damage = damage or _width_damage(len(cells), len(header))
    if damage is not None:
        fields[DAMAGE] = damage
    return FileRow(place=place, fields=fields)


def _width_damage(n_cells: int, n_columns: int) -> str | None:
    if n_cells == n_columns:
        return None
    kind = "too_many_cells" if n_cells > n_columns else "too_few_cells"
    return f"{kind}: {n_cells} where the header has {n_columns}"


def field_rules(fields: FieldMap) -> Iterator[tuple[str, FieldRule]]:
    """Yield each mapped field of a feedback with its rule."""
    for name in (
        "text", "occurred_at", "id", "title", "rating", "touchpoint", "unit",
        "customer", "segment",
    ):  # fmt: skip
        rule = getattr(fields, name)
        if rule is not None:
            yield name, rule
    for name, rule in fields.attributes.items():
        yield f"attributes.{name}", rule


def missing_columns(header: Sequence[str], fields: FieldMap) -> tuple[str, ...]:
    """Return the columns a source maps and the header lacks, most needed first."""
    return tuple(
        "/".join(rule.columns)
        for _, rule in field_rules(fields)
        if rule.columns
        and rule.default is None
        and not any(column in header for column in rule.columns)
    )


def check_header(header: Sequence[str], fields: FieldMap) -> None:
    """Raise UndecodableFile where a mapped column is missing: no field turns empty."""
    missing = missing_columns(header, fields)
    if not missing:
        return
    hints = [_hint(column, header) for column in missing]
    raise UndecodableFile(
        f"its header lacks {', '.join(hints)}; it has: {', '.join(header[:30])}"
    )


def _hint(column: str, header: Sequence[str]) -> str:
    close = difflib.get_close_matches(column, header, n=1, cutoff=0.5)
    return f"{column!r} (did you mean {close[0]!r}?)" if close else repr(column)
