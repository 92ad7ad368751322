"""XLSX: values as they are, and no archive is unpacked before it was judged."""

import datetime as dt
import io
import tracemalloc
import zipfile

import openpyxl
import pytest

from huixiang.connectors.file.workbook import read_workbook
from huixiang.domain.records.feedback import DAMAGE
from huixiang.domain.records.source import FieldMap, FieldRule
from huixiang.errors import UndecodableFile

FIELDS = FieldMap(text=FieldRule(column="内容"), occurred_at=FieldRule(column="时间"))


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, table in sheets:
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def read(stream):
    return list(read_workbook(stream, FIELDS))


HEADER = ("编号", "内容", "时间")


def test_dates_become_iso_and_numbers_stay_numbers():
    moment = dt.datetime(2024, 3, 31, 12, 5)  # noqa: DTZ001 - a workbook has no zones
    table = (HEADER, (7, "排队太久", moment), (8, None, None))
    first, second = read(workbook(("通话", table)))
    assert first.place == "2"
    assert first.fields == {
        "编号": 7,
        "内容": "排队太久",
        "时间": "2024-03-31T12:05:00",
    }
    assert second.fields["内容"] is None


def test_a_title_may_stand_above_the_header_and_empty_rows_between():
    table = (("一季度汇总",), (), HEADER, (1, "a", "x"), (), (2, "b", "y"))
    assert [row.place for row in read(workbook(("s", table)))] == ["4", "6"]


def test_every_visible_sheet_with_the_columns_is_read():
    book = openpyxl.Workbook()
    for title, state in (("一月", "visible"), ("二月", "visible"), ("旧", "hidden")):
        sheet = book.create_sheet(title)
        sheet.append(HEADER)
        sheet.append((1, title, "x"))
        sheet.sheet_state = state
    book.active.append(("说明", "别的列"))
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    assert [(row.place, row.fields["内容"]) for row in read(stream)] == [
        ("一月!2", "一月"),
        ("二月!2", "二月"),
    ]


def test_cells_beyond_the_header_are_kept_and_marked():
    row = read(workbook(("s", (HEADER, (1, "a", "x", "extra")))))[0]
    assert row.fields["column 4"] == "extra"
    assert str(row.fields[DAMAGE]).startswith("too_many_cells")


def test_a_missing_column_is_refused_by_name():
    with pytest.raises(UndecodableFile, match="'时间'"):
        read(workbook(("s", (("编号", "内容"), (1, "a")))))


def test_a_workbook_without_any_header_is_refused():
    with pytest.raises(UndecodableFile, match="no visible sheet"):
        read(workbook(("s", ())))


def test_thousands_of_columns_are_refused():
    with pytest.raises(UndecodableFile, match="1500 columns"):
        read(workbook(("s", (tuple(range(1_500)),))))


def test_a_cut_off_file_is_refused():
    data = workbook(("s", (HEADER, (1, "a", "x")))).getvalue()
    with pytest.raises(UndecodableFile, match=r"no complete \.xlsx"):
        read(io.BytesIO(data[: len(data) // 2]))


def test_an_archive_that_is_no_workbook_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    stream.seek(0)
    with pytest.raises(UndecodableFile, match=r"no \.xlsx workbook"):
        read(stream)


def test_a_workbook_openpyxl_cannot_read_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "not xml")
    stream.seek(0)
    with pytest.raises(UndecodableFile, match="save it again"):
        read(stream)


def test_a_sheet_that_breaks_off_is_refused_after_its_good_rows():
    source = workbook(("s", (HEADER, *((n, "a", "x") for n in range(5)))))
    broken = io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            cut = name.endswith("sheet1.xml")
            new.writestr(name, data[: len(data) - 60] if cut else data)
    broken.seek(0)
    with pytest.raises(UndecodableFile, match="breaks off after row"):
        read(broken)


def test_a_bomb_is_refused_before_it_is_unpacked():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    stream.seek(0)
    tracemalloc.start()
    with pytest.raises(UndecodableFile, match="exhaust the memory"):
        read(stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_thousands_of_parts_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(5_001):
            archive.writestr(f"xl/{number}", "")
    stream.seek(0)
    with pytest.raises(UndecodableFile, match="5001 parts"):
        read(stream)
