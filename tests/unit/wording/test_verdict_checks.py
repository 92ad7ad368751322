"""What stands beside a verdict is said in both languages, with its figures and units."""

import datetime as dt

import pytest

from huixiang.domain.proof.assurance import (
    Advice,
    ItemOutlook,
    LookDetail,
    PlaceboCheck,
    SustainedLook,
)
from huixiang.domain.proof.verdict import (
    Consistency,
    Criterion,
    Effect,
    HarmedNeighbour,
    Metric,
    SideEffects,
    Sustained,
)
from huixiang.steps.rules import load_rules
from huixiang.wording.proof.verdict_checks import (
    change,
    consistency_words,
    criterion_change_words,
    lasting_words,
    outlook_words,
    placebo_words,
    side_effect_words,
)
from tests.shop import SHOP

STARS = Criterion(metric=Metric.MEAN, minimum_effect=0.2, horizon_days=56, alpha=0.03)
SHARE = Criterion(
    metric=Metric.NEGATIVE, minimum_effect=0.04, horizon_days=56, alpha=0.03
)
EFFECT = Effect(value=-0.5, low=-0.8, high=-0.2)
AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def outlook(advice, *, per_day=3.2, detectable=0.47):
    return outlook_words(
        ItemOutlook(
            item_id="ai_1", as_of=AT, advice=advice, feedbacks_per_day=per_day,
            days_until_medium=21, days_until_medium_likely=40,
            detectable_effect=detectable, n_pooled=4, pooled_days=30,
        ),
        STARS,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("advice", "said"),
    [
        (Advice.FOLLOW, ("21", "3.2", "0.33")),
        (Advice.POOL, ("56", "0.47", "4", "30")),
        (Advice.ASK, ("56", "0.47")),
        (Advice.NO_HISTORY, ()),
    ],
)
def test_every_outlook_says_its_figures_in_both_languages(advice, said):
    words = outlook(advice)
    for each in said:
        assert each in words.zh
        assert each in words.en
    assert "{" not in words.zh + words.en


def test_an_outlook_without_volume_still_makes_sentences():
    words = outlook(Advice.ASK, per_day=None, detectable=None)
    assert "too little feedback" in words.en
    assert "None" not in words.en + words.zh


def test_shares_are_said_in_percentage_points():
    words = change(Effect(value=-0.061, low=-0.1, high=-0.02), Metric.NEGATIVE)
    assert words.en == "−6.1 percentage points (likely between −10.0 and −2.0)"
    assert words.zh == "−6.1 个百分点（可能在 −10.0 到 −2.0 之间）"


def placebo(*, n_dips=40, error_factor=1.0):
    return placebo_words(
        PlaceboCheck(
            check_id="pa_1", design_id="ds_1", design=STARS, looked_on=AT.date(),
            as_of=AT, panel="pn_1", n_dips=n_dips, n_improved=1, low=0.004, high=0.13,
            z_mean=0.1, z_sd=1.0, error_factor=error_factor, method_version="1",
        )
    )  # fmt: skip


def test_a_placebo_check_says_on_how_many_dips_it_rests():
    words = placebo()
    assert "of 40 dips that nobody touched, the method called 1 improved" in words.en
    assert "40 次无人处理的低谷里，有 1 次" in words.zh
    assert "widened" not in words.en
    assert "widened 1.30 times" in placebo(error_factor=1.3).en
    assert "no dip yet" in placebo(n_dips=0).en


@pytest.fixture(scope="module")
def rulebook():
    return load_rules(SHOP / "rules")


def side_effects(rulebook, n_watched, *harmed):
    effects = SideEffects(n_watched=n_watched, harmed=harmed)
    return side_effect_words(effects, Metric.MEAN, rulebook)


def test_harmed_neighbours_are_named_with_their_effect(rulebook):
    queue = HarmedNeighbour(
        issue_id="is_1", theme="queue", touchpoint="counter", unit="南门店",
        department="floor", effect=EFFECT, since=AT.date(),
    )  # fmt: skip
    words = side_effects(rulebook, 5, queue)
    assert "1 of 5 watched neighbours got worse since the fix: “" in words.en
    assert "南门店” −0.50 points" in words.en
    assert "南门店” −0.50 分" in words.zh
    assert "none" in side_effects(rulebook, 5).en
    assert "enough feedback to watch" in side_effects(rulebook, 0).en


def consistency(p_same):
    return Consistency(n_units=3, pooled=EFFECT, spread=0.5, p_same=p_same, against=())


def test_places_that_differ_are_a_warning():
    assert "Not consistent" in consistency_words(consistency(0.01), Metric.MEAN).en
    assert "Consistent" in consistency_words(consistency(0.5), Metric.MEAN).en


@pytest.mark.parametrize("outcome", Sustained)
def test_every_outcome_of_a_later_look_has_words(outcome):
    look = SustainedLook(
        look_id="sl_1", item_id="ai_1", resolved_on=AT.date(), after_days=90,
        looked_on=AT.date(), as_of=AT, outcome=outcome, final=True,
        detail=LookDetail(effect=None), method_version="1",
    )  # fmt: skip
    words = lasting_words(look, Metric.MEAN)
    assert words.zh
    assert "{" not in words.zh + words.en


def test_a_moved_bar_shows_both_and_which_counts():
    words = criterion_change_words(SHARE, STARS)
    assert "now 0.20 points within 56 days" in words.en
    assert "the fixed one counts: 4.0 percentage points" in words.en
