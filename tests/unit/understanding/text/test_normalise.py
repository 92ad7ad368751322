"""Normalising brings words to one form and moves nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.understanding.text.normalise import normalise


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.text(max_size=40), max_size=5))
def test_every_text_keeps_its_length_so_spans_stay_true(texts):
    assert [len(text) for text in normalise(texts)] == [len(text) for text in texts]


@settings(deadline=None)  # the machine may be busy
@given(
    st.lists(
        st.text(alphabet="這個服務著名乾淨ＡＢＣ１２a中文 。", max_size=30), max_size=3
    )
)
def test_normalising_twice_changes_nothing_more(texts):
    once = normalise(texts)
    assert normalise(once) == once


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("Ｗｉ－Ｆｉ　很慢！", "wi-fi 很慢!"),
        ("這個服務態度很差", "这个服务态度很差"),
        ("著名的乾淨頭髮", "著名的干净头发"),
        ("第一行\n第二行\t完", "第一行\n第二行 完"),
        ("", ""),
    ],
)
def test_one_form_for_width_case_space_and_script(written, normal):
    assert normalise([written]) == [normal]


def test_texts_do_not_leak_into_each_other():
    assert normalise(["", "A後", "B"]) == ["", "a后", "b"]
