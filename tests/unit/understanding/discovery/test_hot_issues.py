"""The same event told by many is found once, and the heat says how hot it is."""

import datetime as dt
import random
from dataclasses import replace

import pytest

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.insight import HEAT_WEIGHTS, Heat
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.text import Bilingual
from huixiang.understanding.discovery.hot import HotRule, ToldFeedback, find_hot, heat
from huixiang.understanding.discovery.likeness import Alike, alike

LAST = dt.date(2026, 3, 31)
QUEUE = IssueKey(theme="queue", touchpoint="hall", unit="T1")
FOOD = IssueKey(theme="food", touchpoint="shop", unit="T1")
WORDS = [
    "队伍没有尽头",
    "排得腿酸",
    "绕了三圈才到头",
    "一直不动",
    "插队没人拦",
    "窗口只开一个",
    "前面卡住了",
    "孩子站不住了",
]


def told(number, age, words="", **more):
    return ToldFeedback(
        feedback_id=f"fb_{number}",
        day=LAST - dt.timedelta(days=age),
        words=words or f"{WORDS[number % len(WORDS)]}，{number * 7919 % 100003}",
        **more,
    )


def usual():
    """Eight weeks in which one person a day complains of the queue."""
    return [
        each
        for day in range(63)
        for each in (
            told(10 * day, day, complaints=(QUEUE,)),
            *(
                told(10 * day + n, day, "一切都好" + str(10 * day + n))
                for n in range(1, 6)
            ),
        )
    ]


def title(key, names):
    words = " ".join([*names, key.theme if key else "?"])
    return Bilingual(zh=words, en=words)


def look(said, **rule):
    return find_hot(said, until=LAST, rule=HotRule(**rule), title=title)


def test_the_usual_complaints_are_not_hot():
    assert look(usual()) == ()


def test_many_more_than_usual_at_one_place_are_one_event():
    crowd = [told(1000 + n, n % 3, complaints=(QUEUE,)) for n in range(24)]

    (found,) = look(usual() + crowd)

    assert (found.theme, found.touchpoint, found.unit) == ("queue", "hall", "T1")
    assert found.by == ("place",)
    assert found.n == 24 + 7
    assert found.n_people == found.n
    assert found.expected == pytest.approx(56 * (42 + 24) / 336)
    assert found.title.zh == "queue"
    assert set(found.examples) <= set(found.feedback_ids)
    assert (found.first_on, found.last_on) == (LAST - dt.timedelta(days=6), LAST)


def test_a_flight_that_several_people_complain_of_in_other_words_is_an_event():
    said = [
        told(2000 + n, 1, f"{words} CA{'' if n % 2 else ' '}1234", polarity=Polarity.NEGATIVE)
        for n, words in enumerate(["3月30日取消了", "3月30日被取消", "没人管", "3月30日晚上才说", "退票"])
    ]  # fmt: skip

    (found,) = look(usual() + said)

    assert found.entities == ("ca1234",)
    assert found.by == ("entity",)
    assert found.dates == (dt.date(2026, 3, 30),)


