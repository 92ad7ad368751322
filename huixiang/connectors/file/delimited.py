"""CSV and its relatives: one stray quote must not swallow the rows after it."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from huixiang.connectors.file.encoding import Decode
from huixiang.connectors.file.lines import MAX_LINE, FileLine, read_lines
from huixiang.connectors.file.rows import (
    FileRow,
    check_header,
    name_cells,
    name_columns,
    unreadable,
)
from huixiang.domain.records.source import FieldMap
from huixiang.errors import UndecodableFile

MAX_RECORD_LINES = 500
_MIN_COLUMNS_TO_JUDGE = 3
_USUAL_DELIMITERS = (",", ";", "\t", "|")


class _DamagedLine(Exception):
    """A line within a record cannot be used."""


class _Tape:
    """Gives lines to csv.reader and remembers those of the record it is in."""

    def __init__(self, lines: Iterator[FileLine]) -> None:
        self._lines = lines
        self._again: deque[FileLine] = deque()
        self.record: list[FileLine] = []
        self._n_characters = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.record.append(line)
        self._n_characters += len(line.text)
        if line.problem is not None:
            raise _DamagedLine(line.problem)
        if len(self.record) > MAX_RECORD_LINES or self._n_characters > MAX_LINE:
            raise _DamagedLine(f"no closing quote within {len(self.record)} lines")
        return line.text

    def begin(self) -> None:
        """Forget the record before."""
        self.record = []
        self._n_characters = 0

    def take_first(self) -> FileLine:
        """Return the record's first line; those after it are given once more."""
        first, *rest = self.record
        self._again.extendleft(reversed(rest))
        return first


@dataclass(frozen=True, kw_only=True, slots=True)
class _Record:
    """The cells of one record, or the line that could not be made into cells."""

    line: FileLine
    cells: Sequence[str] | None
    damage: str | None = None
    reason: str = ""


def read_delimited(
    stream: IO[bytes], decode: Decode, delimiter: str, fields: FieldMap
) -> Iterator[FileRow]:
    """Yield every row below the header, each named by the line it begins on."""
    tape = _Tape(read_lines(stream, decode))
    header = _read_header(tape, delimiter)
    check_header(header, fields)
    for record in _records(tape, delimiter, len(header)):
        place = str(record.line.number)
        if record.cells is None:
            yield unreadable(place, record.reason, record.line.text.rstrip("\r\n"))
        elif any(cell.strip() for cell in record.cells):
            yield name_cells(place, header, record.cells, record.damage)


def _read_header(tape: _Tape, delimiter: str) -> tuple[str, ...]:
    record = next(_records(tape, delimiter, None), None)
    if record is None:
        raise UndecodableFile("it is empty: not even a header")
    if record.cells is None:
        raise UndecodableFile(f"its header cannot be read: {record.reason}")
    _check_delimiter(record.cells, delimiter)
    return name_columns(record.cells)


def _check_delimiter(cells: Sequence[str], delimiter: str) -> None:
    if len(cells) > 1:
        return
    for other in _USUAL_DELIMITERS:
        if other != delimiter and other in cells[0]:
            raise UndecodableFile(
                f"its header has no {delimiter!r} but {cells[0].count(other)} {other!r}:"
                f" set delimiter: {other!r}"
            )


def _records(tape: _Tape, delimiter: str, n_columns: int | None) -> Iterator[_Record]:
    reader = csv.reader(tape, delimiter=delimiter, strict=True)
    while True:
        tape.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except (csv.Error, _DamagedLine) as error:
            yield _recover(tape.take_first(), str(error), delimiter, n_columns)
            continue
        if len(tape.record) > 1 and _swallowed(tape.record, delimiter, n_columns):
            reason = (
                f"a quote is open over {len(tape.record)} lines that look like rows"
            )
            yield _recover(tape.take_first(), reason, delimiter, n_columns)
        elif cells:
            yield _Record(line=tape.record[0], cells=cells)


def _swallowed(
    record: Sequence[FileLine], delimiter: str, n_columns: int | None
) -> bool:
    """Say whether lines inside a quoted cell are rows themselves."""
    if n_columns is None or n_columns < _MIN_COLUMNS_TO_JUDGE:
        return False
    inner = record[1:-1]
    n_rows = sum(
        '"' not in line.text and line.text.count(delimiter) == n_columns - 1
        for line in inner
    )
    return n_rows * 2 > len(inner)


def _recover(
    line: FileLine, reason: str, delimiter: str, n_columns: int | None
) -> _Record:
    """Read a line with unbalanced quotes literally, where that gives every cell."""
    reason = line.problem or f"quotes: {reason}"
    if line.problem is None and n_columns is not None:
        literal = csv.reader((line.text,), delimiter=delimiter, quoting=csv.QUOTE_NONE)
        cells = _first(literal)
        if len(cells) == n_columns:
            damage = f"quotes: read as they stand ({reason.removeprefix('quotes: ')})"
            return _Record(line=line, cells=cells, damage=damage)
    return _Record(line=line, cells=None, reason=reason)


def _first(reader: Iterator[list[str]]) -> list[str]:
    try:
        return next(reader, [])
    except csv.Error:
        return []
