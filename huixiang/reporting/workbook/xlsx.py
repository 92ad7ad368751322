"""The report as a workbook: tables to filter, native charts, nothing that calculates."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from huixiang.clock import UTC
from huixiang.domain.text import Bilingual, Language
from huixiang.reporting import summary
from huixiang.reporting.facts.report import Report
from huixiang.reporting.workbook import assurance as sheets_assurance
from huixiang.reporting.workbook import items as item_sheet
from huixiang.reporting.workbook import loop as sheets_loop
from huixiang.reporting.workbook import overview as overview_sheets
from huixiang.reporting.workbook import records as sheets_records
from huixiang.reporting.workbook import voices as sheets_voices
from huixiang.reporting.workbook.cells import COUNT, Sheet, SheetCell, Value
from huixiang.reporting.workbook.office import (
    HEAD_HEIGHT,
    PAGE_WIDTH,
    bars,
    for_paper,
    heading,
    place_of,
    put,
    sheet_title,
    write_head,
    write_sheet,
)
from huixiang.wording import figures, terms
from huixiang.wording.report import headings, overview, sheets

SHEETS: tuple[Callable[[Report], Sheet], ...] = (
    item_sheet.item_sheet,
    overview_sheets.issue_sheet,
    overview_sheets.department_sheet,
    sheets_loop.scorecard_sheet,
    sheets_loop.service_sheet,
    sheets_loop.transfer_sheet,
    sheets_loop.period_sheet,
    sheets_loop.goal_sheet,
    sheets_loop.coverage_sheet,
    sheets_voices.emotion_sheet,
    sheets_voices.driver_sheet,
    sheets_voices.need_sheet,
    sheets_voices.effort_sheet,
    sheets_voices.hot_sheet,
    sheets_voices.emerging_sheet,
    sheets_assurance.foresight_sheet,
    sheets_assurance.neighbour_sheet,
    sheets_assurance.follow_up_sheet,
    sheets_loop.maturity_sheet,
    sheets_assurance.model_sheet,
    sheets_assurance.bridge_sheet,
    sheets_records.series_sheet,
    sheets_records.record_sheet,
    overview_sheets.ledger_sheet,
    overview_sheets.source_sheet,
    overview_sheets.quarantine_sheet,
)

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The one time every part of the archive carries."""


def render_xlsx(report: Report, *, language: Language = "zh-CN") -> bytes:
    """Return the workbook; headings carry both languages, cells *language*."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _write_overview(book, report, language)
    made = {sheet.name.en: sheet for sheet in (make(report) for make in SHEETS)}
    for sheet in made.values():
        write_sheet(book, sheet, language)
    _draw_charts(book, report, made)
    return _bytes(book, report)


VERDICT_ROW = 10
"""Where the overview's table of verdicts begins; charts refer to it."""

FUNNEL_ROW = 17


def _write_overview(book: Workbook, report: Report, language: Language) -> None:
    page: Worksheet = book.create_sheet(sheet_title(sheets.OVERVIEW))
    page.column_dimensions["A"].width = 34
    for at, width in {"B": 16, "C": 16, "D": 44}.items():
        page.column_dimensions[at].width = width
    put(place_of(page, 1, 1), report.title.get(language))
    page["A1"].font = Font(name="Calibri", bold=True, size=16)
    page.row_dimensions[1].height = 26
    for down, (name, value) in enumerate(_facts(report, language), start=2):
        put(place_of(page, down, 1), heading(name).replace("\n", " "))
        put(place_of(page, down, 2), value)
        page.cell(down, 2).alignment = Alignment(vertical="top", wrap_text=False)
    _write_verdicts(page, report, language)
    _write_funnel(page, report, language)
    for_paper(page, PAGE_WIDTH)


def _facts(report: Report, language: Language) -> list[tuple[Bilingual, Value]]:
    period = f"{report.period.first} – {report.period.last}"
    moment = figures.local_minute(report.as_of, report.time_zone)
    contrast = summary.contrast(report)
    return [
        (overview.WORKSPACE, report.workspace.get(language)),
        (headings.PERIOD, period),
        (overview.AS_OF, f"{moment} ({report.time_zone})"),
        (overview.FOR, report.generated_for.get(language)),
        (overview.FEEDBACKS, report.n_feedbacks),
        (overview.IN_SHORT, summary.headline(report).get(language)),
        (
            overview.PLAIN_COMPARISON,
            contrast.get(language) if contrast else None,
        ),
    ]