def test_nearly_the_same_words_from_several_people_are_an_event_with_its_copies():
    text = "今天下午三号餐厅的牛肉面里吃出了铁丝，要求餐厅道歉并且公开处理结果"
    said = [
        told(3000 + n, 0, text + ("！" * (n // 2)), person=f"p{n}", complaints=(FOOD,))
        for n in range(8)
    ]

    (found,) = look(usual() + said)

    assert "wording" in found.by
    assert (found.n, found.n_people, found.n_copies) == (8, 8, 4)


def test_words_that_always_recur_are_no_event():
    said = [
        told(50_000 + n, n, f"安检排队的时间实在太长了，{n % 7}分", complaints=(FOOD,))
        for n in range(63)
    ]
    assert look(usual() + said) == ()


def test_one_person_who_writes_often_is_no_event():
    said = [told(4000 + n, 0, complaints=(QUEUE,), person="loud") for n in range(30)]
    assert all(each.n_people >= 4 for each in look(usual() + said))
    assert look(said) == ()


def test_the_same_words_of_unknown_people_are_taken_for_one_person():
    said = [
        told(5000 + n, 0, "排队两小时，太离谱了", complaints=(QUEUE,))
        for n in range(30)
    ]
    assert look(said) == ()


def test_a_few_more_than_usual_may_be_chance():
    past = [told(500 + n, 10 + 10 * n, complaints=(FOOD,)) for n in range(4)]
    now = [told(600 + n, n, complaints=(FOOD,)) for n in range(4)]
    said = [*usual(), *past, *now]
    assert look(said) == ()
    assert [each.theme for each in look(said, alpha=0.05)] == ["food"]


def test_what_is_surely_but_hardly_more_than_usual_is_not_hot():
    past = [told(20_000 + n, 7 + n % 56, complaints=(FOOD,)) for n in range(560)]
    now = [told(30_000 + n, n % 7, complaints=(FOOD,)) for n in range(120)]
    calm = [told(40_000 + n, n % 63, f"平常{n}") for n in range(63 * 30)]
    said = [*calm, *past, *now]
    assert look(said) == ()
    assert [each.theme for each in look(said, min_ratio=1.2)] == ["food"]


def test_a_day_that_is_still_to_come_this_year_was_last_year():
    said = [
        told(10_000 + n, 0, f"12月30日{each}CA888", polarity=Polarity.NEGATIVE)
        for n, each in enumerate(["取消了", "没飞成", "退票难", "没人管"])
    ]
    (found,) = look(usual() + said)
    assert found.dates == (dt.date(2025, 12, 30),)


def test_place_and_name_of_one_event_are_joined():
    named = [
        told(
            6000 + n, 0, f"{WORDS[n % 8]} 在3号转盘 {n * 37 % 1009}", complaints=(FOOD,)
        )
        for n in range(9)
    ]
    unnamed = [told(6100 + n, 0, complaints=(FOOD,)) for n in range(4)]
    elsewhere = [
        told(6200 + n, 0, f"{each} 3号转盘", polarity=Polarity.NEGATIVE)
        for n, each in enumerate(["停了", "没灯", "吵人"])
    ]
    (found,) = look([*usual(), *named, *unnamed, *elsewhere])
    assert found.by == ("entity", "place")
    assert found.n == 9 + 4 + 3


def test_nothing_after_the_day_is_seen():
    later = [told(7000 + n, -1, complaints=(QUEUE,)) for n in range(40)]
    assert look(usual() + later) == look(usual())


def test_the_order_of_the_voices_does_not_matter():
    said = usual() + [told(8000 + n, n % 3, complaints=(QUEUE,)) for n in range(24)]
    shuffled = list(said)
    random.Random(1).shuffle(shuffled)
    assert look(shuffled) == look(said) != ()


def test_the_hottest_comes_first_and_the_limit_holds():
    said = usual()
    said += [told(9000 + n, 0, complaints=(QUEUE,)) for n in range(40)]
    said += [told(9500 + n, 0, complaints=(FOOD,)) for n in range(8)]
    hot = look(said)
    assert [each.theme for each in hot] == ["queue", "food"]
    assert hot[0].heat.index > hot[1].heat.index
    assert look(said, limit=1) == hot[:1]


def test_heat_grows_with_volume_people_anger_publicity_and_growth():
    calm = [told(n, n % 4, complaints=(QUEUE,)) for n in range(8)]
    calm.sort(key=lambda each: each.day)
    base = heat(calm, 4, 4.0)
    hotter = {
        "volume": heat(calm, 4, 0.0),
        "people": heat(calm, 8, 4.0),
        "public": heat([replace(each, is_public=True) for each in calm], 4, 4.0),
        "growth": heat([*calm, *calm[-1:] * 8], 4, 4.0 + 8),
    }
    for part, found in hotter.items():
        assert getattr(found, part) > getattr(base, part)
    happy = [replace(each, complaints=()) for each in calm]
    assert heat(happy, 4, 4.0).negativity < base.negativity


def test_the_index_is_0_to_100():
    none = Heat(volume=0, people=0, negativity=0, public=0, growth=0)
    full = Heat(volume=1, people=1, negativity=1, public=1, growth=1)
    assert (none.index, full.index) == (0, pytest.approx(100))
    assert sum(HEAT_WEIGHTS) == pytest.approx(1)


def test_wording_joins_near_copies_and_leaves_the_rest():
    texts = [
        "餐厅的面里有铁丝请处理",
        "餐厅的面里有铁丝，请处理！",
        "停车场找不到出口",
        "好",
        "好",
    ]
    assert alike(texts) == [Alike(rows=(0, 1), n_before=0)]
    assert alike(texts, [*texts, "餐厅的面里有铁丝请处理"]) == [
        Alike(rows=(0, 1), n_before=3)
    ]
    assert alike([]) == []
