"""Times and ratings, as people and systems write them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.records.feedback import RatingScale
from huixiang.intake.moments import parse_moment
from huixiang.intake.ratings import parse_rating, rating_on

FIRST = dt.datetime(1990, 1, 1)  # noqa: DTZ001 - hypothesis wants its bounds naive
LAST = dt.datetime(2090, 1, 1)  # noqa: DTZ001 - hypothesis wants its bounds naive
SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(text, pattern=None, zone=SHANGHAI):
    found = parse_moment(text, zone, pattern)
    return found and found.isoformat()


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-03-31", "2024-03-30T16:00:00+00:00"),
        ("2024-03-31 12:05", "2024-03-31T04:05:00+00:00"),
        ("2024-03-31T12:05:33+02:00", "2024-03-31T10:05:33+00:00"),
        ("2024-03-31T12:05:33Z", "2024-03-31T12:05:33+00:00"),
        ("2024/3/31 12:05", "2024-03-31T04:05:00+00:00"),
        ("2024.3.1", "2024-02-29T16:00:00+00:00"),
        ("2024年3月31日", "2024-03-30T16:00:00+00:00"),
        ("2024年3月31日 下午3点05分", "2024-03-31T07:05:00+00:00"),
        ("2024年3月31日 12时05分33秒", "2024-03-31T04:05:33+00:00"),
        ("2024/3/31 3:05 PM", "2024-03-31T07:05:00+00:00"),
        ("2024/3/31 12:05 AM", "2024-03-30T16:05:00+00:00"),
        ("20240331", "2024-03-30T16:00:00+00:00"),
        ("20240331120533", "2024-03-31T04:05:33+00:00"),
        ("1711857933", "2024-03-31T04:05:33+00:00"),
        ("1711857933000", "2024-03-31T04:05:33+00:00"),
        ("Sun, 31 Mar 2024 12:05:33 +0800", "2024-03-31T04:05:33+00:00"),
    ],
)
def test_a_time_is_read(text, utc):
    assert moment(text) == utc


@pytest.mark.parametrize(
    "text",
    ["昨天", "31/03/2024", "03-31", "24-03-31", "2024-02-30", "2024年13月1日", "45382", "0",
     "2024/3/31 25:00", "0001-01-01", "9" * 40, "12:05"],
)  # fmt: skip
def test_what_is_no_time_or_could_be_two_is_not_guessed(text):
    assert moment(text) is None


def test_a_pattern_decides_alone():
    assert moment("31/03/2024", "%d/%m/%Y") == "2024-03-30T16:00:00+00:00"
    assert moment("2024-03-31", "%d/%m/%Y") is None


def test_a_time_is_local_to_its_source():
    paris = ZoneInfo("Europe/Paris")
    assert moment("2024-07-01 12:00", zone=paris) == "2024-07-01T10:00:00+00:00"
    assert moment("2024-01-01 12:00", zone=paris) == "2024-01-01T11:00:00+00:00"


@given(st.datetimes(FIRST, LAST))
def test_what_python_writes_comes_back(naive):
    there = naive.replace(tzinfo=SHANGHAI)
    assert parse_moment(naive.isoformat(), SHANGHAI, None) == there.astimezone(dt.UTC)


@given(st.text(max_size=24))
def test_any_text_is_a_time_or_none(text):
    found = parse_moment(text, SHANGHAI, None)
    assert found is None or found.utcoffset() == dt.timedelta(0)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("4.5", 4.5),
        ("４", 4),
        ("3分", 3),
        ("4 星", 4),
        ("5 stars", 5),
        ("4/5", 4),
        ("★★★☆☆", 3),
        ("⭐️⭐️", 2),
        ("11", 11),
        ("-1", -1),
        ("4/10", None),
        ("非常满意", None),
        ("五", None),
        ("4-5", None),
        ("9" * 400, None),
    ],
)
def test_a_rating_is_read(text, value):
    assert parse_rating(text, RatingScale.CSAT) == value


def test_a_rating_off_its_scale_is_no_rating():
    assert rating_on(11, RatingScale.NPS) is None
    assert rating_on(None, RatingScale.NPS) is None
    assert rating_on(3, None) is None
    assert rating_on(10, RatingScale.NPS).stars == 5
