"""Keyword codings: which word made them, what turned them, what evidence they show."""

from typing import Any

import pytest

from huixiang.domain.coding.codeframe import (
    Codeframe,
    CoderKind,
    NeedTier,
    Polarity,
    Theme,
)
from huixiang.domain.coding.coding_reason import CodingReason, why
from huixiang.domain.text import Bilingual
from huixiang.errors import ConfigurationError
from huixiang.understanding.coding.keywords import Fallback, KeywordCoder
from huixiang.understanding.text.clauses import split_clauses
from huixiang.understanding.text.normalise import normalise


def theme(name: str, **words: Any) -> Theme:
    return Theme(id=name, name=Bilingual(zh=name, en=name), **words)


FRAME = Codeframe(
    version="1",
    themes=(
        theme("lounge", keywords=("休息室", "lounge")),
        theme(
            "lounge.drinks",
            parent="lounge",
            keywords=("可乐", "cola"),
            excludes=("可乐鸡翅",),
        ),
        theme(
            "queue",
            negative=("排长队",),
            positive=("随到随办",),
            patterns=(r"等了?\d+分钟",),
        ),
        theme("signs", keywords=("指示牌",), need_tier=NeedTier.ITCH),
    ),
)
BECAUSE = why(CodingReason.TEXT_BY_FEELING, polarity="negative", chance=0.9)
UNDECIDED = Fallback(polarity=Polarity.NEUTRAL, reason=why(CodingReason.NO_FEELING))


def codings(words: str, fallback: Fallback = UNDECIDED):
    form = normalise([words])[0]
    found = KeywordCoder(FRAME).code(words, form, split_clauses(form), fallback)
    return {each.coding.theme: each.coding for each in found}


def test_a_coding_says_which_rule_made_it_and_shows_its_evidence():
    words = "座位不错,健怡可樂換成了難喝的味道!"
    coding = codings(words)["lounge.drinks"]
    assert coding.coder is CoderKind.RULE
    assert coding.coder_id == "theme:lounge.drinks/keyword:可乐"
    assert coding.evidence == words[slice(*coding.span)] == "健怡可樂換成了難喝的味道"
    assert coding.polarity is Polarity.NEGATIVE


def test_an_excluded_phrase_is_no_mention():
    assert codings("可乐鸡翅很好吃") == {}


def test_a_word_beside_an_excluded_phrase_still_counts():
    assert "lounge.drinks" in codings("可乐鸡翅好吃,可乐没气了")


def test_the_child_stands_for_its_parent_where_both_are_told_together():
    assert set(codings("休息室的可乐难喝")) == {"lounge.drinks"}


def test_the_parent_is_coded_where_it_is_told_apart():
    assert set(codings("休息室很吵,可乐难喝")) == {"lounge", "lounge.drinks"}


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("今天又排长队", Polarity.NEGATIVE),
        ("今天没有排长队", Polarity.POSITIVE),
        ("窗口随到随办", Polarity.POSITIVE),
        ("窗口不是随到随办", Polarity.NEGATIVE),
    ],
)
def test_words_that_carry_a_polarity_are_turned_by_negation(words, polarity):
    assert codings(words)["queue"].polarity is polarity


def test_a_pattern_finds_what_words_cannot():
    coding = codings("安检等了40分钟没人管")["queue"]
    assert coding.coder_id == r"theme:queue/pattern:等了?\d+分钟"


def test_a_silent_clause_takes_the_fallback_and_says_so():
    hopeless = Fallback(polarity=Polarity.NEGATIVE, reason=BECAUSE)
    coding = codings("可乐", hopeless)["lounge.drinks"]
    assert coding.polarity is Polarity.NEGATIVE
    assert BECAUSE in coding.reasons


def test_an_english_keyword_is_a_whole_word():
    assert codings("the colander was fine") == {}
    assert "lounge.drinks" in codings("The Cola was flat")


def test_the_tier_follows_the_polarity_and_the_theme():
    assert codings("指示牌太乱")["signs"].need_tier is NeedTier.ITCH
    assert codings("指示牌很清楚")["signs"].need_tier is NeedTier.DELIGHT
    assert codings("可乐难喝")["lounge.drinks"].need_tier is NeedTier.PAIN


def test_a_bad_pattern_is_refused_with_its_theme():
    broken = Codeframe(version="1", themes=(theme("queue", patterns=("(",)),))
    with pytest.raises(ConfigurationError, match="theme queue"):
        KeywordCoder(broken)


def test_a_word_that_carries_its_tone_outweighs_a_silent_pattern_beside_it():
    for words in ("排长队等了30分钟", "等了30分钟排长队"):
        assert codings(words)["queue"].polarity is Polarity.NEGATIVE


@pytest.mark.parametrize(
    "words",
    [
        "可乐不到一个月就坏了",
        "可乐的异味至今未能解决",
        "未能解决可乐的异味",
        "无法忍受可乐的异味",
    ],
)
def test_what_is_not_remedied_or_not_a_negation_stays_bad(words):
    assert codings(words)["lounge.drinks"].polarity is Polarity.NEGATIVE


def test_what_is_not_found_is_still_no_fault():
    assert codings("可乐没有异味")["lounge.drinks"].polarity is Polarity.POSITIVE


def test_a_parent_told_twice_keeps_only_the_clause_it_has_for_itself():
    found = codings("休息室很吵,休息室的可乐难喝")
    assert found["lounge"].evidence == "休息室很吵"
