"""Cutting words: jieba's result, with or without the accelerator."""

import importlib.util

import pytest

from huixiang.understanding.text.segment import Segmenter

TRICKY = (
    "价格10-30元,尺码3.XXL,check-in等了30.5%",
    "赞赞赞赞赞,非常非常非常好",
    "c++和a_b.c#1的wi-fi不行",
    "今天 自来水 龙头 水 严重 霉味",
    "㐀字和🙂表情",
    "",
)

accelerated = importlib.util.find_spec("rjieba") is not None


@pytest.fixture(scope="module")
def plain():
    return Segmenter(["健怡可乐"], accelerate=False)


def test_words_joined_are_the_text_again(plain):
    assert ["".join(words) for words in plain.cut(TRICKY)] == list(TRICKY)


def test_the_codeframes_words_stay_whole(plain):
    assert "健怡可乐" in plain.cut(["换成健怡可乐了"])[0]


def test_the_accelerator_is_used_where_it_is_installed():
    assert Segmenter().is_accelerated is accelerated


def test_the_accelerator_gives_the_same_words_as_jieba(plain):
    assert Segmenter(["健怡可乐"]).cut(TRICKY) == plain.cut(TRICKY)


def test_no_cache_is_written_to_the_shared_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    Segmenter(accelerate=False).cut(["今天"])
    assert list(tmp_path.iterdir()) == []
