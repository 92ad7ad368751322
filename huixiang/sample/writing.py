"""Put a text together: what happened, how it felt, in the manner of its channel."""

import functools
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.sample import people
from huixiang.sample.chance import happens
from huixiang.sample.landscape import UNITS, grounds
from huixiang.sample.manner import finish, traditional
from huixiang.sample.story import BY_KEY
from huixiang.sample.voices import pool

ENGLISH_SHARE = 0.035
TRADITIONAL_SHARE = 0.04
LINKS_SAME = ("。", "，而且", "；", "。还有，", "，", "。另外")
CARS = ("transport.taxi", "transport.parking")

SLOTS: Mapping[str, tuple[str, ...]] = {
    "m": (
        "四十分钟", "半个多小时", "一个小时", "快一小时", "五十多分钟", "一个半小时", "35分钟",
        "45分钟", "50分钟", "1个多小时", "将近一小时", "整整一小时", "四十来分钟", "大半个小时",
        "一小时二十分钟", "55分钟",
    ),
    "t": (
        "早上六点", "清晨五点半", "早上七点多", "上午十点", "中午十二点", "下午两点", "下午四点半",
        "傍晚六点", "晚上八点", "晚上十点多", "半夜十二点", "凌晨一点", "天没亮", "6:40", "21:15",
    ),
    "c": (
        "成都", "深圳", "西安", "昆明", "哈尔滨", "三亚", "长沙", "乌鲁木齐", "青岛", "武汉",
        "南宁", "厦门", "兰州", "贵阳", "沈阳", "大阪", "曼谷", "首尔",
    ),
    "w": (
        "我妈", "我爸", "老婆", "老公", "孩子", "同事", "客户", "外婆", "丈母娘", "老父亲",
        "女朋友", "闺蜜", "爷爷", "儿子", "女儿", "朋友",
    ),
    "n": ("两", "三", "四", "五", "六", "七", "3", "4", "5"),
    "d": (
        "昨天", "前天", "今天", "上周五", "周一", "这周三", "上周末", "大前天", "周日", "前几天",
        "月初", "刚刚",
    ),
}  # fmt: skip
ENGLISH_WAITS = ("40 minutes", "an hour", "50 minutes", "over an hour", "half an hour")
UNIT_WORDS = {
    "T1": ("T1", "T1", "一号航站楼", "1号楼"),
    "T2": ("T2", "T2", "二号航站楼", "2号楼"),
    "T3": ("T3", "T3", "三号航站楼", "3号楼"),
    NOWHERE: ("机场", "你们机场"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A text and its title ("" where the channel has none)."""

    title: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Habit:
    """How people write in a channel: shares of the parts a text may have."""

    opening: float
    second: float
    third: float
    feeling: float
    wish: float
    aside: float
    title: float
    loose: float  # emoji, typos, free punctuation


HABITS: Mapping[str, Habit] = {
    "survey": Habit(
        opening=0.5, second=0.22, third=0, feeling=0.5, wish=0.15, aside=0.1, title=0,
        loose=0.3,
    ),
    "app_store": Habit(
        opening=0.25, second=0.2, third=0, feeling=0.4, wish=0.15, aside=0, title=0.7,
        loose=0.5,
    ),
    "community": Habit(
        opening=0.6, second=0.35, third=0.1, feeling=0.6, wish=0.15, aside=0.12, title=0.6,
        loose=0.75,
    ),
    "call_center": Habit(
        opening=0.2, second=0.25, third=0, feeling=0.1, wish=0.1, aside=0, title=0, loose=0,
    ),
    "complaints": Habit(
        opening=0.3, second=0.8, third=0.3, feeling=0.4, wish=0.6, aside=0, title=1, loose=0,
    ),
}  # fmt: skip


def tell(
    rng: random.Random, key: IssueKey, sign: str, source: str, phase: str = ""
) -> Told:
    """Return what somebody writes about an issue; *sign* is "-", "0" or "+".

    *phase* is "dip" or "fixed" where the story is there, and adds what is said then.
    """
    english = _sentences(key.theme, "en" + sign, phase)
    if english and source != "complaints" and happens(rng, ENGLISH_SHARE):
        return Told(title="", text=_english(rng, english, sign))
    habit = HABITS[source]
    matter = _matter(rng, key, sign, habit, phase)
    text = FRAMES.get(source, _plain)(rng, key, sign, habit, matter)
    text = finish(rng, text, sign, habit.loose)
    title = _title(rng, key, sign, source) if happens(rng, habit.title) else ""
    if happens(rng, TRADITIONAL_SHARE):
        return Told(title=traditional(title), text=traditional(text))
    return Told(title=title, text=text)


def fill(rng: random.Random, line: str, key: IssueKey) -> str:
    """Put words into the slots of a sentence."""
    if "{" not in line:
        return line
    words = {slot: rng.choice(choices) for slot, choices in SLOTS.items()}
    others = [unit for unit in UNITS if unit != key.unit]
    return line.format(
        **words,
        u=rng.choice(UNIT_WORDS[key.unit]),
        o=rng.choice(others),
        g=f"{rng.choice('ABCD')}{rng.randrange(1, 40)}",
        f=f"{rng.choice(('XA', 'QB', 'ZW'))}{rng.randrange(1001, 9000)}",
    )


def _plain(
    rng: random.Random, key: IssueKey, sign: str, habit: Habit, matter: str
) -> str:
    """Return a text in one's own words."""
    parts = []
    if happens(rng, habit.opening):
        opening = rng.choice(pool("opening", "opening " + sign))
        parts.append(
            fill(rng, opening, key) + rng.choice(("，", "，", "，", "。", "："))
        )
    parts.append(matter)
    if happens(rng, habit.feeling * (0.7 if sign == "0" else 1)):
        parts.append(
            rng.choice(("，", "。", "，")) + _pick(rng, key, "feeling " + sign)
        )
    if happens(rng, habit.aside):
        parts.append(_aside(rng, key, sign))
    if sign == "-" and happens(rng, habit.wish):
        parts.append(rng.choice(("。", "，")) + _pick(rng, key, "wish -"))
    return "".join(parts)


def _call(
    rng: random.Random, key: IssueKey, sign: str, habit: Habit, matter: str
) -> str:
    """Return what an agent noted down during a call."""
    start = _pick(rng, key, "call " + sign) if happens(rng, 0.6) else ""
    end = "。" + _pick(rng, key, "call end " + sign) if happens(rng, 0.5) else ""
    if happens(rng, 0.12):
        end = (end or "。") + people.contact(rng)
    return start + _plain(rng, key, sign, habit, matter) + end


def _letter(
    rng: random.Random, key: IssueKey, sign: str, habit: Habit, matter: str
) -> str:
    """Return a letter of complaint."""
    start = _pick(rng, key, "formal " + sign) if happens(rng, 0.7) else ""
    end = "。" + _pick(rng, key, "formal end") if happens(rng, 0.7) else "。"
    if happens(rng, 0.35):
        end += people.contact(rng)
    return start + _plain(rng, key, sign, habit, matter) + end


FRAMES: Mapping[str, Callable[[random.Random, IssueKey, str, Habit, str], str]] = {
    "call_center": _call,
    "complaints": _letter,
}


def _sentences(theme: str, sign: str, phase: str) -> tuple[str, ...]:
    """Return what may be said; what belongs to the phase comes up twice as often."""
    return pool(f"{theme} {sign}") + 2 * pool(
        f"{theme} {sign} {phase}" if phase else ""
    )


def _matter(
    rng: random.Random, key: IssueKey, sign: str, habit: Habit, phase: str
) -> str:
    """Return one to three sentences about the issue itself."""
    sentences = _sentences(key.theme, sign, phase)
    n = 1 + happens(rng, habit.second) + happens(rng, habit.third)
    n = min(n, 2 if sign == "0" else len(sentences))
    picked = dict.fromkeys(rng.sample(sentences, n))  # a doubled line is said once
    first, *more = (fill(rng, each, key) for each in picked)
    text = first + "".join(rng.choice(LINKS_SAME) + each for each in more)
    if key.theme in CARS and sign == "-" and happens(rng, 0.06):
        text += "，" + people.car(rng).rstrip("。")
    return text


def _aside(rng: random.Random, key: IssueKey, sign: str) -> str:
    """Return a remark about something else at the same touchpoint, or nothing."""
    others = neighbours(key)
    if not others or sign == "0":
        return ""
    other = rng.choice(others)
    turned = happens(rng, 0.7 if sign == "-" else 0.35)
    mood = {"-": "+", "+": "-"}[sign] if turned else sign
    link = rng.choice(
        ("不过", "但是", "倒是") if turned else ("另外", "还有", "顺便说一句，")
    )
    return rng.choice(("。", "，")) + link + _pick(rng, other, f"{other.theme} {mood}")


@functools.cache
def neighbours(key: IssueKey) -> tuple[IssueKey, ...]:
    """Return the unplanted issues at the same touchpoint and unit."""
    return tuple(
        ground.key
        for ground in grounds()
        if (ground.key.touchpoint, ground.key.unit) == (key.touchpoint, key.unit)
        and ground.key != key
        and ground.key not in BY_KEY
        and ground.key.theme != "safety.injury"
    )


def _title(rng: random.Random, key: IssueKey, sign: str, source: str) -> str:
    """Return a heading that names no theme."""
    return _pick(
        rng, key, ("mail title " if source == "complaints" else "title ") + sign
    )


def _english(rng: random.Random, sentences: tuple[str, ...], sign: str) -> str:
    """Return a text in English."""
    waits = rng.choice(ENGLISH_WAITS)
    parts = [rng.choice(sentences).format(m=waits).rstrip(".") + "."]
    if happens(rng, 0.5):
        parts.insert(0, rng.choice(pool("en opening")))
    feelings = pool("en feeling " + sign)
    if feelings and happens(rng, 0.5):
        parts.append(rng.choice(feelings))
    return " ".join(parts)


def _pick(rng: random.Random, key: IssueKey, heading: str) -> str:
    """Return one line of a pool, filled."""
    return fill(rng, rng.choice(pool(heading)), key)
