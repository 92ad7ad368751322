"""Business times as people write them."""

import datetime as dt

import click
import pytest

from huixiang.cli.business_time import business_time


def test_no_time_is_left_to_the_clock():
    assert business_time(None, None) is None


def test_a_time_with_a_zone_is_taken_as_it_is(tmp_path):
    found = business_time("2026-03-31T09:00:00+02:00", tmp_path)
    assert found == dt.datetime(2026, 3, 31, 7, tzinfo=dt.UTC)


def test_a_time_without_one_is_of_the_workspace_s_clock(tmp_path):
    (tmp_path / ".env").write_text("HUIXIANG_TIME_ZONE=Asia/Tokyo\n")
    found = business_time("2026-03-31 09:00", tmp_path)
    assert found == dt.datetime(2026, 3, 31, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("words", ["tomorrow", "31/03/2026", "", "2026-02-30"])
def test_what_is_no_time_is_answered_with_an_example(words, tmp_path):
    with pytest.raises(click.BadParameter, match="2026-03-31T09:00:00"):
        business_time(words, tmp_path)
