"""The coder: one answer each, rules before the model, nothing silent."""

import dataclasses
import datetime as dt
import subprocess
import sys
from typing import Any

import pytest

from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Polarity, Theme
from huixiang.domain.coding.coding_reason import CONTRADICTIONS, CodingReason
from huixiang.domain.records.feedback import (
    Channel,
    Feedback,
    Ownership,
    Rating,
    RatingScale,
)
from huixiang.domain.text import Bilingual
from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.model.labels import Label, LabelledRow
from huixiang.understanding.text.batch import RatedText
from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.train import train

FRAME = Codeframe(
    version="1",
    themes=(
        Theme(
            id="drinks",
            name=Bilingual(zh="饮料", en="Drinks"),
            keywords=("可乐", "drinks"),
        ),
        Theme(id="queue", name=Bilingual(zh="排队", en="Queue"), negative=("排长队",)),
    ),
)
PLACES = ("安检口", "登机口", "休息室", "值机柜台", "行李转盘", "停车场")


def feedback(words: str, *, stars: float | None = None, name: str = "f1") -> Feedback:
    rating = Rating(value=stars, scale=RatingScale.STARS) if stars else None
    return Feedback(
        feedback_id=name,
        landing_id="l1",
        source="s",
        source_record_id="1",
        content_key="k",
        occurred_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        channel=Channel.SURVEY,
        ownership=Ownership.OWNED,
        title="",
        verbatim=words,
        rating=rating,
    )


def understood(words: str, **more: Any):
    return Coder(FRAME, None).code([feedback(words, **more)])[0]


@pytest.fixture(scope="module")
def model():
    rows = [
        LabelledRow(
            id=f"{place}-{word}",
            title="",
            text=f"{place}的{thing}{word}",
            department=department,
            polarity=polarity,
            mentions=(Label(theme=theme, polarity=polarity),),
        )
        for place in PLACES
        for thing, theme, department in (
            ("可乐", "drinks", "餐饮部"),
            ("座椅", "seats", "设施部"),
        )
        for word, polarity in (
            ("很好", "positive"),
            ("太差", "negative"),
            ("真棒", "positive"),
            ("很烂", "negative"),
        )
    ]
    return train(rows, segmenter=Segmenter())


def test_every_feedback_gets_one_answer_in_order():
    batch = [
        feedback(words, name=words or "empty")
        for words in ("可乐难喝", "", "今天天气", "可乐好喝")
    ]
    answers = Coder(FRAME, None).code(batch)
    assert [each.feedback_id for each in answers] == [
        "可乐难喝",
        "empty",
        "今天天气",
        "可乐好喝",
    ]


@pytest.mark.parametrize(
    ("words", "reason"),
    [(" ", "no_words"), ("\u3000\n", "no_words"), ("今天天气", "no_theme")],
)
def test_what_cannot_be_coded_says_why(words, reason):
    answer = understood(words)
    assert answer.codings == ()
    assert answer.not_codable == reason


def test_a_rating_decides_where_the_words_are_silent():
    assert understood("可乐", stars=1).codings[0].polarity is Polarity.NEGATIVE
    assert understood("可乐", stars=5).codings[0].polarity is Polarity.POSITIVE


@pytest.mark.parametrize(
    ("words", "polarity"),
    [
        ("服务非常热情,很满意", Polarity.POSITIVE),
        ("又脏又乱,太让人失望了", Polarity.NEGATIVE),
        ("服務非常熱情,很滿意", Polarity.POSITIVE),
        ("The staff were friendly and helpful", Polarity.POSITIVE),
        ("Dirty seats and rude staff", Polarity.NEGATIVE),
    ],
)
def test_feelings_are_understood_without_any_label(words, polarity):
    assert understood(words).polarity is polarity


def test_traditional_and_simplified_words_are_answered_alike():
    old, new = (
        understood("這裡的可樂難喝,服務態度很差"),
        understood("这里的可乐难喝,服务态度很差"),
    )
    assert old.polarity_confidence == new.polarity_confidence
    assert [each.polarity for each in old.codings] == [
        each.polarity for each in new.codings
    ]
    assert old.codings[0].evidence == "這裡的可樂難喝"


