"""Patterns run on RE2: found text comes back, what RE2 cannot run is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.configuration.patterns import BadPattern, compile_pattern


def test_the_text_that_was_found_comes_back():
    assert compile_pattern("刹车.{0,4}失灵")("昨天刹车又失灵了") == "刹车又失灵"


def test_nothing_found_is_none():
    assert compile_pattern("刹车")("一切都好") is None


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("(?=a)b", "invalid perl operator"),
        (r"(a)\1", "invalid escape sequence"),
        ("[", "missing ]"),
        ("", "empty"),
        ("a" * 1001, "1001 characters"),
        (".{0,200}a.{0,200}b", "repeats are too large"),
        ("(((a{1,100}){1,100}){1,100})", "invalid repetition size"),
    ],
)
def test_what_re2_cannot_or_should_not_run_is_refused_with_the_reason(pattern, reason):
    with pytest.raises(BadPattern, match=reason.replace("(", r"\(")):
        compile_pattern(pattern)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "(a|aa)+$", "(.*a){8}$"])
def test_patterns_that_hang_other_engines_answer_on_a_million_characters(pattern):
    assert compile_pattern(pattern)("a" * 1_000_000 + "!") is None


@given(text=st.text(max_size=50))
def test_the_found_text_is_always_a_piece_of_the_text(text):
    found = compile_pattern("(?i)[a-z中]+")(text)
    assert found is None or found in text
