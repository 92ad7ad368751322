"""Daily summaries add up whatever the order, and cutting them is exact."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.verification.engine.panel import DailySummary, Panel

DAY = dt.date(2026, 3, 1)
summaries = st.lists(
    st.builds(
        DailySummary,
        unit=st.sampled_from("abc"),
        on=st.integers(0, 9).map(lambda k: DAY + dt.timedelta(days=k)),
        channel=st.sampled_from(("app", "desk")),
        n=st.integers(1, 5),
        total=st.integers(0, 25),
        squares=st.integers(0, 125),
    ),
    min_size=1,
    max_size=12,
)


def cells(panel):
    """Return every cell with feedback, by name."""
    found = {}
    for u, t, c in zip(*np.nonzero(panel.n), strict=True):
        key = (
            panel.units[u],
            panel.first_day + dt.timedelta(int(t)),
            panel.channels[c],
        )
        found[key] = tuple(x[u, t, c] for x in (panel.n, panel.total, panel.squares))
    return found


@settings(max_examples=40, deadline=None)
@given(summaries, summaries)
def test_the_panel_of_two_lists_is_the_sum_of_their_panels(left, right):
    assert cells(Panel.of([*left, *right])) == cells(Panel.of(left) + Panel.of(right))


@settings(max_examples=40, deadline=None)
@given(summaries, summaries)
def test_adding_does_not_depend_on_the_order(left, right):
    a, b = Panel.of(left), Panel.of(right)
    assert cells(a + b) == cells(b + a)


@settings(max_examples=40, deadline=None)
@given(summaries, st.integers(-3, 15))
def test_cutting_keeps_exactly_the_days_up_to_the_cut(rows, k):
    cut = DAY + dt.timedelta(days=k)
    kept = {key: v for key, v in cells(Panel.of(rows)).items() if key[1] <= cut}
    assert cells(Panel.of(rows).until(cut)) == kept


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="cannot be below 0"):
        DailySummary(unit="a", on=DAY, channel="app", n=-1, total=0, squares=0)


def test_an_empty_panel_is_refused():
    with pytest.raises(ValueError, match="at least one summary"):
        Panel.of([])
