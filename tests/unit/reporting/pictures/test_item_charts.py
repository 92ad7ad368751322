"""Charts show better to the right, gaps as gaps, and hold numbers only."""

import datetime as dt
import re

import pytest

from huixiang.domain.proof.verdict import Effect, Metric, VerdictKind
from huixiang.reporting.facts.report import SeriesPoint
from huixiang.reporting.pictures import item_charts
from huixiang.reporting.pictures.plot import Curve, PlotBlock, Stroke, Symbol
from huixiang.reporting.pictures.svg import ACCENT, BAR, INK, MUTED


def _marks(plot, kind, **facts):
    return [
        mark
        for mark in plot.marks
        if isinstance(mark, kind)
        and all(getattr(mark, name) == value for name, value in facts.items())
    ]


def _levels(plot, colour=ACCENT):
    (curve,) = _marks(plot, Curve, colour=colour)
    return [level for _, level in curve.points]


def test_better_is_to_the_right_for_ratings_and_for_complaints(make_verdict):
    rating = item_charts.interval_plot(make_verdict(), 0.8).x
    share = item_charts.interval_plot(
        make_verdict(metric=Metric.NEGATIVE, least=0.05), 0.8
    ).x
    assert (rating.low, rating.high) == (-0.8, 0.8)
    assert (share.low, share.high) == (80, -80)


@pytest.mark.parametrize(
    ("metric", "arrow"), [(Metric.MEAN, "to_right"), (Metric.NEGATIVE, "to_left")]
)
def test_an_interval_beyond_the_axis_is_cut_with_an_arrow(make_verdict, metric, arrow):
    far = Effect(value=0.2, low=-0.1, high=5)
    verdict = make_verdict(metric=metric, effect=far, plain_comparison=None)
    plot = item_charts.interval_plot(verdict, 0.8)
    shapes = [mark.shape for mark in _marks(plot, Symbol)]
    assert shapes == [arrow, "disc"]
    ends = [
        place for mark in _marks(plot, Stroke) for place, _ in (mark.start, mark.end)
    ]
    assert max(abs(end) for end in ends) == max(plot.x.low, plot.x.high)


def test_an_interval_within_the_axis_has_no_arrow(make_verdict):
    plot = item_charts.interval_plot(make_verdict(), 2.0)
    assert [mark.shape for mark in _marks(plot, Symbol)] == ["disc", "diamond"]


def test_the_verdict_is_coloured_and_the_naive_figure_is_hollow(make_verdict):
    plot = item_charts.interval_plot(make_verdict(VerdictKind.WORSE), 0.8)
    verdict, naive = (
        mark for mark in _marks(plot, Symbol) if mark.shape in {"disc", "diamond"}
    )
    assert (verdict.colour, naive.colour) == (
        item_charts.COLOURS[VerdictKind.WORSE],
        MUTED,
    )
    assert (verdict.is_hollow, naive.is_hollow) == (False, True)


def test_a_week_without_ratings_stays_a_gap(make_item):
    levels = _levels(item_charts.series_plot(make_item()))
    assert levels[4] is None
    assert None not in levels[5:]


def test_weeks_that_are_missing_altogether_are_gaps_too(make_item):
    series = make_item().series
    plot = item_charts.series_plot(make_item(series=series[:6] + series[9:]))
    levels = _levels(plot)
    assert len(levels) == len(series)
    assert levels[6:9] == [None, None, None]


def test_silence_up_to_the_verdict_stays_in_the_picture(make_item):
    axis = item_charts.series_plot(make_item(series=make_item().series[:6])).x
    first, last = dt.date(2026, 1, 5), dt.date(2026, 5, 1)
    assert (axis.low, axis.high) == (first.toordinal(), last.toordinal())


def _rules(plot):
    return [mark.start[0] for mark in _marks(plot, Stroke, colour=INK)]


def test_the_fix_and_the_opening_are_marked_on_their_days(make_item):
    fixed, opened = dt.date(2026, 3, 20), dt.date(2026, 3, 2)
    plot = item_charts.series_plot(make_item())
    assert _rules(plot) == [fixed.toordinal(), opened.toordinal()]
    (band,) = _marks(plot, PlotBlock, colour=ACCENT)
    assert (band.left, band.right) == (fixed.toordinal(), plot.x.high)


def test_a_fix_outside_the_picture_is_not_drawn(make_item):
    plot = item_charts.series_plot(make_item(resolved_on=dt.date(2027, 1, 1)))
    assert _rules(plot) == [dt.date(2026, 3, 2).toordinal()]


def test_shares_are_drawn_in_points_of_a_hundred(make_item):
    plot = item_charts.series_plot(make_item(metric=Metric.NEGATIVE))
    assert _levels(plot)[0] == pytest.approx(300)


def test_bars_are_in_proportion_to_how_much_was_heard(make_item):
    item = make_item()
    plot = item_charts.series_plot(item)
    heights = [bar.top - bar.bottom for bar in _marks(plot, PlotBlock, colour=BAR)]
    counts = [point.n for point in item.series if point.n]
    assert [h / max(heights) for h in heights] == pytest.approx(
        [n / max(counts) for n in counts]
    )
    assert max(heights) < (plot.y.high - plot.y.low) / 3


def pictures_of(item, limit):
    limits = {item_charts.metric_of(item): limit}
    return item_charts.item_pictures([item], limits)[item.item_id]


def _all(drawn):
    return [drawn.series, drawn.interval, drawn.row]


def test_a_chart_holds_no_words_so_one_drawing_serves_both_languages(make_item):
    drawn = "".join(str(each) for each in _all(pictures_of(make_item(), 0.8)))
    letters = re.sub(r'<span class="unseen".*?</span>|<[^>]*>', "", drawn)
    assert not re.search(r"[^\d\s.,+−-]", letters)


def test_a_series_is_described_for_those_who_cannot_see_it(make_item):
    drawn = str(pictures_of(make_item(), 0.8).series)
    for code, said in (
        ("zh-CN", "折线图：平均评分"),
        ("en", "Line chart: mean rating"),
    ):
        assert f'<span class="unseen" lang="{code}">{said}' in drawn


def test_a_drawing_has_no_ids_links_or_scripts_that_could_clash_or_load(make_item):
    for drawn in _all(pictures_of(make_item(), 0.8)):
        assert '<svg aria-hidden="true"' in drawn
        assert not re.search(r"\bid=|url\(|href|https?:|<script|<style", str(drawn))


def test_an_item_with_nothing_to_draw_has_no_drawing(make_item):
    item = make_item(verdict=None, series=())
    assert pictures_of(item, 1.0) == item_charts.ItemPictures()


@pytest.mark.parametrize("control", [3.4, None])
def test_a_single_week_without_any_rating_can_be_drawn(make_item, control):
    week = SeriesPoint(on=dt.date(2026, 3, 2), n=0, mean=None, control=control)
    assert "<svg" in pictures_of(make_item(series=(week,)), 0.8).series


def test_the_table_row_shows_the_same_marks_without_their_axis(make_item):
    drawn = pictures_of(make_item(), 0.8)
    whole, row = str(drawn.interval), str(drawn.row)
    assert 'height="61" viewBox="0 0 312 61"' in whole
    assert 'height="39" viewBox="0 0 312 39"' in row
    assert "<text" in whole
    assert "<text" not in row
    marks = row.partition("<g")[2].partition(">")[2]
    assert marks in whole
