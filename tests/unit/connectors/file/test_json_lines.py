"""JSON Lines: a bad line is one record, not the end of the file."""

import io

import pytest

from huixiang.connectors.file.json_lines import read_json_lines
from huixiang.domain.records.feedback import RAW, UNREADABLE
from huixiang.errors import UndecodableFile


def utf8(data, errors):
    return data.decode("utf-8", errors)


def rows(text):
    return list(read_json_lines(io.BytesIO(text.encode()), utf8))


def test_objects_come_with_their_line_numbers():
    found = rows('{"text": "好"}\n\n{"text": "差", "stars": 1}')
    assert [(row.place, dict(row.fields)) for row in found] == [
        ("1", {"text": "好"}),
        ("3", {"text": "差", "stars": 1}),
    ]


@pytest.mark.parametrize("line", ['{"text":', "[1, 2]", "null", "[" * 5_000, "x" * 20])
def test_a_bad_line_is_an_unreadable_record_and_the_next_is_read(line):
    bad, good = rows(f'{line}\n{{"text": "b"}}\n')
    assert str(bad.fields[UNREADABLE]).startswith("not_json")
    assert bad.fields[RAW] == line[:500]
    assert good.fields["text"] == "b"


def test_half_a_surrogate_pair_cannot_reach_the_database():
    row = rows('{"text": "a\\ud83d", "more": ["\\uDE00"], "sub": {"x": "\\ud83d"}}')[0]
    assert row.fields == {
        "text": "a\ufffd",
        "more": ["\ufffd"],
        "sub": {"x": "\ufffd"},
    }


def test_an_emoji_written_as_a_surrogate_pair_stays_an_emoji():
    assert rows('{"text": "\\ud83d\\ude00"}')[0].fields["text"] == "😀"


def test_numbers_that_json_does_not_have_become_words():
    assert rows('{"rating": NaN}')[0].fields["rating"] == "NaN"


def test_a_list_over_many_lines_is_refused_with_what_to_do():
    with pytest.raises(UndecodableFile, match="one object a line"):
        rows('[\n{"text": "a"}\n]')
