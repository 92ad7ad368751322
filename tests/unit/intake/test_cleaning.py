"""Cleaning takes away what nobody wrote, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.intake.cleaning import cell_text, clean, comparable


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  排队\u3000太久 \t 了 ", "排队 太久 了"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a \n\n \n\n b", "a\n\nb"),
        ("好\u200b吃\ufeff\x00\x07", "好吃"),
        ("\u202e倒着写", "倒着写"),
        ("👨\u200d👩\u200d👧 很开心", "👨\u200d👩\u200d👧 很开心"),
        ("plain words", "plain words"),
    ],
)
def test_only_what_nobody_wrote_goes(text, cleaned):
    assert clean(text) == cleaned


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("", None),
        (" NULL ", None),
        ("#N/A", None),
        ("--", None),
        (5.0, "5"),
        (4.5, "4.5"),
        (True, "true"),
        (20240331225299481, "20240331225299481"),
        (1e300, "1e+300"),
        (["a"], "['a']"),
        (" 无 ", "无"),
    ],
)
def test_a_cell_is_text_or_nothing(value, text):
    assert cell_text(value) == text


def test_words_compare_without_widths_case_spaces_and_punctuation():
    assert comparable("Ｗｉ－Ｆｉ 很慢！\n真的…") == comparable("wifi很慢，真的")
