"""Gaps between expectation and perception, and signs of effort, in plain sentences."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.coding.insight import Direction, Effort
from huixiang.understanding.voices.effort import efforts, number
from huixiang.understanding.voices.expectation import gaps

FOLDER = Path(__file__).parent


def labelled(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def only(values):
    """Return the one value there is, "-" for none, "mixed" for several."""
    found = set(values)
    return found.pop() if len(found) == 1 else "mixed" if found else "-"


@pytest.mark.parametrize(
    ("name", "n", "gap", "effort"),
    [
        ("expectation_effort.tsv", 95, 0.97, 0.97),
        ("expectation_effort_fresh.tsv", 40, 0.9, 0.97),
    ],
)
def test_labelled_sentences_are_read_as_their_author_meant_them(name, n, gap, effort):
    rows = labelled(name)
    found = [only(each.direction for each in gaps(row["text"])) for row in rows]
    efforted = [only(each.effort for each in efforts(row["text"])) for row in rows]

    assert len(rows) == n
    assert share(found, [row["gap"] for row in rows]) >= gap
    assert share(efforted, [row["effort"] for row in rows]) >= effort


def share(found, wanted):
    return sum(a == b for a, b in zip(found, wanted, strict=True)) / len(wanted)


@pytest.mark.parametrize(
    ("words", "direction"),
    [
        ("本以为很安静，结果吵得要命", Direction.BELOW),
        ("担心要排很久，没想到很快就好了，真方便", Direction.ABOVE),
        ("没有想象中那么差", Direction.ABOVE),
        ("没有想象中那么好", Direction.BELOW),
        ("worse than expected", Direction.BELOW),
    ],
)
def test_what_came_decides_the_direction(words, direction):
    assert {each.direction for each in gaps(words)} == {direction}


@pytest.mark.parametrize(
    "words", ["期待下次再来", "预计十点起飞", "和描述一致，没有落差", ""]
)
def test_hopes_alone_are_no_gap(words):
    assert gaps(words) == ()


@pytest.mark.parametrize(
    ("words", "effort"),
    [
        ("打了四次电话", Effort.HIGH),
        ("不用来回跑", Effort.LOW),
        ("等了两个小时", Effort.HIGH),
        ("等了三分钟", Effort.LOW),
        ("had to call three times", Effort.HIGH),
    ],
)
def test_the_amount_and_a_negation_decide_the_effort(words, effort):
    assert {each.effort for each in efforts(words)} == {effort}


@pytest.mark.parametrize(
    "words", ["等了十分钟", "打过一次电话", "麻烦您帮我看看", "吃了好几次，很好吃"]
)
def test_what_is_usual_or_polite_is_no_effort(words):
    assert efforts(words) == ()


def test_effort_that_was_only_feared_does_not_count():
    assert {each.effort for each in efforts("原以为要跑三趟，一次就办好了")} == {
        Effort.LOW
    }


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("3", 3),
        ("两", 2),
        ("十二", 12),
        ("三十", 30),
        ("好几", 5),
        ("半", 0.5),
        ("七八", 8),
    ],
)
def test_counts_are_read_as_people_write_them(words, count):
    assert number(words) == count


PIECES = st.sampled_from(
    ["本以为", "结果", "没想到", "差", "好", "，", "。", "等了", "两个小时", "不用", "排队", "but", " expected ", "9", "\n"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join)))
def test_signs_stand_in_the_text_in_order_and_apart(words):
    for signs in (gaps(words), efforts(words)):
        edges = [edge for each in signs for edge in (each.start, each.end)]
        assert edges == sorted(edges)
        assert all(0 <= edge <= len(words) for edge in edges)
