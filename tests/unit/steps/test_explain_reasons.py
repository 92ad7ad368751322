"""The reasons of a coding are told in both languages."""

import pytest

from huixiang.wording.codes import coding_reason


@pytest.mark.parametrize(
    ("reason", "zh"),
    [
        ("theme at 0.92", "主题的概率 0.92"),
        ("negative at 0.81", "情感负面的概率 0.81"),
        ("words of the theme: 油耗 +0.41", "说明主题的词：油耗 +0.41"),
        (
            "corrected from negative: the model says positive at 0.85",
            "由负面更正：模型认为正面，概率 0.85",
        ),
        (
            "disagreement: the whole text is positive at 0.93, rated 5 of 5",
            "规则与模型不一致：全文正面的概率 0.93，评分 5/5",
        ),
        ("太差=-1.3", "太差=-1.3"),
    ],
)
def test_a_reason_is_told_in_both_languages(reason, zh):
    told = coding_reason(reason)
    assert (told.zh, told.en) == (zh, reason)
