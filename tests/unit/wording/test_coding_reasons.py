"""The reasons of a coding are told in both languages; older sentences become codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.coding.coding_reason import CodingReason, Why, why
from huixiang.store.codec import decode
from huixiang.store.migrations.old_reasons import read_reason
from huixiang.wording.coding.codings import coding_reason_words

_C = CodingReason
TOLD = [
    (why(_C.THEME_CHANCE, chance=0.92), "主题的概率 0.92", "theme at 0.92"),
    (
        why(_C.FEELING_CHANCE, polarity="negative", chance=0.81),
        "情感负面的概率 0.81",
        "negative at 0.81",
    ),
    (
        why(_C.TOGETHER, chance=0.7, least=0.55),
        "合起来 0.70，到 0.55 才算；低于它就不会有这条编码",
        "together 0.70, counts from 0.55",
    ),
    (
        why(_C.THEME_WORDS, "油耗 +0.41"),
        "说明主题的词：油耗 +0.41",
        "words of the theme: 油耗 +0.41",
    ),
    (
        why(_C.MODEL_CORRECTS, before="negative", polarity="positive", chance=0.85),
        "由负面更正：模型认为正面，概率 0.85",
        "corrected from negative: the model says positive at 0.85",
    ),
    (
        why(_C.TEXT_DISAGREES, polarity="positive", chance=0.93, stars=5.0),
        "规则与模型不一致：全文正面的概率 0.93，评分 5/5",
        "disagreement: the whole text is positive at 0.93, rated 5 of 5",
    ),
    (why(_C.TONE, "太差", weight=-1.3), "太差=-1.3", "太差=-1.3"),
    (why(_C.CARRIED_TONE, "排长队", weight=-1), "排长队=-1", "排长队=-1"),
    (
        why(_C.RULE, rule="theme:queue/pattern:等了?\\d+分钟"),
        "theme:queue/pattern:等了?\\d+分钟",
        "theme:queue/pattern:等了?\\d+分钟",
    ),
    (
        why(_C.LANGUAGE_DISAGREES, polarity="negative", chance=0.86),
        "说法不一：大语言模型认为负面，至少 0.86 说得对",
        "disagreement: the language model says negative, right in 0.86 or more",
    ),
    (
        why(_C.INSTEAD_OF, polarity="neutral", coder="person", by="小王"),
        "原为中性，人 小王",
        "was neutral by person 小王",
    ),
    (why(_C.REVIEW, review="rv_1"), "复核 rv_1", "review rv_1"),
    (
        why(_C.KEPT, "polarity: the rating, 4.0 of 5"),
        "polarity: the rating, 4.0 of 5",
        "polarity: the rating, 4.0 of 5",
    ),
]


@pytest.mark.parametrize(("reason", "zh", "en"), TOLD)
def test_a_reason_is_told_in_both_languages(reason, zh, en):
    words = coding_reason_words(reason)

    assert (words.zh, words.en) == (zh, en)


@pytest.mark.parametrize(("reason", "zh", "en"), TOLD)
def test_a_sentence_of_an_earlier_version_becomes_the_code_it_was_made_from(
    reason, zh, en
):
    assert decode(Why, read_reason(en)) == reason


@given(
    st.text()
    | st.sampled_from(["negated ", "disagreement: cold", "corrected from him: no"])
    | st.text().map("words of the theme: {}".format)
    | st.text().map("was negative by person {}".format)
)
def test_no_sentence_of_an_earlier_version_loses_a_letter(text):
    reason = decode(Why, read_reason(text))

    assert coding_reason_words(reason).en == text


@given(st.text())
def test_a_text_that_imitates_a_reason_is_kept_as_words(words):
    reason = decode(Why, read_reason(f"he said: disagreement: {words}"))

    assert reason == why(_C.KEPT, f"he said: disagreement: {words}") or (
        reason.code in {_C.TONE, _C.CARRIED_TONE}
    )
