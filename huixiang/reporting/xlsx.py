"""The report as a workbook: tables to filter, native charts, nothing that calculates."""

import io
import math
import re
import zipfile
from collections.abc import Callable, Sequence
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OfficeCell
from openpyxl.chart import BarChart, Reference
from openpyxl.chart.label import DataLabelList
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter
from rich.cells import cell_len

from huixiang.clock import UTC
from huixiang.domain.text import Bilingual
from huixiang.reporting import item_sheet, labels, numbers, sheets, summary
from huixiang.reporting.cells import COUNT, PLAIN, Cell, Column, Sheet, Value
from huixiang.reporting.model import Report

Language = Literal["zh", "en"]

SHEETS: tuple[Callable[[Report, str], Sheet], ...] = (
    item_sheet.item_sheet,
    sheets.issue_sheet,
    sheets.department_sheet,
    sheets.ledger_sheet,
    sheets.source_sheet,
    sheets.quarantine_sheet,
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

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The one time every part of the archive carries."""

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LOOKS_LIKE_FORMULA = re.compile(r"^[\s]*[=+\-@＝＋－＠\t\r]")

_HEAD = PatternFill("solid", start_color="FF1F5F8B")
_HEAD_FONT = Font(name="Calibri", bold=True, color="FFFFFFFF")
_SERIES_COLOURS = ("A9B4C0", "1F5F8B")


def render_xlsx(report: Report, *, language: Language = "zh") -> bytes:
    """Return the workbook; headings carry both languages, cells *language*."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_overview(book, report, language)
    for make in SHEETS:
        _write_sheet(book, make(report, language))
    _draw_charts(book, report)
    return _bytes(book, report)


def _both(words: Bilingual) -> str:
    return words.zh if words.zh == words.en else f"{words.zh}\n{words.en}"


def _sheet_title(words: Bilingual) -> str:
    return f"{words.zh} {words.en}"


def put(place: OfficeCell, value: Value, number_format: str = PLAIN) -> None:
    """Write a value; text stays text, whatever it looks like."""
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


def _at(page: Worksheet, down: int, at: int) -> OfficeCell:
    place = page.cell(down, at)
    if not isinstance(place, OfficeCell):
        raise TypeError("a report merges no cells")
    return place


def _writable(text: str) -> str:
    clean = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return clean if len(clean) <= LONGEST_TEXT else clean[: LONGEST_TEXT - 1] + "…"


def _write_sheet(book: Workbook, sheet: Sheet) -> None:
    page: Worksheet = book.create_sheet(_sheet_title(sheet.name))
    for at, column in enumerate(sheet.columns, start=1):
        _write_head(page, 1, at, column.name)
        page.column_dimensions[get_column_letter(at)].width = column.width
    page.row_dimensions[1].height = HEAD_HEIGHT
    for down, row in enumerate(sheet.rows, start=2):
        for at, cell in enumerate(row, start=1):
            put(_at(page, down, at), cell.value, cell.format)
        page.row_dimensions[down].height = _height(row, sheet.columns)
    page.freeze_panes = "B2"
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A1:{last}{len(sheet.rows) + 1}"
    _for_paper(page, sum(column.width for column in sheet.columns))


def _height(row: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Return the height that shows all lines; not every program finds it itself."""
    lines = [
        math.ceil(cell_len(cell.value) * ROOM / column.width)
        for cell, column in zip(row, columns, strict=True)
        if isinstance(cell.value, str)
    ]
    return min(LINE_HEIGHT * max([1, *lines]), TALLEST_ROW)


def _write_head(page: Worksheet, down: int, at: int, words: Bilingual) -> None:
    place = _at(page, down, at)
    put(place, _both(words))
    place.font, place.fill = _HEAD_FONT, _HEAD
    place.alignment = Alignment(vertical="center", wrap_text=True)


def _for_paper(page: Worksheet, width: float) -> None:
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = math.ceil(width / PAGE_WIDTH)
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"


VERDICT_ROW = 10
"""Where the overview's table of verdicts begins; charts refer to it."""

FUNNEL_ROW = 17


def _write_overview(book: Workbook, report: Report, language: Language) -> None:
    page: Worksheet = book.create_sheet(
        _sheet_title(Bilingual(zh="概览", en="Overview"))
    )
    page.column_dimensions["A"].width = 34
    for at, width in {"B": 16, "C": 16, "D": 44}.items():
        page.column_dimensions[at].width = width
    put(_at(page, 1, 1), report.title.get(language))
    page["A1"].font = Font(name="Calibri", bold=True, size=16)
    page.row_dimensions[1].height = 26
    for down, (name, value) in enumerate(_facts(report, language), start=2):
        put(_at(page, down, 1), _both(name).replace("\n", " "))
        put(_at(page, down, 2), value)
        page.cell(down, 2).alignment = Alignment(vertical="top", wrap_text=False)
    _write_verdicts(page, report, language)
    _write_funnel(page, report, language)
    _for_paper(page, PAGE_WIDTH)


def _facts(report: Report, language: Language) -> list[tuple[Bilingual, Value]]:
    period = f"{report.period.first} – {report.period.last}"
    moment = numbers.local_minute(report.as_of, report.time_zone)
    contrast = summary.contrast(report)
    return [
        (Bilingual(zh="工作区", en="Workspace"), report.workspace.get(language)),
        (Bilingual(zh="时段", en="Period"), period),
        (Bilingual(zh="截至", en="As of"), f"{moment} ({report.time_zone})"),
        (Bilingual(zh="呈送", en="For"), report.generated_for.get(language)),
        (Bilingual(zh="反馈数", en="Feedbacks"), report.n_feedbacks),
        (Bilingual(zh="结论", en="In short"), summary.headline(report).get(language)),
        (
            Bilingual(zh="前后对比", en="Naive comparison"),
            contrast.get(language) if contrast else None,
        ),
    ]


def _write_verdicts(page: Worksheet, report: Report, language: Language) -> None:
    board = summary.scoreboard(report)
    heads = (
        Bilingual(zh="结论", en="Verdict"),
        Bilingual(zh="只比前后平均", en="Plain before/after"),
        Bilingual(zh="验收", en="Verified"),
    )
    for at, words in enumerate(heads, start=1):
        _write_head(page, VERDICT_ROW, at, words)
    page.row_dimensions[VERDICT_ROW].height = HEAD_HEIGHT
    for down, kind in enumerate(summary.ORDER, start=VERDICT_ROW + 1):
        put(_at(page, down, 1), labels.VERDICTS[kind].get(language))
        put(_at(page, down, 2), board.naive[kind], COUNT)
        put(_at(page, down, 3), board.verdicts[kind], COUNT)


def _write_funnel(page: Worksheet, report: Report, language: Language) -> None:
    heads = (
        Bilingual(zh="步骤", en="Step"),
        Bilingual(zh="数量", en="Number"),
        Bilingual(zh="单位", en="Counted"),
        Bilingual(zh="其余在哪里", en="Where the rest is"),
    )
    for at, words in enumerate(heads, start=1):
        _write_head(page, FUNNEL_ROW, at, words)
    page.row_dimensions[FUNNEL_ROW].height = HEAD_HEIGHT
    for down, step in enumerate(report.funnel, start=FUNNEL_ROW + 1):
        rest = [f"{part.name.get(language)} {part.n}" for part in step.rest if part.n]
        cells = (
            Cell(value=step.name.get(language)),
            Cell(value=step.n, format=COUNT),
            Cell(value=step.counted.get(language)),
            Cell(value=", ".join(rest) or None),
        )
        for at, cell in enumerate(cells, start=1):
            put(_at(page, down, at), cell.value, cell.format)


def _draw_charts(book: Workbook, report: Report) -> None:
    overview, items, issues, departments = book.worksheets[:4]
    chart = _bars(overview, VERDICT_ROW, len(summary.ORDER), ("B", "C"))
    chart.title = "只比前后 / 验收   Naive / verified"
    overview.add_chart(chart, f"F{VERDICT_ROW}")
    if report.issues:
        chart = _bars(issues, 1, min(len(report.issues), 10), ("F",), names="B")
        chart.title = "负面提及 Negative mentions"
        issues.add_chart(chart, f"B{len(report.issues) + 4}")
    if report.departments:
        chart = _bars(departments, 1, len(report.departments), ("F", "G"))
        chart.title = "已整改 / 经验收改善   Fixed / verified improved"
        departments.add_chart(chart, f"A{len(report.departments) + 4}")
    n = item_sheet.n_comparable(report.items)
    if n:
        chart = _bars(items, 1, n, ("V", "Q"), names="C")
        chart.title = "效果：只比前后 / 验收   Effect: naive / verified"
        items.add_chart(chart, f"B{len(report.items) + 4}")


def _bars(
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


def _bytes(book: Workbook, report: Report) -> bytes:
    """Return the archive with no trace of when or where it was written."""
    moment = report.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = "Huixiang 回响"
    book.properties.title = report.title.zh
    loose = io.BytesIO()
    # Not Workbook.save: that would put the present moment over `modified`.
    ExcelWriter(book, zipfile.ZipFile(loose, "w")).save()
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(loose) as parts,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in parts.namelist():
            info = zipfile.ZipInfo(name, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, parts.read(name))
    return fixed.getvalue()
