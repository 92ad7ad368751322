"""Cells, columns and sheets: what the workbook is made of, before it is written."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from huixiang.domain.proof.verdict import Metric
from huixiang.domain.text import Bilingual
from huixiang.wording import figures
from huixiang.wording.report import sheets

Value = str | int | float | dt.date | Bilingual | None

COUNT = "#,##0"
SHARE = "0.0%"
DAY = "yyyy-mm-dd"
PLAIN = "General"
DECIMAL = "0.0"
LEVEL = "0.00"
SHORT = 12
"""Characters of text that stay in one line."""
RATING = "+0.00;-0.00;0.00"
POINTS = "+0.0%;-0.0%;0.0%"


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetCell:
    """A value and the number format it is shown in.

    `is_id`: it names records, for `huixiang explain`; the page links those it shows.
    """

    value: Value
    format: str = PLAIN
    is_id: bool = False

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right, with or without a figure in it."""
        return self.format not in {PLAIN, DAY}

    @property
    def is_short(self) -> bool:
        """Whether it is one word or day, which no line break may part."""
        if isinstance(self.value, str):
            return not self.is_id and len(self.value) <= SHORT
        return self.format == DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetColumn:
    """The heading of a column and how wide it stands."""

    name: Bilingual
    width: float = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One table, ready to be written; `empty` says why there is nothing in it."""

    name: Bilingual
    columns: Sequence[SheetColumn]
    rows: Sequence[Sequence[SheetCell]]
    empty: Bilingual | None = None


HEAD_LINES = 3


def column(name: Bilingual, width: float = 12) -> SheetColumn:
    """Return a column with its heading in both languages, wide enough to read it."""
    while sum(math.ceil(cell_len(each) / width) for each in (name.zh, name.en)) > (
        HEAD_LINES
    ):
        width += 1
    return SheetColumn(name=name, width=width)


def words(words: Bilingual | None) -> SheetCell:
    """Return a cell for words, empty where there are none."""
    return SheetCell(value=words)


def yes(answer: bool) -> SheetCell:
    """Return a cell that says yes, or nothing."""
    return words(sheets.YES if answer else None)


def plain(value: Value) -> SheetCell:
    """Return a cell without a number format."""
    return SheetCell(value=value)


def ids(*record_ids: str | None) -> SheetCell:
    """Return a cell that names records."""
    return SheetCell(value=", ".join(filter(None, record_ids)) or None, is_id=True)


def share(value: float | None) -> SheetCell:
    """Return a cell for a share of a whole."""
    return SheetCell(value=value, format=SHARE)


def stars(value: float | None) -> SheetCell:
    """Return a cell for a difference in stars, with its sign."""
    return SheetCell(value=value, format=RATING)


def decimal(value: float | None) -> SheetCell:
    """Return a cell for a figure with one decimal."""
    return SheetCell(value=value, format=DECIMAL)


def count(n: int | None) -> SheetCell:
    """Return a cell for how many."""
    return SheetCell(value=n, format=COUNT)


def day(on: dt.date | None) -> SheetCell:
    """Return a cell for a day."""
    return SheetCell(value=on, format=DAY)


def difference(value: float | None, metric: Metric) -> SheetCell:
    """Return a cell for a difference, with its sign."""
    return SheetCell(
        value=value, format=RATING if figures.factor(metric) == 1 else POINTS
    )


def level(value: float | None, metric: Metric) -> SheetCell:
    """Return a cell for a level of a metric."""
    return SheetCell(
        value=value, format=LEVEL if figures.factor(metric) == 1 else SHARE
    )
