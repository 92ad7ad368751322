"""What goes wrong in real exports: rows that a person has to look at."""

import random
from collections.abc import Callable, Mapping

Row = dict[str, object]
Dirty = Callable[[random.Random, Row, Mapping[str, str]], None]
"""Spoils a row in place; the mapping gives its column for each role."""

BAD_BYTES = "\ufdd0"
"""Stands for bytes that are no text; the writer of a CSV puts them in."""

DIRT_PER_DAY = 0.13  # chance that a source delivers one bad row on a day
TESTS = ("测试", "test", "测试数据请忽略", "test 123", "asdf", "111111")
IMPOSSIBLE = (
    "2026-02-30 25:61",
    "0000-00-00",
    "1899/12/31 00:00",
    "2062/01/01 08:00",
    "昨天",
)
OFF_SCALE = ("99", "-1", "11", "非常满意!!", "6.5")


def spoil(rng: random.Random, row: Row, columns: Mapping[str, str]) -> Row:
    """Return the row with one thing wrong."""
    spoiled = dict(row)
    possible = [each for role, each in KINDS if role in columns]
    rng.choice(possible)(rng, spoiled, columns)
    return spoiled


def _no_text(_: random.Random, row: Row, columns: Mapping[str, str]) -> None:
    row[columns["text"]] = ""


def _no_such_time(rng: random.Random, row: Row, columns: Mapping[str, str]) -> None:
    row[columns["time"]] = rng.choice(IMPOSSIBLE)


def _off_scale(rng: random.Random, row: Row, columns: Mapping[str, str]) -> None:
    row[columns["rating"]] = rng.choice(OFF_SCALE)


def _test_row(rng: random.Random, row: Row, columns: Mapping[str, str]) -> None:
    row[columns["text"]] = rng.choice(TESTS)


def _unreadable(_: random.Random, row: Row, columns: Mapping[str, str]) -> None:
    row[columns["text"]] = f"{row[columns['text']]}{BAD_BYTES}"


def _shifted(_: random.Random, row: Row, columns: Mapping[str, str]) -> None:
    """One column too few: everything after it stands one to the left."""
    values = [*list(row.values())[1:], ""]
    for column, value in zip(list(row), values, strict=True):
        row[column] = value


KINDS: tuple[tuple[str, Dirty], ...] = (
    ("text", _no_text),
    ("text", _no_text),
    ("time", _no_such_time),
    ("rating", _off_scale),
    ("text", _test_row),
    ("bytes", _unreadable),
    ("bytes", _unreadable),
    ("id", _shifted),
)
