"""Bridges between codeframes: what they mean, and how far both ends agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.coding.bridge import (
    Tally,
    all_moves,
    compare,
    disagreement,
    shares,
    splits,
    successions,
)
from huixiang.domain.coding.codeframe import (
    Bridge,
    Codeframe,
    MoveKind,
    Polarity,
    Theme,
    ThemeMove,
)
from huixiang.domain.text import Bilingual

BAD, SO_SO, GOOD = Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE
THEMES = ("a", "b", "c")
SAID = st.dictionaries(st.sampled_from(THEMES), st.sampled_from(list(Polarity)))


def frame(*ids):
    name = Bilingual(zh="主题", en="theme")
    return Codeframe(version="2", themes=tuple(Theme(id=i, name=name) for i in ids))


def move(old, new=""):
    return ThemeMove(old=tuple(old), new=tuple(new))


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("a", "a", MoveKind.KEPT),
        ("a", "b", MoveKind.RENAMED),
        ("ab", "c", MoveKind.MERGED),
        ("ab", "a", MoveKind.MERGED),
        ("a", "bc", MoveKind.SPLIT),
        ("a", "", MoveKind.RETIRED),
    ],
)
def test_a_move_is_known_by_its_two_sides(old, new, kind):
    assert move(old, new).kind is kind


@pytest.mark.parametrize(("old", "new"), [("", "a"), ("ab", "cd"), ("ab", "")])
def test_a_move_that_cannot_be_followed_is_refused(old, new):
    with pytest.raises(ValueError, match="one old theme"):
        move(old, new)


def test_what_a_bridge_does_not_name_stays_or_is_retired():
    bridge = Bridge(from_version="1", to_version="2", moves=(move("a", "x"),))
    moves = all_moves("abc", frame("x", "b"), bridge)
    assert [(m.old, m.new) for m in moves] == [
        (("a",), ("x",)),
        (("b",), ("b",)),
        (("c",), ()),
    ]


@given(SAID)
def test_a_pure_rename_never_disagrees(said):
    renamed = {f"new {theme}": polarity for theme, polarity in said.items()}
    for theme in THEMES:
        found = compare(ThemeMove(old=(theme,), new=(f"new {theme}",)), said, renamed)
        assert found.n_disagree == 0
        assert found.n == (theme in said)


@pytest.mark.parametrize(
    ("old", "new", "n", "n_disagree"),
    [
        ({}, {}, 0, 0),
        ({"a": BAD}, {"c": BAD}, 1, 0),
        ({"a": BAD, "b": GOOD}, {"c": BAD}, 1, 0),
        ({"a": SO_SO, "b": GOOD}, {"c": SO_SO}, 1, 0),
        ({"a": BAD}, {"c": GOOD}, 1, 1),
        ({"a": BAD}, {}, 1, 1),
        ({}, {"c": BAD}, 1, 1),
    ],
)
def test_a_merged_theme_says_the_worst_of_its_parts(old, new, n, n_disagree):
    found = compare(move("ab", "c"), old, new)
    assert (found.n, found.n_disagree) == (n, n_disagree)


@given(st.lists(st.tuples(SAID, SAID), max_size=30))
def test_tallies_add_up_in_any_batches(pairs):
    split = move("a", "bc")
    each = [compare(split, old, new) for old, new in pairs]
    middle = len(each) // 2
    halves = sum(each[:middle], Tally()) + sum(each[middle:], Tally())
    whole = sum(each, Tally())
    assert halves == whole
    assert whole.n_disagree <= whole.n
    assert all(count <= whole.n for count in whole.parts.values())


@given(st.integers(1, 5000), st.data())
def test_the_interval_holds_the_share_and_stays_a_share(n, data):
    found = disagreement(data.draw(st.integers(0, n)), n)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_the_interval_is_wilsons():
    found = disagreement(5, 50)
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.0435, 0.2136)


def test_nothing_compared_is_no_share():
    assert disagreement(0, 0) is None


def test_shares_of_a_split_are_of_what_the_old_theme_had():
    tally = Tally(n=10, n_old=8, parts={"b": 6, "c": 4})
    assert shares(move("a", "bc"), tally) == {"b": 0.75, "c": 0.5}
    assert shares(move("a", "bc"), Tally()) == {}


def test_only_new_names_are_successions_and_only_other_themes_parts():
    moves = [move("a", "b"), move("cd", "c"), move("e", "ef"), move("g")]
    assert successions(moves) == {"a": "b", "d": "c"}
    assert list(splits(moves)) == [("e", "f")]
