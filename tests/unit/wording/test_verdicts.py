"""Every verdict and every reason has its sentence in both languages."""

import datetime as dt

import pytest

from huixiang.domain.proof.verdict import (
    Criterion,
    Effect,
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    PlainComparison,
    Verdict,
    VerdictKind,
)
from huixiang.domain.text import LANGUAGES
from huixiang.verification.engine.design import Design
from huixiang.wording.proof.verdicts import (
    NOTE_SENTENCES,
    gap_sentence,
    verdict_sentence,
)


def verdict(kind=VerdictKind.IMPROVED, reason=None, **change):
    facts = {
        "kind": kind,
        "reason": reason,
        "effect": Effect(value=0.4, low=0.1, high=0.7),
        "shrunk_effect": 0.3,
        "level_recovered": LevelRecovered.NO,
        "plain_comparison": PlainComparison(
            effect=Effect(value=0.6, low=0.4, high=0.8),
            verdict=VerdictKind.IMPROVED,
            n_before=50,
            n_after=60,
        ),
        "n_before": 500,
        "n_after": 1234,
        "n_controls": 40,
        "n_more_needed": None,
        "as_of": dt.date(2026, 5, 1),
        "criterion": Criterion(
            metric=Metric.MEAN, minimum_effect=0.2, horizon_days=84, alpha=0.025
        ),
    }
    return Verdict(**{**facts, **change})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [k for k in VerdictKind if k.is_terminal])
def test_every_verdict_has_a_sentence(kind, language):
    assert "0.40" in verdict_sentence(verdict(kind)).get(language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("reason", InconclusiveReason)
def test_every_reason_has_a_sentence(reason, language):
    said = verdict_sentence(verdict(VerdictKind.INCONCLUSIVE, reason)).get(language)
    assert said
    assert "{" not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_note_has_a_sentence(language):
    assert all(NOTE_SENTENCES[note].get(language) for note in NoteCode)


def test_a_recovery_that_would_have_come_anyway_is_said():
    said = verdict_sentence(
        verdict(VerdictKind.NOT_IMPROVED, level_recovered=LevelRecovered.YES)
    ).en
    assert "no more than it would have on its own" in said


def test_a_flattering_comparison_is_explained_by_the_low_point():
    flattered = verdict(
        VerdictKind.NOT_IMPROVED, effect=Effect(value=0.0, low=-0.2, high=0.2)
    )
    assert "low point" in gap_sentence(flattered).en
    assert "低谷" in gap_sentence(flattered).zh


def test_a_harsh_comparison_is_explained_by_what_was_to_come():
    plain = PlainComparison(
        effect=Effect(value=-0.1, low=-0.3, high=0.1),
        verdict=VerdictKind.NOT_IMPROVED,
        n_before=50,
        n_after=60,
    )
    assert "expected to be lower" in gap_sentence(verdict(plain_comparison=plain)).en


def test_agreement_is_said_too():
    assert "much the same" in gap_sentence(verdict()).en


def test_shares_are_told_in_points():
    criterion = Criterion(
        metric=Metric.NEGATIVE, minimum_effect=0.05, horizon_days=84, alpha=0.025
    )
    better = verdict(
        criterion=criterion, effect=Effect(value=-0.12, low=-0.2, high=-0.04)
    )
    assert "−12.0 points" in verdict_sentence(better).en
    assert "−12.0 个百分点" in verdict_sentence(better).zh


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reason": InconclusiveReason.FOLLOWING}, "only there"),
        ({"kind": VerdictKind.INCONCLUSIVE}, "only there"),
        ({"effect": None}, "needs an effect"),
    ],
)
def test_a_verdict_that_contradicts_itself_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        verdict(**change)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_an_effect_that_is_no_number_is_refused(value):
    with pytest.raises(ValueError, match="finite"):
        Effect(value=value, low=0.0, high=1.0)


def test_a_rate_is_told_as_a_share_of_the_usual_one():
    effect = Effect(value=-0.32, low=-0.45, high=-0.19)
    agreed = Design(metric=Metric.COMPLAINT_RATE).criterion
    told = verdict(effect=effect, criterion=agreed)
    assert "the complaint rate moved \N{MINUS SIGN}32 %" in verdict_sentence(told).en
    assert "投诉率变化 \N{MINUS SIGN}32 %（相对平时）" in verdict_sentence(told).zh
    assert "feedbacks" not in verdict_sentence(told).en
