"""Word-sized pictures say the same as their numbers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.reporting.pictures import sparks
from huixiang.reporting.pictures.svg import ACCENT, BAD, GOOD, MUTED, REST


def _heights(svg: str) -> list[float]:
    return [abs(float(height)) for height in re.findall(r"v(-[\d.]+)h", svg)]


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=30).filter(any))
def test_bars_are_in_proportion_and_the_newest_has_the_colour(counts):
    svg = str(sparks.trend(counts))
    heights = _heights(svg)
    assert len(heights) == len(counts)
    assert max(heights) == pytest.approx(sparks.TREND_HEIGHT)
    assert heights[counts.index(max(counts))] == max(heights)
    assert svg.rindex(ACCENT) > svg.rfind(REST)


@pytest.mark.parametrize("counts", [(), (0, 0)])
def test_nothing_said_is_no_picture(counts):
    assert sparks.trend(counts) == ""


@pytest.mark.parametrize(
    ("low", "high", "colour"),
    [(0.1, 0.5, GOOD), (-0.5, -0.1, BAD), (-0.1, 0.5, MUTED)],
)
def test_an_interval_has_a_colour_only_where_it_leaves_zero_out(low, high, colour):
    svg = str(sparks.whisker((low + high) / 2, low, high, 1.0))
    assert f'fill="{colour}"' in svg


@given(st.floats(-9, 9), st.floats(0, 9), st.floats(0.01, 3))
def test_an_interval_never_leaves_its_picture(value, half, limit):
    svg = str(sparks.whisker(value, value - half, value + half, limit))
    places = [float(x) for x in re.findall(r'(?:M|H|cx=")([\d.]+)', svg)]
    assert all(0 <= place <= sparks.WHISKER_WIDTH for place in places)


def test_pulling_down_goes_left_and_lifting_up_goes_right():
    svg = str(sparks.swing(-0.5, 0.25, 0.5))
    left, right = re.findall(r"h(-?[\d.]+)", svg)
    assert float(left) == pytest.approx(-2 * float(right))


def test_a_week_nobody_spoke_is_a_gap_in_the_line():
    whole = str(sparks.line([1.0, 2.0, 3.0], 2.0, None))
    holed = str(sparks.line([1.0, None, 3.0], 2.0, None))
    assert whole.count("M") == 2
    assert holed.count("M") == 3


def test_a_goal_nobody_measured_has_no_line():
    assert sparks.line([None, None], 4.0, 2.0) == ""


@given(st.integers(1, 100), st.integers(0, 100))
def test_there_is_a_dot_for_each_case_and_the_marked_ones_are_marked(n, k):
    svg = str(sparks.dots(n, min(n, k)))
    assert svg.count("<circle") == n
    assert svg.count(BAD) == min(n, k)
