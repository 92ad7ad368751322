"""What is new is found; what is not new is left alone."""

import datetime as dt
import random
from dataclasses import replace

import numpy as np
import pytest
from scipy import sparse

from huixiang.domain.coding.insight import ProposalReason
from huixiang.understanding.discovery.bursts import (
    BurstRule,
    Heard,
    false_shares,
    find_bursts,
)
from huixiang.understanding.discovery.emerging import (
    EmergingRule,
    HeardVoice,
    propose,
    same_theme,
    whole_weeks,
)
from huixiang.understanding.discovery.entities import dates, entities
from huixiang.understanding.text.segment import Segmenter

LAST = dt.date(2026, 3, 31)
DAYS = 70
PLAIN = [
    "咖啡味道不错", "座位有些旧", "服务员很热情", "停车场入口难认", "价格可以接受", "音乐声音合适",
    "甜品做得精致", "门口地垫松动", "菜单字体偏小", "空调温度合适", "洗手台水压低", "外卖包装结实",
]  # fmt: skip
NEW = ["人脸识别总失败", "门口人脸识别过不去", "戴帽子人脸识别不认", "人脸识别机器坏了"]


def voices(rng, *, per_day=6, texts=PLAIN, start=0, days=DAYS, source="survey", **more):
    """Return voices of the days before LAST, said by different people."""
    return [
        HeardVoice(
            feedback_id=f"fb_{source}_{start}_{day}_{number}",
            day=LAST - dt.timedelta(days=day),
            source=source,
            words=f"{rng.choice(texts)}，{rng.choice(PLAIN)}，第{rng.randrange(10**6)}桌",
            **more,
        )
        for day in range(start, start + days)
        for number in range(per_day)
    ]


@pytest.fixture(scope="module")
def segmenter():
    return Segmenter()


@pytest.fixture
def look(segmenter):
    def run(said, known=frozenset(), **rule):
        return propose(
            said, segmenter, until=LAST, known=known, rule=EmergingRule(**rule)
        )

    return run


def test_what_nobody_said_before_is_proposed_with_all_there_is_to_know(look):
    rng = random.Random(1)
    usual = voices(rng, themes=("some",))
    new = voices(
        rng, per_day=1, texts=NEW, days=10, source="survey", start=0, unit="南门"
    )
    new = named(new, "new")

    (found,) = look(usual + new)

    assert "人脸识别" in found.keywords
    assert found.n == 10
    assert (found.n_before, found.growth) == (0, None)
    assert found.first_seen_on == LAST - dt.timedelta(days=9)
    assert found.share_uncovered == 1.0
    assert found.units == (("南门", 10),)
    assert found.q_value < 0.01
    assert set(found.examples) <= {each.feedback_id for each in new}
    assert "人脸识别" in found.why.words


def named(said, prefix):
    """Return voices with other ids, so that they can join those of the same days."""
    return [replace(each, feedback_id=f"{prefix}{i}") for i, each in enumerate(said)]


def test_a_stream_without_news_has_no_proposals(look):
    for seed in range(4):
        assert look(voices(random.Random(seed), themes=("some",))) == ()


def test_more_feedback_alone_is_no_news(look):
    rng = random.Random(2)
    louder = voices(rng, per_day=18, days=14) + voices(rng, start=14, days=56)
    assert look([replace(each, themes=("some",)) for each in louder]) == ()


def test_a_new_source_with_words_of_its_own_is_no_news(look):
    rng = random.Random(3)
    new = voices(rng, texts=NEW, days=14, source="app", themes=("some",))
    assert look(voices(rng, themes=("some",)) + new) == ()


def test_copies_of_one_text_and_one_person_are_no_theme(look):
    rng = random.Random(4)
    usual = voices(rng, themes=("some",))
    copies = [
        HeardVoice(
            feedback_id=f"c{i}", day=LAST, source="survey", words="人脸识别坏了，退钱"
        )
        for i in range(30)
    ]
    lonely = voices(rng, per_day=1, texts=NEW, days=10, person="p1", unit="x")
    lonely = named(lonely, "l")
    assert look(usual + copies) == ()
    assert look(usual + lonely) == ()


