"""The table of moves: what may follow what, and how errors say it."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.items.action import (
    LIVE,
    MOVES,
    WORKING,
    ActionStatus,
    check_move,
    path,
)
from huixiang.errors import IllegalMove

S = ActionStatus


def test_every_status_has_its_row():
    assert set(MOVES) == set(ActionStatus)


@pytest.mark.parametrize(
    ("before", "after"),
    [(a, b) for a, b in itertools.product(S, S) if b not in MOVES[a]],
)
def test_whatever_the_table_does_not_name_is_refused(before, after):
    with pytest.raises(
        IllegalMove, match=f"ai_7 .* '{before.value}' to '{after.value}'"
    ):
        check_move("ai_7", before, after)


@given(before=st.sampled_from(S), after=st.sampled_from(S))
def test_a_path_is_made_of_legal_moves_and_ends_where_it_should(before, after):
    implied = S.ACCEPTED in MOVES[before] and after in MOVES[S.ACCEPTED]
    if after not in MOVES[before] and not implied:
        with pytest.raises(IllegalMove, match=f"'{before.value}' to '{after.value}'"):
            path(before, after)
        return
    steps = path(before, after)
    assert steps[-1] is after
    for one, two in itertools.pairwise((before, *steps)):
        check_move("ai_7", one, two)


def test_resolving_an_open_item_implies_that_it_was_accepted():
    assert path(S.OPEN, S.RESOLVED) == (S.ACCEPTED, S.RESOLVED)
    assert path(S.OPEN, S.IN_PROGRESS) == (S.ACCEPTED, S.IN_PROGRESS)


def test_nothing_follows_the_end():
    assert {status for status in S if not MOVES[status]} == {S.CLOSED, S.CANCELLED}


def test_what_takes_capacity_or_waits_needs_no_second_item():
    assert WORKING <= LIVE
    assert LIVE.isdisjoint({S.CLOSED, S.CANCELLED, S.VERIFIED, S.UNPROVEN})
