"""The words for an alert that an owner understands."""

import pytest

from huixiang.alerts.decision import HoldReason, ParkReason
from huixiang.domain.text import Bilingual
from huixiang.wording.alerts import why_critical, why_held, why_parked, why_rate

DRINKS = Bilingual(zh="休息室饮料", en="Lounge drinks")
FACTS = {
    "window_start_on": "2026-05-03",
    "window_end_on": "2026-05-16",
    "n_window": 23,
    "exposure_window": 412,
    "expected": 6.2,
    "p_value": 0.00042,
    "days_known": 16,
    "min_baseline_days": 28,
    "min_count": 5,
    "alpha": 0.001,
    "cooldown_days": 28,
}


def test_an_alert_says_how_many_how_many_are_usual_and_what_chance_would_do():
    words = why_rate(FACTS, DRINKS)
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
    words = why_rate(FACTS | {"p_value": p_value}, DRINKS)
    assert words.zh.endswith(f"的可能{zh}。")
    assert words.en.endswith(f"{en}.")


def test_a_complaint_that_is_new_is_told_as_new():
    words = why_rate(FACTS | {"expected": 0.2}, DRINKS)
    assert "平时同样多的反馈里几乎一条也没有" in words.zh
    assert "usually there would be almost none in as many" in words.en


def test_a_recovery_item_says_that_one_customer_waits():
    words = why_critical({"rule": "at-once", "severity": "critical"}, DRINKS)
    assert "立即回应这位客户" in words.zh
    assert "answer this customer at once" in words.en


@pytest.mark.parametrize("reason", HoldReason)
def test_every_reason_to_hold_has_words_in_both_languages(reason):
    words = why_held(reason, FACTS)
    assert words.zh != words.en
    assert "{" not in words.zh + words.en
    assert "?" not in words.zh + words.en


def test_a_short_history_says_how_short():
    words = why_held(HoldReason.HISTORY_TOO_SHORT, FACTS)
    assert "只有 16 天" in words.zh
    assert "28 are needed" in words.en


@pytest.mark.parametrize("reason", ParkReason)
def test_every_reason_to_park_has_words_in_both_languages(reason):
    words = why_parked(reason)
    assert "停放" in words.zh
    assert "parked" in words.en
