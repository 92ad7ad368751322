"""The words for an alert that an owner understands."""

import datetime as dt
from dataclasses import replace

import pytest

from huixiang.alerts.decision import HeldBack, HoldReason, ParkReason
from huixiang.domain.items.alert import CriticalFacts, RateFacts
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency
from huixiang.domain.text import Bilingual
from huixiang.wording.items.alerts import why_held, why_opened, why_parked

DRINKS = Bilingual(zh="休息室饮料", en="Lounge drinks")
FACTS = RateFacts(
    rule="usual",
    rules_version="3",
    window_start_on=dt.date(2026, 5, 3),
    window_end_on=dt.date(2026, 5, 16),
    baseline_start_on=dt.date(2026, 2, 2),
    baseline_end_on=dt.date(2026, 5, 2),
    n_window=23,
    n_baseline=40,
    exposure_window=412,
    exposure_baseline=2658,
    days_known=16,
    expected=6.2,
    ratio=3.71,
    p_value=0.00042,
    alpha=0.001,
    min_count=5,
    min_ratio=1.5,
    min_baseline_days=28,
    cooldown_days=28,
)
WAITING = CriticalFacts(
    rule="at-once",
    rules_version="3",
    feedback_id="fb_1",
    occurred_at=dt.datetime(2026, 5, 16, tzinfo=dt.UTC),
    severity=Urgency.CRITICAL,
    routing_rule="fire",
    max_critical_age_days=14,
)


def held(reason, facts=FACTS):
    issue = IssueKey(theme="lounge.drinks", touchpoint="waiting", unit="T2")
    return HeldBack(issue=issue, reason=reason, rule="usual", facts=facts)


def test_an_alert_says_how_many_how_many_are_usual_and_what_chance_would_do():
    words = why_opened(FACTS, DRINKS)
    assert words.zh == (
        "过去 14 天（5月3日至5月16日）的 412 条反馈里，23 条对“休息室饮料”不满；"
        "平时同样多的反馈里大约只有 6 条。这样的差距偶然出现的可能不到千分之一。"
    )
    assert words.en == (
        "In the 412 feedbacks of the last 14 days (2026-05-03 to 2026-05-16), 23 were "
        "unhappy about “Lounge drinks”; usually there would be about 6 in as many. "
        "The chance of such a gap by accident is less than 1 in 1,000."
    )


@pytest.mark.parametrize(
    ("p_value", "zh", "en"),
    [
        (0.00001, "不到万分之一", "less than 1 in 10,000"),
        (0.005, "不到百分之一", "less than 1 in 100"),
        (0.04, "不到二十分之一", "less than 1 in 20"),
        (0.12, "约为 12%", "about 12%"),
    ],
)
def test_chance_is_told_in_everyday_numbers(p_value, zh, en):
    words = why_opened(replace(FACTS, p_value=p_value), DRINKS)
    assert words.zh.endswith(f"的可能{zh}。")
    assert words.en.endswith(f"{en}.")


def test_a_complaint_that_is_new_is_told_as_new():
    words = why_opened(replace(FACTS, expected=0.2), DRINKS)
    assert "平时同样多的反馈里几乎一条也没有" in words.zh
    assert "usually there would be almost none in as many" in words.en


def test_a_recovery_item_says_that_one_customer_waits():
    words = why_opened(WAITING, DRINKS)
    assert "严重度为 严重" in words.zh
    assert "立即回应这位客户" in words.zh
    assert "answer this customer at once" in words.en


@pytest.mark.parametrize("reason", HoldReason)
def test_every_reason_to_hold_has_words_in_both_languages(reason):
    words = why_held(held(reason))
    assert words.zh != words.en
    assert "{" not in words.zh + words.en
    assert "?" not in words.zh + words.en


def test_a_short_history_says_how_short():
    words = why_held(held(HoldReason.HISTORY_TOO_SHORT))
    assert "只有 16 天" in words.zh
    assert "28 are needed" in words.en


@pytest.mark.parametrize(
    ("n_window", "expected", "zh"),
    [
        (13, 28.333, "有 13 次负面提及，不比平时（约 28 次）多"),
        (9, 6.3, "有 9 次负面提及，平时约 6 次：差距不够大"),
    ],
)
def test_what_is_not_unusual_is_said_in_whole_people(n_window, expected, zh):
    facts = replace(FACTS, n_window=n_window, expected=expected)
    words = why_held(held(HoldReason.NOT_UNUSUAL, facts))
    assert zh in words.zh
    assert str(expected) not in words.en


def test_a_single_feedback_that_opens_nothing_has_words_too():
    words = why_held(held(HoldReason.TOO_OLD, None))
    assert words.zh == "这条反馈太久了，现在回应客户已不合适"


@pytest.mark.parametrize("reason", ParkReason)
def test_every_reason_to_park_has_words_in_both_languages(reason):
    words = why_parked(reason)
    assert "停放" in words.zh
    assert "parked" in words.en
