"""No sixty seconds ever hold more messages than an endpoint's limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.pacing import fresh_pace, pace_after, take

GAPS = st.lists(st.floats(0, 90, allow_nan=False), min_size=1, max_size=80)


def sending_times(pace, gaps, at=0.0):
    """Return when messages go that are wanted after these gaps, one by one."""
    times = []
    for gap in gaps:
        at += gap
        pace, wait = take(pace, at)
        at += wait
        times.append(at)
    return times


def busiest_minute(times):
    return max(
        sum(start <= each < start + 60 - 1e-6 for each in times) for start in times
    )


@given(per_minute=st.integers(1, 40), gaps=GAPS)
def test_no_minute_holds_more_than_the_limit(per_minute, gaps):
    times = sending_times(fresh_pace(per_minute, 0), gaps)
    assert busiest_minute(times) <= per_minute


@given(per_minute=st.integers(1, 40), first=GAPS, n_more=st.integers(1, 60))
def test_a_restart_does_not_forget_the_last_minute(per_minute, first, n_more):
    sent = sending_times(fresh_pace(per_minute, 0), first)
    resumed = pace_after(per_minute, sent, sent[-1])
    more = sending_times(resumed, [0.0] * n_more, at=sent[-1])
    assert busiest_minute(sent + more) <= per_minute


def test_half_a_minutes_messages_go_at_once_after_a_silence():
    assert sending_times(fresh_pace(20, 0), [0.0] * 10) == [0.0] * 10


def test_the_next_one_waits_until_a_place_is_free():
    times = sending_times(fresh_pace(20, 0), [0.0] * 11)
    assert times[-1] == pytest.approx(6.0)


def test_one_a_minute_is_one_a_minute():
    assert sending_times(fresh_pace(1, 0), [0.0] * 3) == pytest.approx([0, 60, 120])


def test_a_clock_that_steps_back_gives_no_extra_messages():
    pace, _ = take(fresh_pace(2, 100), 100)
    _, wait = take(pace, 50)
    assert wait > 0


def test_a_limit_below_one_is_refused():
    with pytest.raises(ValueError, match="per_minute"):
        fresh_pace(0, 0)
