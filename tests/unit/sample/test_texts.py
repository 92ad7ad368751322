"""The texts: nobody sees templates at a glance, and nobody's data is in them."""

import re
from collections import Counter

import pytest

from huixiang.domain.items.issue import IssueKey
from huixiang.sample import people
from huixiang.sample.chance import poisson, stream
from huixiang.sample.landscape import Fix, grounds, phase_of
from huixiang.sample.manner import traditional
from huixiang.sample.story import STORY
from huixiang.sample.timeline import END, START, day
from huixiang.sample.voice import Voice
from huixiang.sample.voices import pool, pools
from huixiang.sample.world import World
from huixiang.sample.writing import fill, tell

PLANTED = STORY[0]


@pytest.fixture(scope="module")
def voices() -> list[Voice]:
    return list(World(11).voices(START, END))


def test_at_least_95_of_100_texts_are_said_only_once(voices: list[Voice]) -> None:
    texts = [voice.told.text for voice in voices]
    assert len(set(texts)) >= 0.95 * len(texts)


def test_long_and_short_chinese_english_and_traditional_texts_all_occur(
    voices: list[Voice],
) -> None:
    texts = [voice.told.text for voice in voices]
    assert sum(len(text) < 16 for text in texts) > 200
    assert sum(len(text) > 80 for text in texts) > 100
    assert sum(text.isascii() for text in texts) > 50
    assert sum("們" in text or "個" in text for text in texts) > 50
    assert any("😡" in text for text in texts)


def test_no_slot_stays_open(voices: list[Voice]) -> None:
    open_slots = [
        v.told for v in voices if re.search(r"[{}]", v.told.text + v.told.title)
    ]
    assert open_slots == []


def test_every_ground_has_words_for_every_mood() -> None:
    themes = {ground.key.theme for ground in grounds()}
    missing = [f"{theme} {sign}" for theme in themes for sign in "-0+"
               if len(pool(f"{theme} {sign}")) < 3]  # fmt: skip
    assert missing == []


def test_no_sentence_stands_in_two_pools() -> None:
    lines = Counter(line for each in pools().values() for line in set(each))
    assert [line for line, n in lines.items() if n > 1 and len(line) > 6] == []


def test_what_belongs_to_a_dip_is_not_said_at_other_times() -> None:
    dip = set(pool("lounge.drinks - dip"))
    usual = {tell(stream(n), PLANTED.key, "-", "survey").text for n in range(300)}
    heard = {line for line in dip if any(line in text for text in usual)}
    assert heard == set()
    during = {
        tell(stream(n), PLANTED.key, "-", "survey", "dip").text for n in range(300)
    }
    assert any(line in text for line in dip for text in during)


def test_an_issues_phase_follows_onset_healing_and_fix() -> None:
    key = PLANTED.key
    fix = Fix(
        theme=key.theme, touchpoint=key.touchpoint, unit=key.unit, resolved_on=day(90)
    )
    assert phase_of(key, day(PLANTED.onset_day - 1), [fix]) == ""
    assert phase_of(key, day(PLANTED.onset_day), [fix]) == "dip"
    assert phase_of(key, day(90), [fix]) == "fixed"
    assert phase_of(key, day(120), []) == "dip"
    assert phase_of(IssueKey(theme="shop.food"), day(120), []) == ""


def test_the_same_place_gives_the_same_words() -> None:
    one = tell(stream("here"), PLANTED.key, "-", "community", "dip")
    assert one == tell(stream("here"), PLANTED.key, "-", "community", "dip")
    assert one != tell(stream("there"), PLANTED.key, "-", "community", "dip")


def test_the_unit_in_a_text_is_the_units_own() -> None:
    texts = [
        fill(stream(n), "从{u}走", IssueKey(theme="x", unit="T2")) for n in range(40)
    ]
    assert all("2" in text or "二" in text for text in texts)


def test_personal_data_occurs_and_can_be_nobodys(voices: list[Voice]) -> None:
    texts = "\n".join(voice.told.text for voice in voices)
    phones = re.findall(r"(?<!\d)1\d{2}[ -]?(\d{4})[ -]?\d{4}(?!\d)", texts)
    assert len(phones) > 50
    assert set(phones) == {"0000"}
    assert "@example.com" in texts
    assert "身份证号990101" in texts


def test_identity_numbers_pass_the_check_digit() -> None:
    for n in range(50):
        digits = people.identity(stream(n))
        weights = [pow(2, 17 - k, 11) for k in range(18)]
        values = [10 if digit == "X" else int(digit) for digit in digits]
        assert sum(w * v for w, v in zip(weights, values, strict=True)) % 11 == 1


def test_traditional_characters_come_from_simplified_ones() -> None:
    assert traditional("安检排队") == "安檢排隊"


def test_counts_have_the_mean_they_should() -> None:
    rng = stream("counts")
    counts = [poisson(rng, 3.0) for _ in range(4000)]
    assert sum(counts) / len(counts) == pytest.approx(3.0, abs=0.1)
    assert poisson(rng, 0.0) == 0