def test_words_the_codeframe_has_are_nothing_new(look):
    rng = random.Random(5)
    new = voices(rng, per_day=1, texts=["人脸识别"], days=12)
    new = named(new, "n")
    usual = voices(rng, themes=("some",))
    assert look(usual + new) != ()
    assert all(
        "人脸识别" not in each.keywords
        for each in look(usual + new, known=frozenset({"人脸识别"}))
    )


def test_what_was_always_said_and_no_theme_covers_is_proposed_as_a_cluster(look):
    rng = random.Random(6)
    usual = voices(rng, themes=("some",))
    steady = voices(rng, per_day=1, texts=["充电插座松动了", "充电插座没有电"])
    steady = named(steady, "s")

    (found,) = look(usual + steady)

    assert "充电" in "".join(found.keywords)
    assert found.q_value is None
    assert found.n_before > 0
    assert found.why.code is ProposalReason.UNCOVERED


def test_what_themes_cover_as_a_rule_is_no_cluster_where_now_and_then_they_do_not(look):
    rng = random.Random(8)
    said = voices(rng, themes=("some",))
    assert (
        look([replace(e, themes=()) if rng.random() < 0.2 else e for e in said]) == ()
    )


def test_nothing_heard_proposes_nothing(look):
    assert look([]) == ()


def test_the_same_voices_in_another_order_give_the_same_proposals(look):
    rng = random.Random(7)
    said = voices(rng, themes=("some",)) + named(
        voices(rng, per_day=1, texts=NEW, days=10), "n"
    )
    first = look(said)
    rng.shuffle(said)
    assert look(said) == first != ()


@pytest.mark.parametrize(
    ("keywords", "decided", "same"),
    [
        (["人脸识别", "闸机"], ["闸机", "人脸识别"], True),
        (["人脸识别"], ["人脸识别", "闸机", "帽子"], True),
        (["人脸识别", "闸机", "口罩"], ["人脸识别", "x", "y"], True),
        (["闸机"], ["人脸识别"], False),
        (["闸机", "a", "b", "c"], ["x", "a", "y", "z"], False),
    ],
)
def test_a_decided_theme_is_known_again_by_its_words(keywords, decided, same):
    assert same_theme(keywords, decided) is same


def test_windows_are_whole_weeks():
    assert [whole_weeks(days) for days in (1, 7, 8, 14)] == [7, 7, 14, 14]


def heard(counts, n_days=70, per_day=40):
    """Return voices in which word i is said counts[i](age) times on a day."""
    age = np.repeat(np.arange(n_days), per_day)
    says = np.zeros((len(age), len(counts)))
    for word, count in enumerate(counts):
        for day in range(n_days):
            says[day * per_day : day * per_day + count(day), word] = 1
    return Heard(
        says=sparse.csr_matrix(says),
        age_days=age,
        source=np.zeros(len(age), dtype=np.int64),
    )


def test_a_word_that_comes_in_fits_needs_more_to_burst_than_a_steady_one():
    def steady(day):
        return 1

    def fitful(day):
        return 8 if day % 35 < 7 else 0

    def burst(day):
        return 3 if day < 14 else 0

    rule = BurstRule(min_ratio=1.5)
    found = find_bursts(heard([steady, fitful, burst]), rule)
    assert [each.word for each in found] == [2]
    assert found[0].n == 42


def test_false_shares_are_those_of_benjamini_and_hochberg():
    p = np.array([0.5, 0.03, 0.031])
    assert false_shares(p) == pytest.approx([0.5, 0.0465, 0.0465])


def test_things_with_a_name_are_found_in_one_spelling():
    found = entities(
        "CA 1234 和ca1234都晚点，《会员手册》说3号转盘，Mate 60 Pro 也坏了"
    )
    assert {"ca1234", "会员手册", "3号转盘", "mate60pro"} <= found
    assert entities("等了30分钟，花了100元") == frozenset()
    assert dates("3月12日下午，12月1号") == {(3, 12), (12, 1)}
