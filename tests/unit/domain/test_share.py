"""A share and its interval."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.proof.share import share_interval


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_within_0_and_1(counts):
    hits, n = counts
    low, high = share_interval(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert low < high


def test_the_interval_is_wilsons():
    # Newcombe (1998), table I: 81 of 263.
    assert share_interval(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_without_trials_any_share_is_possible():
    assert share_interval(0, 0) == (0.0, 1.0)
