"""What stands beside a verdict is said in both languages, with its figures and units."""

import datetime as dt

import pytest

from huixiang.domain.verdict import (
    Criterion,
    Effect,
    InconclusiveReason,
    Metric,
    VerdictKind,
)
from huixiang.verification.checks.followup import FollowUpSurvey
from huixiang.verification.checks.power import Advice
from huixiang.verification.checks.relapse import Sustained
from huixiang.wording.checks import (
    audit_words,
    change,
    consistency_words,
    criterion_change_words,
    lasting_words,
    outlook_words,
    side_effect_words,
    survey_words,
)

STARS = Criterion(metric=Metric.MEAN, minimum_effect=0.2, horizon_days=56, alpha=0.03)
SHARE = Criterion(
    metric=Metric.NEGATIVE, minimum_effect=0.04, horizon_days=56, alpha=0.03
)
EFFECT = {"value": -0.5, "low": -0.8, "high": -0.2}


def outlook(advice, **more):
    row = {
        "advice": advice.value, "feedbacks_per_day": 3.2, "days_until_medium": 21,
        "days_until_medium_likely": 40, "detectable_effect": 0.47, "n_pooled": 4,
        "pooled_days": 30,
    }  # fmt: skip
    return outlook_words({**row, **more}, STARS)


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
    words = outlook(Advice.ASK, feedbacks_per_day=None, detectable_effect=None)
    assert "too little feedback" in words.en
    assert "None" not in words.en + words.zh


def test_shares_are_said_in_percentage_points():
    words = change({"value": -0.061, "low": -0.1, "high": -0.02}, Metric.NEGATIVE)
    assert words.en == "−6.1 percentage points (likely between −10.0 and −2.0)"
    assert words.zh == "−6.1 个百分点（可能在 −10.0 到 −2.0 之间）"


def audit(**more):
    row = {
        "looked_on": dt.date(2026, 3, 1), "n_dips": 40, "n_improved": 1, "low": 0.004,
        "high": 0.13, "error_factor": 1.0,
    }  # fmt: skip
    return audit_words({**row, **more})


def test_an_audit_says_on_how_many_dips_it_rests():
    assert "of 40 dips that nobody touched, the method called 1 improved" in audit().en
    assert "40 次无人处理的低谷里，有 1 次" in audit().zh
    assert "widened" not in audit().en
    assert "widened 1.30 times" in audit(error_factor=1.3).en
    assert "no dip yet" in audit(n_dips=0).en


def test_harmed_neighbours_are_named_with_their_effect():
    name = {"zh": "排队 · 南门店", "en": "Queue · South"}
    words = side_effect_words([{"name": name, "effect": EFFECT}], 5, Metric.MEAN)
    assert (
        "1 of 5 watched neighbours got worse since the fix: “Queue · South” −0.50 points"
        in words.en
    )
    assert "“排队 · 南门店” −0.50 分" in words.zh
    assert "none" in side_effect_words([], 5, Metric.MEAN).en
    assert "enough feedback to watch" in side_effect_words([], 0, Metric.MEAN).en


def test_places_that_differ_are_a_warning():
    row = {"pooled": EFFECT, "n_units": 3, "alike": False}
    assert "Not consistent" in consistency_words(row, Metric.MEAN).en
    assert "Consistent" in consistency_words({**row, "alike": True}, Metric.MEAN).en
    assert consistency_words(None, Metric.MEAN) is None


@pytest.mark.parametrize("outcome", Sustained)
def test_every_outcome_of_a_later_look_has_words(outcome):
    words = lasting_words(outcome, 90, None, Metric.MEAN)
    assert words.zh
    assert "{" not in words.zh + words.en


def test_a_moved_bar_shows_both_and_which_counts():
    words = criterion_change_words(SHARE, STARS)
    assert "now 0.20 points within 56 days" in words.en
    assert "the fixed one counts: 4.0 percentage points" in words.en


def survey(kind, reason=None, corrected=None, raw=1.4):
    return survey_words(
        FollowUpSurvey(
            n_asked=30, n_answered=14, n_compared=50, raw=raw, corrected=corrected,
            by_reliability=False, kind=kind, reason=reason,
        )
    )  # fmt: skip


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_survey_verdict_says_the_plain_and_the_corrected_change(kind):
    reason = None if kind.is_terminal else InconclusiveReason.NOT_SEPARABLE
    words = survey(kind, reason, Effect(value=0.3, low=-0.1, high=0.7))
    assert "+1.40" in words.en
    assert "+0.30 [-0.10, +0.70]" in words.zh


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (InconclusiveReason.TOO_FEW_FEEDBACKS, "fewer than 12"),
        (InconclusiveReason.NO_BASELINE, "too few customers"),
    ],
)
def test_a_survey_without_a_verdict_says_why(reason, said):
    assert said in survey(VerdictKind.INCONCLUSIVE, reason).en
