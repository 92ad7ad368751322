"""XLSX: judged by its table of contents before a byte of it is unpacked."""

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO, Any

from huixiang.connectors.file.rows import (
    FileRow,
    check_header,
    missing_columns,
    name_cells,
    name_columns,
)
from huixiang.domain.records.source import FieldMap
from huixiang.errors import UndecodableFile

MAX_UNPACKED = 400_000_000
MAX_RATIO = 150
MAX_MEMBERS = 5_000
_SMALL = 5_000_000
_N_ROWS_BEFORE_HEADER = 10

_Cells = Sequence[Any]


def check_bomb(stream: IO[bytes]) -> None:
    """Raise UndecodableFile for an archive that would unpack to far more than it is."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UndecodableFile(
            f"it is no complete .xlsx file ({error}): save and deliver it again"
        ) from error
    finally:
        stream.seek(0)
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > MAX_MEMBERS or unpacked > MAX_UNPACKED:
        raise UndecodableFile(
            f"it would unpack to {len(members)} parts and {unpacked:,} bytes: split it"
        )
    if unpacked > _SMALL and unpacked > MAX_RATIO * packed:
        raise UndecodableFile(
            f"it would unpack to {unpacked // packed} times its size: it looks made to "
            "exhaust the memory; save it as CSV if it is genuine"
        )
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise UndecodableFile("it is an archive but no .xlsx workbook")


def read_workbook(stream: IO[bytes], fields: FieldMap) -> Iterator[FileRow]:
    """Yield the rows of every visible sheet that has the mapped columns."""
    check_bomb(stream)
    book = _open(stream)
    try:
        sheets = [each for each in book.worksheets if each.sheet_state == "visible"]
        usable = [each for each in sheets if _has_columns(each, fields)]
        if not usable:
            _explain(sheets, fields)
        for sheet in usable:
            yield from _read_sheet(sheet, fields, with_name=len(usable) > 1)
    finally:
        book.close()


def _open(stream: IO[bytes]) -> Any:
    import openpyxl

    # openpyxl warns of styles and extensions it drops; we read values only.
    warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")
    try:
        return openpyxl.load_workbook(stream, read_only=True, data_only=True)
    except Exception as error:
        raise UndecodableFile(
            f"openpyxl cannot read it ({type(error).__name__}: {error}): "
            "save it again as .xlsx or CSV"
        ) from error


def _has_columns(sheet: Any, fields: FieldMap) -> bool:
    return _find_header(sheet, fields) is not None


def _find_header(sheet: Any, fields: FieldMap) -> int | None:
    """Return the row of the header; a title may stand above it."""
    for number, cells in islice(_rows(sheet), _N_ROWS_BEFORE_HEADER):
        names = name_columns(cells)
        if not missing_columns(names, fields):
            return number
    return None


def _explain(sheets: Sequence[Any], fields: FieldMap) -> None:
    """Raise UndecodableFile that says what the first filled row lacks."""
    for sheet in sheets:
        for _, cells in islice(_rows(sheet), 1):
            check_header(name_columns(cells), fields)
    raise UndecodableFile("it has no visible sheet with a header")


def _read_sheet(sheet: Any, fields: FieldMap, *, with_name: bool) -> Iterator[FileRow]:
    header_row = _find_header(sheet, fields)
    header: tuple[str, ...] = ()
    for number, cells in _rows(sheet):
        if number == header_row:
            header = name_columns(cells)
        elif header:
            place = f"{sheet.title}!{number}" if with_name else str(number)
            padded = (*cells, *(None,) * (len(header) - len(cells)))
            yield name_cells(place, header, padded)


def _rows(sheet: Any) -> Iterator[tuple[int, _Cells]]:
    """Yield the rows that are not empty, without the empty cells at their ends."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    rows = sheet.iter_rows(values_only=True)
    number = 0
    while True:
        try:
            values = next(rows, None)
        except Exception as error:
            raise UndecodableFile(
                f"sheet {sheet.title!r} breaks off after row {number} "
                f"({type(error).__name__}): save and deliver it again"
            ) from error
        if values is None:
            return
        number += 1
        cells = _trimmed([_plain(value) for value in values])
        if cells:
            yield number, cells


def _trimmed(cells: list[Any]) -> list[Any]:
    while cells and cells[-1] in (None, ""):
        cells.pop()
    return cells


def _plain(value: Any) -> Any:
    """Return what JSON can hold; dates and times as ISO."""
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return str(value)
    return value
