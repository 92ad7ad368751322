"""Text is cut at whole characters and freed of what breaks its readers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.text_limits import MARK, clean, cut

ANY_TEXT = st.text(
    st.characters() | st.characters(categories=["Cs", "Cc", "Mn", "So"]), max_size=80
)


@given(text=ANY_TEXT)
def test_clean_text_can_be_encoded_and_stored(text):
    cleaned = clean(text)
    assert json.loads(json.dumps(cleaned, ensure_ascii=False).encode()) == cleaned
    assert "\x00" not in cleaned
    assert "\r" not in cleaned


@given(text=ANY_TEXT)
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


def test_line_breaks_stay_and_are_all_of_one_kind():
    assert clean("一\r\n二\r三\n四\t五") == "一\n二\n三\n四\t五"


def test_ordinary_words_are_left_alone():
    words = '他说："太慢了！" It\'s 𠮷 👍🏽 café'
    assert clean(words) == words


@given(text=ANY_TEXT, limit=st.integers(1, 60))
def test_a_cut_text_is_a_beginning_with_a_mark_and_fits(text, limit):
    short = cut(text, limit)
    assert len(short) <= limit
    assert short == text or (short.endswith(MARK) and text.startswith(short[:-1]))


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("行李等了四十分钟", 5, "行李等了…"),
        ("ab👨‍👩‍👧cd", 6, "ab…"),
        ("ab👍🏽cd", 4, "ab…"),
        ("cafe\u0301 au lait", 5, "caf…"),
        ("a🇨🇳🇫🇷b", 3, "a…"),
        ("a🇨🇳🇫🇷b", 4, "a🇨🇳…"),
        ("𠮷野家排队", 3, "𠮷野…"),
    ],
)
def test_no_sign_is_cut_in_half(text, limit, expected):
    assert cut(text, limit) == expected
