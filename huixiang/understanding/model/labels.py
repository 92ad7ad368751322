"""Read labelled (or bare) rows from JSON Lines, CSV or XLSX."""

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from huixiang.domain.coding.codeframe import Polarity
from huixiang.errors import ConfigurationError
from huixiang.understanding.text.batch import RatedText

_STARS = 5
_POLARITIES = frozenset(Polarity)


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """One mention that a person marked."""

    theme: str
    polarity: str
    evidence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class LabelledRow:
    """One row of a file; `mentions` is None where the file does not speak of them."""

    id: str | int | None
    title: str
    text: str
    occurred_at: str | None = None
    rating: float | None = None
    department: str | None = None
    polarity: str | None = None
    mentions: tuple[Label, ...] | None = None

    @property
    def as_text(self) -> RatedText:
        """Title and text as one, with the rating where it is on the scale of 1 to 5."""
        words = f"{self.title}\n{self.text}" if self.title else self.text
        in_stars = self.rating is not None and 1 <= self.rating <= _STARS
        return RatedText(words=words, stars=self.rating if in_stars else None)


def read_rows(path: Path) -> list[LabelledRow]:
    """Return every row, in order; complain with file and line where one is wrong."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = ", ".join(_READERS)
        raise ConfigurationError(
            f"{path}: labelled files end in {known}; convert it to one of these"
        )
    try:
        return [_row(path, line, record) for line, record in reader(path)]
    except (OSError, UnicodeDecodeError, BadZipFile, KeyError) as error:
        raise ConfigurationError(
            f"{path}: cannot be read ({error}); it must exist, and be UTF-8 or a workbook"
        ) from error


def _read_jsonl(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield number, _parsed(path, number, line)


def _parsed(path: Path, number: int, line: str) -> Mapping[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise ConfigurationError(
            f"{path}:{number}: no JSON ({error}); one object a line"
        ) from error
    if not isinstance(record, dict):
        raise ConfigurationError(f"{path}:{number}: no JSON object; one object a line")
    return record


def _read_csv(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        for record in reader:
            yield reader.line_num, record


def read_sheet(path: Path) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Yield line and cells of every row of a workbook's first sheet, by its header."""
    from openpyxl import load_workbook

    # A read-only workbook keeps its file open until told otherwise.
    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=True)
        yield from _records(book.worksheets[0].iter_rows(values_only=True))
        book.close()


def _records(
    rows: Iterator[tuple[Any, ...]],
) -> Iterator[tuple[int, Mapping[str, Any]]]:
    names = [str(name).strip() if name is not None else "" for name in next(rows, ())]
    for number, values in enumerate(rows, start=2):
        if any(value is not None for value in values):
            yield number, dict(zip(names, values, strict=False))


_READERS = {
    ".jsonl": _read_jsonl,
    ".ndjson": _read_jsonl,
    ".csv": _read_csv,
    ".xlsx": read_sheet,
}


def _row(path: Path, line: int, record: Mapping[str, Any]) -> LabelledRow:
    if "text" not in record:
        raise ConfigurationError(
            f"{path}:{line}: no field `text`; name the column of the words so"
        )
    polarity = _word(record.get("polarity"))
    if polarity is not None and polarity not in _POLARITIES:
        raise ConfigurationError(
            f"{path}:{line}: polarity {polarity!r}; use {', '.join(Polarity)}"
        )
    return LabelledRow(
        id=record.get("id"),
        title=_word(record.get("title")) or "",
        text="" if record["text"] is None else str(record["text"]),
        occurred_at=_word(record.get("occurred_at")),
        rating=_number(path, line, record.get("rating")),
        department=_word(record.get("department")),
        polarity=polarity,
        mentions=_mentions(path, line, record.get("mentions")),
    )


def _word(value: object) -> str | None:
    if value is None:
        return None
    return str(value).strip("\r\n\t ") or None


def _number(path: Path, line: int, value: object) -> float | None:
    word = _word(value)
    if word is None:
        return None
    try:
        return float(word)
    except ValueError as error:
        raise ConfigurationError(
            f"{path}:{line}: rating {word!r} is no number"
        ) from error


def _mentions(path: Path, line: int, value: object) -> tuple[Label, ...] | None:
    if not isinstance(value, list):
        return None
    try:
        return tuple(
            Label(
                theme=each["theme"],
                polarity=Polarity(each["polarity"]),
                evidence=each.get("evidence") or "",
            )
            for each in value
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = (
            f"{path}:{line}: mentions are objects with theme and polarity ({error})"
        )
        raise ConfigurationError(message) from error
