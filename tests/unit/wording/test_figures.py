"""Numbers are written so that nobody misreads a sign, a unit or a day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.proof.verdict import Effect, Metric
from huixiang.wording import figures


@given(value=st.floats(-5, 5), metric=st.sampled_from(Metric))
def test_a_written_difference_reads_back_as_the_same_figure(value, metric):
    written = figures.signed(value, metric)
    read = float(written.replace(figures.MINUS, "-")) / figures.factor(metric)
    assert read == pytest.approx(
        value, abs=0.51 * 10 ** -figures.digits(metric) / figures.factor(metric)
    )
    assert "-" not in written


@pytest.mark.parametrize("nothing", [0.0, -0.0, 0.001, -0.004])
def test_what_rounds_to_nothing_has_no_sign(nothing):
    assert figures.signed(nothing, Metric.MEAN) == "0.00"


def test_shares_and_nps_are_read_in_points_of_a_hundred():
    assert figures.signed(-0.061, Metric.NEGATIVE) == "−6.1"
    assert figures.signed(0.12, Metric.NPS) == "+12.0"
    assert figures.level(0.31, Metric.NEGATIVE) == "31.0"
    assert figures.level(3.456, Metric.MEAN) == "3.46"


def test_an_interval_shows_both_signs():
    effect = Effect(value=0.1, low=-0.2, high=0.4)
    assert figures.interval(effect, Metric.MEAN) == "[−0.20, +0.40]"


@pytest.mark.parametrize("metric", [Metric.MEAN, Metric.CES])
def test_a_rating_needs_no_unit(metric):
    assert figures.unit(metric) is None


@pytest.mark.parametrize("metric", [Metric.TOP_BOX, Metric.NEGATIVE, Metric.NPS])
def test_a_share_names_its_unit_in_both_languages(metric):
    unit = figures.unit(metric)
    assert unit is not None
    assert unit.zh
    assert unit.en


@pytest.mark.parametrize(
    ("share", "written"),
    [(0, "0%"), (0.028, "2.8%"), (0.126, "13%"), (0.0996, "10%"), (1, "100%")],
)
def test_a_share_is_written_as_exactly_as_its_size_deserves(share, written):
    assert figures.percent(share) == written


@pytest.mark.parametrize(
    ("now", "before", "written"),
    [(120, 100, "+20%"), (80, 100, "−20%"), (5, 0, "–"), (5, None, "–"), (7, 7, "0%")],
)
def test_a_change_is_a_figure_only_where_there_was_something_before(
    now, before, written
):
    assert figures.change(now, before) == written


def test_days_are_those_of_the_reader_and_not_of_greenwich():
    late = dt.datetime(2026, 5, 17, 17, 30, tzinfo=dt.UTC)
    assert figures.local_day(late, "Asia/Shanghai") == dt.date(2026, 5, 18)
    assert figures.local_minute(late, "Asia/Shanghai") == "2026-05-18 01:30"


def test_a_complaint_rate_is_read_in_hundredths_of_the_usual_one():
    assert figures.level(1.08, Metric.COMPLAINT_RATE) == "108.0"
    assert figures.signed(-0.25, Metric.COMPLAINT_RATE) == "−25.0"
    assert figures.unit(Metric.COMPLAINT_RATE).en == "% of the usual rate"
    assert Metric.COMPLAINT_RATE in figures.LOWER_IS_BETTER
