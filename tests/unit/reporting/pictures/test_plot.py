"""A plot keeps its scale, its ticks are round, and nothing but marks is written."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.text import Bilingual
from huixiang.reporting.pictures import svg
from huixiang.reporting.pictures.plot import (
    Curve,
    Padding,
    Plot,
    PlotAxis,
    PlotBlock,
    Stroke,
    Symbol,
    day_axis,
    draw,
    number_ticks,
    numbered,
    percent_ticks,
)

PADDING = Padding(left=5, right=6, top=7, bottom=8)


def a_plot(*marks, x=None, y=None):
    return Plot(
        width=100,
        height=50,
        padding=PADDING,
        x=x or PlotAxis(low=0, high=10, has_line=False),
        y=y or PlotAxis(low=0, high=5, has_line=False),
        marks=marks,
    )


def test_a_picture_has_its_size_with_the_room_around_it():
    drawn = draw(a_plot())
    assert 'width="111" height="65" viewBox="0 0 111 65"' in drawn
    assert 'transform="translate(5,7)"' in drawn


def test_values_stand_where_the_axes_say():
    symbol = Symbol(at=(3, 1), colour="#123456", radius=2)
    assert '<circle cx="30" cy="40" r="2" fill="#123456"/>' in draw(a_plot(symbol))
    backwards = PlotAxis(low=10, high=0, has_line=False)
    assert 'cx="70" cy="40"' in draw(a_plot(symbol, x=backwards))


def test_a_curve_does_not_bridge_what_is_missing():
    points = [(0, 1.0), (1, 2.0), (2, None), (3, 1.0)]
    drawn = draw(a_plot(Curve(points=points, colour="#000")))
    assert 'd="M0 40L10 30M30 40"' in drawn
    nothing = Curve(points=[(0, None)], colour="#000")
    assert "<path" not in draw(a_plot(nothing))


def test_a_bar_is_drawn_the_right_way_round_on_any_axis():
    bar = PlotBlock(left=1, right=2, bottom=0, top=5, colour="#000", opacity=0.5)
    assert 'd="M10 0H20V50H10z" fill="#000" opacity="0.5"' in draw(a_plot(bar))
    backwards = PlotAxis(low=10, high=0, has_line=False)
    assert 'd="M80 0H90V50H80z"' in draw(a_plot(bar, x=backwards))


def test_a_rule_carries_its_dash_and_its_width():
    rule = Stroke(start=(1, 0), end=(1, 5), colour="#000", width=1.5, dash="3 3")
    drawn = draw(a_plot(rule))
    assert 'd="M10 50L10 0" stroke="#000" stroke-width="1.5"' in drawn
    assert 'stroke-dasharray="3 3"' in drawn


@pytest.mark.parametrize("shape", ["diamond", "to_left", "to_right"])
def test_every_shape_can_be_drawn_hollow(shape):
    symbol = Symbol(at=(5, 2), colour="#123456", shape=shape, is_hollow=True)
    drawn = draw(a_plot(symbol))
    assert 'fill="#fff" stroke="#123456"' in drawn
    assert drawn.count("<path") == 1


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4), st.integers(2, 8), st.integers(0, 2))
def test_ticks_are_round_within_the_ends_and_told_apart(low, span, n, digits):
    ticks = number_ticks(low, low + span, n, digits=digits)
    step_room = span * 1e-6
    assert all(low - step_room <= tick.at <= low + span + step_room for tick in ticks)
    assert len(ticks) <= 2 * n + 2
    assert len({tick.text for tick in ticks}) == len(ticks)
    assert not any(tick.text in {"−0", "−0.0", "−0.00"} for tick in ticks)


def test_ticks_have_the_digits_they_need():
    assert [tick.text for tick in number_ticks(-0.8, 0.8, 5)] == ["−0.5", "0.0", "0.5"]
    assert [tick.text for tick in number_ticks(0, 2500, 4)] == [
        "0", "500", "1,000", "1,500", "2,000", "2,500"
    ]  # fmt: skip
    assert [tick.text for tick in number_ticks(0, 2, 4, least_step=1)] == [
        "0", "1", "2"
    ]  # fmt: skip
    assert [tick.text for tick in percent_ticks(0.6, 0.9, 4)] == [
        "60%", "70%", "80%", "90%"
    ]  # fmt: skip


def test_places_are_numbered_as_the_rows_of_their_table():
    axis = numbered(3)
    assert [(tick.at, tick.text) for tick in axis.ticks] == [
        (1, "1"), (2, "2"), (3, "3")
    ]  # fmt: skip
    assert axis.low < 1
    assert axis.high > 3


@given(st.dates(dt.date(2000, 1, 1), dt.date(2060, 1, 1)), st.integers(7, 4000))
def test_an_axis_of_days_has_some_ticks_but_never_too_many(first, days):
    axis = day_axis(first, first + dt.timedelta(days=days))
    assert len(axis.ticks) <= 7
    assert all(axis.low <= tick.at <= axis.high for tick in axis.ticks)
    assert len(axis.ticks) >= min(days // 31, 2)


def test_days_are_named_by_month_and_day_and_long_times_by_year_and_month():
    near = day_axis(dt.date(2026, 1, 5), dt.date(2026, 5, 1))
    assert [tick.text for tick in near.ticks] == ["02-01", "03-01", "04-01", "05-01"]
    far = day_axis(dt.date(2025, 1, 5), dt.date(2026, 5, 1))
    assert "2026-01" in [tick.text for tick in far.ticks]


def test_no_label_is_cut_off_at_the_edge():
    ticks = number_ticks(0, 1000, 1)
    axis = PlotAxis(low=0, high=1000, ticks=ticks, has_line=False)
    drawn = draw(a_plot(x=axis))
    places = [float(x) for x in re.findall(r'<text x="([-\d.]+)"', drawn)]
    half = len("1,000") * 7.8 / 2
    assert max(places) <= 106 - half + 0.1


def test_text_is_escaped_and_numbers_are_short():
    drawn = svg.label("<b>&", x=1.23456, y=-0.001)
    assert drawn == '<text x="1.2" y="0">&lt;b&gt;&amp;</text>'


def test_a_picture_is_described_in_both_languages_and_escaped():
    words = Bilingual(zh="一<二", en="one<two")
    said = svg.described(svg.picture(1, 1, []), words)
    assert said.startswith('<span class="unseen" lang="zh-CN">一&lt;二</span>')
    assert 'lang="en">one&lt;two</span><svg aria-hidden="true"' in said
