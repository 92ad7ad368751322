"""What openpyxl is asked for: cells that stay text, tables, native bar charts."""

import math
import re
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OfficeCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from rich.cells import cell_len

from huixiang.domain.text import Bilingual, Language
from huixiang.reporting.workbook.cells import (
    PLAIN,
    Sheet,
    SheetCell,
    SheetColumn,
    Value,
)

LONGEST_TEXT = 32_767
"""What a cell of the format can hold; openpyxl would cut without a word."""

HEAD_HEIGHT = 48
PAGE_WIDTH = 200
"""How many characters of columns go side by side on one sheet of paper."""

LINE_HEIGHT = 16
TALLEST_ROW = 400
ROOM = 1.1
"""How much wider text is set than its count of characters says."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = re.compile(r"^[\s]*[=+\-@＝＋－＠\t\r]")

_HEAD = PatternFill("solid", start_color="FF1F5F8B")
_HEAD_FONT = Font(name="Calibri", bold=True, color="FFFFFFFF")
_SERIES_COLOURS = ("A9B4C0", "1F5F8B")


def heading(words: Bilingual) -> str:
    """Write a heading: Chinese above English."""
    return words.zh if words.zh == words.en else f"{words.zh}\n{words.en}"


def sheet_title(words: Bilingual) -> str:
    """Return the name of a sheet, both languages in one line."""
    return f"{words.zh} {words.en}"


def put(
    place: OfficeCell,
    value: Value,
    number_format: str = PLAIN,
    language: Language = "zh-CN",
) -> None:
    """Write a value; text stays text, whatever it looks like."""
    if isinstance(value, Bilingual):
        value = value.get(language)
    if isinstance(value, str):
        place.value = _writable(value)
        place.data_type = "s"  # after the value: openpyxl guesses formulas and errors
        if _LOOKS_LIKE_FORMULA.match(value):
            place.quotePrefix = True
        place.alignment = Alignment(vertical="top", wrap_text=True)
        return
    place.value = value
    place.number_format = number_format
    place.alignment = Alignment(vertical="top")


def place_of(page: Worksheet, down: int, across: int) -> OfficeCell:
    """Return the cell at a place."""
    place = page.cell(down, across)
    if not isinstance(place, OfficeCell):
        raise TypeError("a report merges no cells")
    return place


def _writable(text: str) -> str:
    clean = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= LONGEST_TEXT else clean[: LONGEST_TEXT - 1] + "…"


def write_sheet(book: Workbook, sheet: Sheet, language: Language) -> None:
    """Write one table, filtered and frozen; where it is empty, why."""
    page: Worksheet = book.create_sheet(sheet_title(sheet.name))
    for across, column in enumerate(sheet.columns, start=1):
        write_head(page, 1, across, column.name)
        page.column_dimensions[get_column_letter(across)].width = column.width
    page.row_dimensions[1].height = HEAD_HEIGHT
    for down, row in enumerate(sheet.rows, start=2):
        for across, cell in enumerate(row, start=1):
            put(place_of(page, down, across), cell.value, cell.format, language)
        page.row_dimensions[down].height = _height(row, sheet.columns, language)
    if not sheet.rows and sheet.empty:
        put(place_of(page, 2, 1), sheet.empty, PLAIN, language)
        place_of(page, 2, 1).alignment = Alignment(vertical="top", wrap_text=False)
    page.freeze_panes = "B2"
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    for_paper(page, sum(column.width for column in sheet.columns))


def _height(
    row: Sequence[SheetCell], columns: Sequence[SheetColumn], language: Language
) -> float:
    """Return the height that shows all lines; not every program finds it itself."""
    lines = [
        math.ceil(cell_len(_text(cell.value, language)) * ROOM / column.width)
        for cell, column in zip(row, columns, strict=True)
    ]
    return min(LINE_HEIGHT * max([1, *lines]), TALLEST_ROW)


def _text(value: Value, language: Language) -> str:
    if isinstance(value, Bilingual):
        return value.get(language)
    return value if isinstance(value, str) else ""


def write_head(page: Worksheet, down: int, across: int, words: Bilingual) -> None:
    """Write a column's heading."""
    place = place_of(page, down, across)
    put(place, heading(words))
    place.font, place.fill = _HEAD_FONT, _HEAD
    place.alignment = Alignment(vertical="center", wrap_text=True)


def for_paper(page: Worksheet, width: float) -> None:
    """Set a sheet of *width* characters up for printing."""
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = math.ceil(width / PAGE_WIDTH)
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


def bars(
    page: Worksheet, head: int, n: int, columns: Sequence[str], names: str = "A"
) -> BarChart:
    """Return a chart of *n* rows below their heading row, one series a column."""
    chart = BarChart()
    chart.type, chart.height, chart.width = "bar", max(5.0, 2 + 0.8 * n), 19
    chart.gapWidth = 60
    chart.x_axis.scaling.orientation = "maxMin"  # first row on top, as in the table
    chart.x_axis.delete, chart.y_axis.delete = False, True
    chart.x_axis.tickLblPos = "low"
    chart.y_axis.majorGridlines = None
    for column, colour in zip(columns, _SERIES_COLOURS[-len(columns) :], strict=True):
        data = _range(page, column, head, head + n)
        chart.add_data(data, titles_from_data=True)
        chart.series[-1].graphicalProperties.solidFill = colour
        chart.series[-1].invertIfNegative = False
    chart.set_categories(_range(page, names, head + 1, head + n))
    if len(columns) == 1:
        chart.legend = None
    chart.dataLabels = DataLabelList(
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
    )
    return chart


def _range(page: Worksheet, column: str, first: int, last: int) -> Reference:
    return Reference(range_string=f"'{page.title}'!${column}${first}:${column}${last}")
