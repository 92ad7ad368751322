"""The workbook opens as tables and charts, never as formulas, always the same."""

import datetime as dt
import io
import re
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.text import Bilingual
from huixiang.reporting.workbook import items as item_sheet
from huixiang.reporting.workbook.office import LONGEST_TEXT, put
from huixiang.reporting.workbook.xlsx import SHEETS, render_xlsx


def _open(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _blank() -> Any:
    return openpyxl.Workbook().worksheets[0].cell(1, 1)


@pytest.fixture(scope="module")
def book(make_report):
    return _open(render_xlsx(make_report()))


def _column(page: Any, heading: str) -> int:
    heads = [str(cell.value) for cell in page[1]]
    return next(at for at, head in enumerate(heads, 1) if head.endswith("\n" + heading))


def test_there_is_a_sheet_for_each_part_of_the_report(book):
    assert [name.split(" ", 1)[1] for name in book.sheetnames] == [
        "Overview",
        "Action items",
        "Top issues",
        "Departments",
        "Scorecards",
        "Service levels",
        "Ping-pong",
        "Periods",
        "Goals",
        "Coverage",
        "Emotion",
        "Drivers",
        "Need tiers",
        "Expectation and effort",
        "Hot issues",
        "Emerging",
        "Power",
        "Side effects",
        "Follow-up survey",
        "Maturity",
        "Models",
        "Codeframe bridge",
        "Weekly figures",
        "Records quoted",
        "Ledger",
        "Sources",
        "Quarantine",
    ]


def test_headings_carry_both_languages_and_stay_in_view(book):
    for page in book.worksheets[1:]:
        heads = [cell.value for cell in page[1]]
        assert all(
            re.search(r"[一-鿿].*\n.*[A-Za-z]", head, re.DOTALL) for head in heads
        )
        assert page.freeze_panes == "B2"


@pytest.mark.parametrize("make", SHEETS)
def test_every_row_has_a_cell_for_every_column(report, make):
    sheet = make(report)
    assert sheet.rows
    assert {len(row) for row in sheet.rows} == {len(sheet.columns)}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1+1",
        "＋1",
        "－1",
        "＠A",
        '=cmd|" /C calc"!A0',
        "#N/A",
        "#REF!",
        "2026-01-01",
        "0012",
    ],
)
def test_text_stays_text_whatever_it_looks_like(make_report, make_item, text):
    name = Bilingual(zh=text, en=text)
    data = render_xlsx(make_report(items=(make_item(theme=name, root_cause=text),)))
    page = _open(data).worksheets[1]
    cell = page.cell(2, _column(page, "Theme"))
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet2.xml")


@pytest.mark.parametrize("text", ["=1+1", "＝1", "\t@A", "-1"])
def test_what_looks_like_a_formula_is_marked_so_that_editing_keeps_it_text(text):
    cell = _blank()
    put(cell, text)
    assert cell.quotePrefix


@given(text=st.text(max_size=60))
def test_any_text_can_be_written_and_read_back(text):
    book: Any = openpyxl.Workbook()
    put(book.worksheets[0].cell(1, 1), "x" + text)
    out = io.BytesIO()
    book.save(out)
    read = _open(out.getvalue()).worksheets[0].cell(1, 1).value
    expected = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", "x" + text)
    assert re.sub(r"\r\n?", "\n", read) == re.sub(r"\r\n?", "\n", expected)


def test_text_too_long_for_a_cell_is_cut_with_a_sign_of_it():
    cell = _blank()
    put(cell, "长" * (LONGEST_TEXT + 10))
    assert len(cell.value) == LONGEST_TEXT
    assert cell.value.endswith("…")


def test_days_are_days_and_effects_are_numbers_with_a_sign(book):
    page = book.worksheets[1]
    row = next(at for at in range(2, 9) if page.cell(at, 1).value == "ai_good")
    opened = page.cell(row, _column(page, "Opened"))
    effect = page.cell(row, _column(page, "Effect"))
    assert opened.value == dt.datetime(2026, 3, 2)  # noqa: DTZ001 - as read back
    assert opened.number_format == "yyyy-mm-dd"
    assert effect.value == pytest.approx(0.5)
    assert effect.number_format.startswith("+")


def test_a_row_is_as_high_as_its_longest_text_needs(make_report, make_item):
    long = Bilingual(zh="排队太久，" * 40, en="too long a queue, " * 20)
    items = (make_item("ai_1"), make_item("ai_2", alert=long))
    page = _open(render_xlsx(make_report(items=items))).worksheets[1]
    short, tall = page.row_dimensions[2].height, page.row_dimensions[3].height
    assert tall > short
    assert tall >= 15 * 400 / 46


def test_an_item_without_a_verdict_has_no_figures_rather_than_zeros(book):
    page = book.worksheets[1]
    row = next(at for at in range(2, 9) if page.cell(at, 1).value == "ai_open")
    assert page.cell(row, _column(page, "Effect")).value is None
    assert page.cell(row, _column(page, "Verdict")).value is None


def test_the_overview_counts_the_naive_answers_beside_the_verdicts(book):
    rows = [[cell.value for cell in row[:3]] for row in book.worksheets[0].rows]
    assert ["已改善", 4, 1] in rows
    assert ["尚无定论", 0, 2] in rows


def test_there_are_native_charts_whose_cells_hold_figures(book):
    charts = [(page, chart) for page in book.worksheets for chart in page._charts]
    assert [page.title.split(" ", 1)[1] for page, _ in charts] == [
        "Overview",
        "Action items",
        "Top issues",
        "Departments",
        "Periods",
        "Emotion",
        "Drivers",
    ]
    for page, chart in charts:
        reference = chart.series[0].val.numRef.f.split("!")[1].replace("$", "")
        first, _, last = reference.partition(":")
        figures = [cell.value for (cell,) in page[f"{first}:{last or first}"]]
        assert any(isinstance(figure, int | float) for figure in figures)


def test_the_effect_chart_shows_items_of_one_metric_only(
    make_report, make_item, make_verdict
):
    items = (
        make_item("ai_1", verdict=make_verdict(metric="negative", least=0.05)),
        make_item("ai_2"),
        make_item("ai_3"),
    )
    assert item_sheet.n_comparable(make_report(items=items).items) == 2
    ordered = [item.item_id for item in item_sheet.in_order(items)]
    assert ordered == ["ai_2", "ai_3", "ai_1"]


def test_the_workbook_bears_no_trace_of_when_it_was_written(make_report):
    data = render_xlsx(make_report())
    assert render_xlsx(make_report()) == data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = parts.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-[^<]+)<", core) == ["2026-05-17T17:30:00Z"] * 2


def test_an_empty_report_makes_a_workbook_too(empty_report):
    book = _open(render_xlsx(empty_report, language="en"))
    assert book.worksheets[1].max_row == 1
    assert "huixiang run train" in book["模型 Models"].cell(2, 1).value
