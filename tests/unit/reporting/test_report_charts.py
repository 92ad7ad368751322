"""Charts show better to the right, gaps as gaps, and hold numbers only."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from huixiang.domain.verdict import Effect, Metric, VerdictKind
from huixiang.reporting.facts.report import SeriesPoint
from huixiang.reporting.pictures import charts


def _values(spec: Any, field: str) -> list[Any]:
    return [row[field] for row in spec["data"]["values"]]


def _marks(spec: Any) -> Iterator[Any]:
    for layer in spec.get("layer", []):
        if "layer" in layer:
            yield from _marks(layer)
        else:
            yield layer["mark"]


def test_better_is_to_the_right_for_ratings_and_for_complaints(make_verdict):
    rating: Any = charts.interval_chart(make_verdict(), 0.8)
    share: Any = charts.interval_chart(
        make_verdict(metric=Metric.NEGATIVE, least=0.05), 0.8
    )
    assert rating["encoding"]["x"]["scale"]["domain"] == [-0.8, 0.8]
    assert share["encoding"]["x"]["scale"]["domain"] == [80, -80]


@pytest.mark.parametrize(
    ("metric", "arrow"),
    [(Metric.MEAN, "triangle-right"), (Metric.NEGATIVE, "triangle-left")],
)
def test_an_interval_beyond_the_axis_is_cut_with_an_arrow(make_verdict, metric, arrow):
    far = Effect(value=0.2, low=-0.1, high=5)
    verdict = make_verdict(metric=metric, effect=far, plain_comparison=None)
    spec = charts.interval_chart(verdict, 0.8)
    drawn = [mark["shape"] for mark in _marks(spec) if "triangle" in str(mark)]
    assert drawn == [arrow]


def test_an_interval_within_the_axis_has_no_arrow(make_verdict):
    spec = charts.interval_chart(make_verdict(), 2.0)
    assert "triangle" not in json.dumps(spec)


def test_the_verdict_is_coloured_and_the_plain_figure_is_hollow(make_verdict):
    spec = charts.interval_chart(make_verdict(VerdictKind.WORSE), 0.8)
    points = [mark for mark in _marks(spec) if mark["type"] == "point"]
    assert [mark["color"] for mark in points] == [
        charts.COLOURS[VerdictKind.WORSE],
        charts.MUTED,
    ]
    assert points[1]["fill"] == "white"


def test_a_week_without_ratings_stays_a_gap(make_item):
    spec = charts.series_chart(make_item())
    assert _values(spec, "mean")[4] is None
    assert None not in _values(spec, "mean")[5:]


def test_weeks_that_are_missing_altogether_are_gaps_too(make_item):
    series = make_item().series
    spec = charts.series_chart(make_item(series=series[:6] + series[9:]))
    assert _values(spec, "start") == [point.on.isoformat() for point in series]
    assert _values(spec, "mean")[6:9] == [None, None, None]


def test_silence_up_to_the_verdict_stays_in_the_picture(make_item):
    item = make_item(series=make_item().series[:6])
    spec: Any = charts.series_chart(item)
    assert spec["encoding"]["x"]["scale"]["domain"] == ["2026-01-05", "2026-05-01"]


def test_the_fix_and_the_opening_are_marked_on_their_days(make_item):
    spec = json.dumps(charts.series_chart(make_item()))
    assert '"on": "2026-03-20"' in spec
    assert '"on": "2026-03-02"' in spec


def test_a_fix_outside_the_picture_is_not_drawn(make_item):
    item = make_item(resolved_on=dt.date(2027, 1, 1))
    assert "2027-01-01" not in json.dumps(charts.series_chart(item))


def test_shares_are_drawn_in_points_of_a_hundred(make_item):
    spec = charts.series_chart(make_item(metric=Metric.NEGATIVE))
    assert _values(spec, "mean")[0] == pytest.approx(300)


def drawn_of(item, limit):
    limits = {charts.metric_of(item): limit}
    return charts.all_charts([item], limits)[item.item_id]


def test_a_chart_holds_no_words_so_one_drawing_serves_both_languages(make_item):
    item = make_item()
    drawn = drawn_of(item, 0.8)
    letters = re.sub(r"<[^>]*>", "", "".join(str(each) for each in drawn.values()))
    assert not re.search(r"[^\d\s.,+−-]", letters)


def test_a_drawing_has_no_ids_links_or_scripts_that_could_clash_or_load(make_item):
    for drawn in drawn_of(make_item(), 0.8).values():
        assert str(drawn).startswith('<svg aria-hidden="true"')
        assert not re.search(r"\bid=|url\(|href|https?:|<script|<style", str(drawn))


def test_the_same_figures_are_drawn_the_same_however_much_was_drawn_before(make_item):
    first = drawn_of(make_item(), 0.8)
    drawn_of(make_item(series=make_item().series[:6]), 0.5)
    assert drawn_of(make_item(), 0.8) == first


def test_an_item_with_nothing_to_draw_has_no_drawing(make_item):
    item = make_item(verdict=None, series=())
    assert set(drawn_of(item, 1.0).values()) == {None}


@pytest.mark.parametrize("control", [3.4, None])
def test_a_single_week_without_any_rating_can_be_drawn(make_item, control):
    week = SeriesPoint(on=dt.date(2026, 3, 2), n=0, mean=None, control=control)
    drawn = drawn_of(make_item(series=(week,)), 0.8)["series"]
    assert str(drawn).startswith("<svg")


def test_the_table_row_shows_the_same_drawing_with_its_axis_cut_off(make_item):
    drawn = drawn_of(make_item(), 0.8)
    whole, row = str(drawn["interval"]), str(drawn["row"])
    assert 'height="61" viewBox="0 0 312 61"' in whole
    assert 'height="39" viewBox="0 0 312 39"' in row
    assert whole.partition("<g")[2] == row.partition("<g")[2]