def test_the_model_adds_what_no_keyword_finds(model):
    answer = Coder(FRAME, model).code([feedback("登机口的座椅太差")])[0]
    assert answer.suggested_department == "设施部"
    (coding,) = answer.codings
    assert coding.theme == "seats"
    assert coding.coder is CoderKind.MODEL
    assert coding.polarity is Polarity.NEGATIVE


def test_a_keyword_outranks_the_model_and_tells_what_the_model_thinks(model):
    answer = Coder(FRAME, model).code([feedback("休息室的可乐太差")])[0]
    (coding,) = (each for each in answer.codings if each.theme == "drinks")
    assert coding.coder is CoderKind.RULE
    agreed = {each.code: each for each in coding.reasons}[CodingReason.MODEL_AGREES]
    assert agreed.facts["polarity"] == "negative"


def test_one_theme_is_coded_once_per_feedback(model):
    answers = Coder(FRAME, model).code_texts(
        [RatedText(words="可乐太差。可乐很烂,座椅太差")]
    )
    themes = [coding.theme for coding in answers[0].codings]
    assert sorted(themes) == sorted(set(themes))


def test_answers_do_not_depend_on_the_rest_of_the_batch(model):
    coder = Coder(FRAME, model)
    texts = [
        RatedText(words=words)
        for words in ("可乐太差", "", "登机口的座椅真棒,可乐一般", "🙂")
    ]
    assert coder.code_texts(texts) == [coder.code_texts([text])[0] for text in texts]


def test_importing_the_coder_loads_no_heavy_library():
    check = "import sys, huixiang.understanding.coding.coder; sys.exit(bool({'sklearn', 'jieba'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_a_complaint_counts_against_where_the_words_are_silent():
    complaint = dataclasses.replace(feedback("可乐"), channel=Channel.COMPLAINT)
    answer = Coder(FRAME, None).code([complaint])[0]
    assert answer.codings[0].polarity is Polarity.NEGATIVE
    assert understood("可乐").codings[0].polarity is not Polarity.NEGATIVE


def test_a_rule_that_text_and_rating_contradict_is_doubted_and_says_so():
    praised = "可乐太差,其他都非常好,服务热情周到,非常满意,强烈推荐,下次还来"
    (doubted,) = understood(praised, stars=5).codings
    assert doubted.polarity is Polarity.NEGATIVE
    assert doubted.confidence <= 0.5
    (contradicted,) = (e for e in doubted.reasons if e.code in CONTRADICTIONS)
    assert contradicted.facts["stars"] == 5
    (sure,) = understood("可乐太差,什么都不好", stars=1).codings
    assert not any(each.code in CONTRADICTIONS for each in sure.reasons)


def test_a_rule_for_the_parent_gives_way_to_the_models_child(model):
    frame = Codeframe(
        version="1",
        themes=(
            Theme(
                id="place", name=Bilingual(zh="地方", en="Place"), keywords=("登机口",)
            ),
            Theme(id="seats", name=Bilingual(zh="座椅", en="Seats"), parent="place"),
        ),
    )
    (coding,) = Coder(frame, model).code([feedback("登机口的座椅太差")])[0].codings
    assert coding.theme == "seats"


@pytest.mark.parametrize("mark", ["［微信号］", "［手机号］", "［固定电话］"])
def test_the_marks_of_masked_data_say_nothing(mark):
    frame = Codeframe(
        version="1",
        themes=(
            Theme(
                id="wifi",
                name=Bilingual(zh="网络", en="Wi-Fi"),
                keywords=("信号", "手机", "电话"),
            ),
        ),
    )
    (silent,) = Coder(frame, None).code([feedback(f"行李等太久，加我{mark}")])
    assert silent.codings == ()
    (said,) = Coder(frame, None).code([feedback(f"{mark}，信号太差")])
    assert [each.evidence for each in said.codings] == ["信号太差"]
