"""Cells, columns and sheets: what the workbook is made of, before it is written."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Metric
from huixiang.reporting import numbers

Value = str | int | float | dt.date | None

COUNT = "#,##0"
SHARE = "0.0%"
DAY = "yyyy-mm-dd"
PLAIN = "General"
RATING = "+0.00;-0.00;0.00"
POINTS = "+0.0%;-0.0%;0.0%"


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A value and the number format it is shown in."""

    value: Value
    format: str = PLAIN


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """The heading of a column and how wide it stands."""

    name: Bilingual
    width: float = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One table, ready to be written."""

    name: Bilingual
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]


def column(zh: str, en: str, width: float = 12) -> Column:
    """Return a column with its heading in both languages."""
    return Column(name=Bilingual(zh=zh, en=en), width=width)


class Words:
    """Writes cells in one language."""

    def __init__(self, language: str) -> None:
        self._language = language

    def words(self, words: Bilingual | None) -> Cell:
        """Return a cell for words, empty where there are none."""
        return Cell(value=words.get(self._language) if words else None)

    def yes(self, answer: bool) -> Cell:
        """Return a cell that says yes, or nothing."""
        return self.words(Bilingual(zh="是", en="yes") if answer else None)


def plain(value: Value) -> Cell:
    """Return a cell without a number format."""
    return Cell(value=value)


def count(n: int | None) -> Cell:
    """Return a cell for how many."""
    return Cell(value=n, format=COUNT)


def day(on: dt.date | None) -> Cell:
    """Return a cell for a day."""
    return Cell(value=on, format=DAY)


def difference(value: float | None, metric: Metric) -> Cell:
    """Return a cell for a difference, with its sign."""
    return Cell(value=value, format=RATING if numbers.factor(metric) == 1 else POINTS)


def level(value: float | None, metric: Metric) -> Cell:
    """Return a cell for a level of a metric."""
    return Cell(value=value, format="0.00" if numbers.factor(metric) == 1 else SHARE)
