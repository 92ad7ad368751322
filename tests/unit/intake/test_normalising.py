"""A raw record becomes a draft: one form, every problem named, ids that last."""

import datetime as dt

import pytest

from huixiang.domain.records.feedback import Channel, RatingScale, RawRecord
from huixiang.domain.records.record import LandedRecord
from huixiang.domain.records.source import FieldMap, FieldRule, Source
from huixiang.intake.normalise import draft_of
from huixiang.intake.pseudonyms import pseudonym

AS_OF = dt.datetime(2024, 4, 1, tzinfo=dt.UTC)
RATING = FieldRule(
    column="stars", scale=RatingScale.STARS, values={"非常满意": "5", "一般": "3"}
)
FIELDS = FieldMap(
    text=FieldRule(column=("good", "bad")),
    occurred_at=FieldRule(column="at"),
    rating=RATING,
    unit=FieldRule(column="terminal", values={"一号航站楼": "T1"}),
    touchpoint=FieldRule(column="place", default="lounge"),
    customer=FieldRule(column="who"),
    attributes={"flight": FieldRule(column="flight")},
)
ROW = {
    "good": "咖啡很香",
    "bad": "排队太久",
    "at": "2024-03-31",
    "terminal": "一号航站楼",
}


def source(**changes):
    given = {"name": "desk", "channel": Channel.STORE, "fields": FIELDS} | changes
    return Source(**given)


def read(row, position="f:1", key=b"key", **changes):
    landed = LandedRecord(
        landing_id="l", record=RawRecord(position=position, fields=row)
    )
    return draft_of(landed, source(**changes), key=key, as_of=AS_OF)


def test_columns_of_one_field_are_joined_and_values_translated():
    found = read(ROW | {"stars": "非常满意", "flight": " CA1234 "})
    assert found.text == "咖啡很香\n排队太久"
    assert (found.unit, found.touchpoint, found.rating) == ("T1", "lounge", 5)
    assert found.attributes == {"flight": "CA1234"}
    assert found.age_days == pytest.approx(4 / 3)


@pytest.mark.parametrize(
    ("given", "rating", "problem"),
    [
        ("4", 4, None),
        (4.0, 4, None),
        ("9", 9, "out_of_scale"),
        ("很好", None, "not_a_number"),
        (None, None, None),
    ],
)
def test_a_rating_keeps_why_it_means_nothing(given, rating, problem):
    found = read(ROW | {"stars": given})
    assert (found.rating, found.rating_problem) == (rating, problem)


def test_a_rating_without_a_scale_is_no_rating():
    fields = FieldMap(
        text=FieldRule(column="good"),
        occurred_at=FieldRule(column="at"),
        rating=FieldRule(column="stars"),
    )
    found = read(ROW | {"stars": "4"}, fields=fields)
    assert (found.rating, found.rating_problem) == (None, "no_scale")


def test_a_record_without_an_id_keeps_its_derived_id_wherever_it_stands():
    again = read({**ROW, "column 9": "exported today"}, position="g:77")
    assert again.source_record_id == read(ROW).source_record_id
    assert again.source_record_id.startswith("rec_")


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2024-03-30"},
        {"stars": "3"},
        {"who": "w"},
        {"flight": "CA1"},
        {"bad": "没人理"},
        {"terminal": "T2"},
    ],
)
def test_a_derived_id_tells_records_apart(change):
    assert read(ROW | change).source_record_id != read(ROW).source_record_id


def test_an_id_that_is_personal_is_not_stored_in_clear():
    fields = FieldMap(
        text=FieldRule(column="good"),
        occurred_at=FieldRule(column="at"),
        id=FieldRule(column="id"),
    )
    found = read(ROW | {"id": "13800138000"}, fields=fields)
    assert found.source_record_id == pseudonym("13800138000", b"key")
    plain = read(ROW | {"id": "20240331225299481004"}, fields=fields)
    assert plain.source_record_id == "20240331225299481004"


def test_the_content_key_is_about_words_and_unit_alone():
    key = read(ROW).content_key
    same = ROW | {"bad": "排队 太久！！", "at": "2024-03-01", "stars": "1"}
    assert read(same).content_key == key
    assert read(ROW | {"terminal": "T2"}).content_key != key
    assert read(ROW, name="other").content_key != key


def test_neither_key_nor_id_depends_on_a_number_that_was_masked():
    one = read(ROW | {"bad": "请回电13800138000"})
    other = read(ROW | {"bad": "请回电13900139000"})
    assert one.content_key == other.content_key
    assert one.source_record_id == other.source_record_id


def test_what_the_connector_said_comes_along():
    found = read({"__unreadable__": "undecodable", "__raw__": "x", "__damage__": "d"})
    assert (found.unreadable, found.raw, found.damage) == ("undecodable", "x", "d")


def test_a_person_keeps_one_pseudonym_per_key():
    assert pseudonym("138-0013 8000", b"k") == pseudonym("１３８００１３８０００", b"k")
    assert pseudonym("Li Si", b"k") == pseudonym(" li  si", b"k")
    assert pseudonym("Li Si", b"k") != pseudonym("Li Si", b"other key")
    assert pseudonym("--", b"k") != pseudonym("__", b"k")
