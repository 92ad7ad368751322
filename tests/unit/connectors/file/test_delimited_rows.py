"""CSV rows: kept, marked or unreadable, but never swallowed."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.connectors.file.delimited import MAX_RECORD_LINES, read_delimited
from huixiang.connectors.file.lines import MAX_LINE
from huixiang.domain.records.feedback import DAMAGE, RAW, UNREADABLE
from huixiang.domain.records.source import FieldMap, FieldRule
from huixiang.errors import UndecodableFile

FIELDS = FieldMap(text=FieldRule(column="text"), occurred_at=FieldRule(column="at"))


def utf8(data, errors):
    return data.decode("utf-8", errors)


def rows(text, delimiter=",", fields=FIELDS):
    stream = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    return list(read_delimited(stream, utf8, delimiter, fields))


def readable(text):
    return [row.fields["text"] for row in rows(text) if UNREADABLE not in row.fields]


def test_a_row_is_named_by_the_line_it_begins_on():
    found = rows('id,text,at\n1,"two\nlines",x\n\n2,b,y\n')
    assert [(row.place, row.fields["text"]) for row in found] == [
        ("2", "two\nlines"),
        ("5", "b"),
    ]


def test_an_unclosed_quote_costs_no_row_when_the_next_quote_shows_it():
    text = 'id,text,at\n1,"open,x\n2,b,y\n3,c,z\n4,"closed",w\n5,e,v\n'
    assert readable(text) == ['"open', "b", "c", "closed", "e"]


def test_an_unclosed_quote_costs_no_row_when_no_quote_follows():
    text = 'id,text,at\n1,"open,x\n' + "".join(f"{n},t{n},x\n" for n in range(2, 900))
    assert readable(text) == ['"open', *(f"t{n}" for n in range(2, 900))]


def test_an_unclosed_quote_is_seen_even_when_a_later_stray_quote_closes_it():
    text = 'id,text,at\n1,"open,x\n2,b,y\n3,c,z\n4,d",w\n5,e,v\n'
    assert readable(text) == ['"open', "b", "c", 'd"', "e"]


def test_a_literally_read_row_says_so():
    row = rows('id,text,at\n1,"good" food,x\n')[0]
    assert row.fields["text"] == '"good" food'
    assert str(row.fields[DAMAGE]).startswith("quotes:")


def test_a_broken_quote_without_every_cell_is_unreadable_and_keeps_its_words():
    row = rows('id,text,at\n1,"open\n2,b,y\n')[0]
    assert row.place == "2"
    assert str(row.fields[UNREADABLE]).startswith("quotes:")
    assert row.fields[RAW] == '1,"open'


def test_real_line_breaks_in_a_quoted_cell_stay():
    letter = "Dear all,\n\nfirst, the queue\nthen, the gate\n\nBye"
    assert readable(f'id,text,at\n1,"{letter}",x\n2,b,y\n') == [letter, "b"]


def test_long_and_short_rows_are_kept_and_marked():
    long, short = rows("id,text,at\n1,a,x,extra\n2,b\n")
    assert long.fields["column 4"] == "extra"
    assert long.fields[DAMAGE] == "too_many_cells: 4 where the header has 3"
    assert short.fields[DAMAGE] == "too_few_cells: 2 where the header has 3"


def test_an_endless_cell_is_unreadable_and_the_rows_after_it_stay():
    text = f"id,text,at\n1,{'x' * 200_000},x\n2,b,y\n"
    found = rows(text)
    assert UNREADABLE in found[0].fields
    assert found[1].fields["text"] == "b"


def test_an_endless_line_is_unreadable_and_the_rows_after_it_stay():
    found = rows(b"id,text,at\n1," + b"x" * (MAX_LINE * 2) + b"\n2,b,y\n")
    assert str(found[0].fields[UNREADABLE]).startswith("line_too_long")
    assert len(str(found[0].fields[RAW])) <= 500
    assert (found[1].place, found[1].fields["text"]) == ("3", "b")


def test_a_cell_over_too_many_lines_gives_its_lines_back():
    text = 'id,text,at\n1,"' + "a\n" * (MAX_RECORD_LINES + 5) + '",x\n2,b,y\n'
    found = rows(text)
    assert UNREADABLE in found[0].fields
    assert found[-1].fields["text"] == "b"


def test_an_undecodable_line_is_one_unreadable_row():
    found = rows(b"id,text,at\n1,a,x\n2,\xff\xfe,y\n3,c,z\n")
    assert [UNREADABLE in row.fields for row in found] == [False, True, False]
    assert found[1].place == "3"


def test_nul_characters_do_not_stop_the_reading():
    assert [row.fields["id"] for row in rows(b"id,text,at\n1,a\x00b,x\n2,c,y\n")] == [
        "1",
        "2",
    ]


def test_a_name_used_twice_in_the_header_loses_no_column():
    row = rows("id,text,at,text,\n1,a,x,b,c\n")[0]
    assert row.fields["text (2)"] == "b"
    assert row.fields["column 5"] == "c"


def test_a_missing_column_is_refused_with_the_nearest_name():
    fields = FieldMap(
        text=FieldRule(column="投诉简述"), occurred_at=FieldRule(column="at")
    )
    with pytest.raises(UndecodableFile, match="did you mean '投诉描述'"):
        rows("id,投诉描述,at\n1,a,x\n", fields=fields)


def test_a_missing_column_with_a_default_is_no_mistake():
    fields = FieldMap(
        text=FieldRule(column=("text", "more")),
        occurred_at=FieldRule(column="at"),
        unit=FieldRule(column="unit", default="T1"),
    )
    assert len(rows("id,text,at\n1,a,x\n", fields=fields)) == 1


def test_the_wrong_delimiter_is_refused_with_the_right_one():
    with pytest.raises(UndecodableFile, match="set delimiter: ';'"):
        rows("id;text;at\n1;a;x\n")


def test_a_file_without_a_header_is_refused():
    with pytest.raises(UndecodableFile, match="empty"):
        rows("")


def test_too_many_columns_are_refused():
    with pytest.raises(UndecodableFile, match="1001 columns"):
        rows(",".join(f"c{n}" for n in range(1_001)) + "\n")


def cells(without):
    return st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters=without),
        max_size=12,
    )


# Commas and line breaks in one cell could be rows that an open quote swallowed.
CELLS = cells("\x00\r,") | cells("\x00\r\n")


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_whatever_the_csv_module_writes_comes_back(table):
    table = [row for row in table if any(cell.strip() for cell in row)]
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(("id", "text", "at"))
    writer.writerows(table)
    found = rows(stream.getvalue())
    assert [tuple(row.fields.values()) for row in found] == table


@given(st.text(st.sampled_from('a",\n;x'), max_size=80))
def test_no_line_with_letters_ever_disappears(body):
    found = rows("id,text,at\n" + body)
    kept = "".join(str(value) for row in found for value in row.fields.values())
    assert kept.count("x") >= body.count("x")