def _write_verdicts(page: Worksheet, report: Report, language: Language) -> None:
    board = summary.scoreboard(report)
    heads = (
        headings.VERDICT,
        headings.PLAIN_BEFORE_AFTER,
        overview.VERIFIED,
    )
    for at, words in enumerate(heads, start=1):
        write_head(page, VERDICT_ROW, at, words)
    page.row_dimensions[VERDICT_ROW].height = HEAD_HEIGHT
    for down, kind in enumerate(summary.ORDER, start=VERDICT_ROW + 1):
        put(place_of(page, down, 1), terms.VERDICTS[kind].get(language))
        put(place_of(page, down, 2), board.plain[kind], COUNT)
        put(place_of(page, down, 3), board.verdicts[kind], COUNT)


def _write_funnel(page: Worksheet, report: Report, language: Language) -> None:
    heads = (
        overview.STEP,
        overview.NUMBER,
        overview.COUNTED,
        overview.WHERE_THE_REST_IS,
    )
    for at, words in enumerate(heads, start=1):
        write_head(page, FUNNEL_ROW, at, words)
    page.row_dimensions[FUNNEL_ROW].height = HEAD_HEIGHT
    for down, step in enumerate(report.funnel, start=FUNNEL_ROW + 1):
        rest = [f"{part.name.get(language)} {part.n}" for part in step.rest if part.n]
        cells = (
            SheetCell(value=step.name.get(language)),
            SheetCell(value=step.n, format=COUNT),
            SheetCell(value=step.counted.get(language)),
            SheetCell(value=", ".join(rest) or None),
        )
        for at, cell in enumerate(cells, start=1):
            put(place_of(page, down, at), cell.value, cell.format)


@dataclass(frozen=True, kw_only=True, slots=True)
class NativeChart:
    """Which columns of a sheet (English headings) the workbook draws, and how many rows."""

    sheet: str
    title: Bilingual
    names: str
    columns: tuple[str, ...]
    n: Callable[[Report], int | None] = lambda _: None


NATIVE_CHARTS = (
    NativeChart(
        sheet="Action items",
        title=overview.PLAIN_AND_VERIFIED_EFFECT,
        names="Theme",
        columns=("Plain effect", "Effect"),
        n=lambda report: item_sheet.n_comparable(report.items),
    ),
    NativeChart(
        sheet="Top issues",
        title=headings.NEGATIVE_MENTIONS,
        names="Theme",
        columns=("Negative mentions",),
    ),
    NativeChart(
        sheet="Departments",
        title=overview.FIXED_AND_VERIFIED,
        names="Department",
        columns=("Fixed", "Verified improved"),
    ),
    NativeChart(
        sheet="Periods",
        title=overview.FIX_DONE_AND_VERIFIED,
        names="Period",
        columns=("Fixed", "Verified improved"),
    ),
    NativeChart(
        sheet="Drivers",
        title=overview.INFLUENCE_ON_RATING,
        names="Theme",
        columns=("Importance (stars)",),
    ),
    NativeChart(
        sheet="Emotion",
        title=overview.EMOTION,
        names="Touchpoint",
        columns=("Emotion (−1 to 1)",),
    ),
)

MOST_BARS = 20


def _draw_charts(book: Workbook, report: Report, made: dict[str, Sheet]) -> None:
    first = book.worksheets[0]
    chart = bars(first, VERDICT_ROW, len(summary.ORDER), ("B", "C"))
    chart.title = _in_one_line(overview.PLAIN_AND_VERIFIED)
    first.add_chart(chart, f"F{VERDICT_ROW}")
    for wanted in NATIVE_CHARTS:
        _draw_native(book, report, made[wanted.sheet], wanted)


def _in_one_line(title: Bilingual) -> str:
    return f"{title.zh}   {title.en}"


def _draw_native(
    book: Workbook, report: Report, sheet: Sheet, wanted: NativeChart
) -> None:
    n = wanted.n(report)
    n = min(len(sheet.rows) if n is None else n, MOST_BARS)
    if not n:
        return
    letters = {
        column.name.en: get_column_letter(across)
        for across, column in enumerate(sheet.columns, start=1)
    }
    title = sheet_title(sheet.name)
    page = next(page for page in book.worksheets if page.title == title)
    columns = tuple(letters[name] for name in wanted.columns)
    chart = bars(page, 1, n, columns, names=letters[wanted.names])
    chart.title = _in_one_line(wanted.title)
    page.add_chart(chart, f"B{len(sheet.rows) + 4}")


def _bytes(book: Workbook, report: Report) -> bytes:
    """Return the archive with no trace of when or where it was written."""
    moment = report.as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    book.properties.created = book.properties.modified = moment
    book.properties.creator = overview.CREATOR
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
