"""An equation holds where both sides are equal, and only there."""

from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.proof.ledger import Equation, Ledger

counts = st.lists(st.integers(min_value=0, max_value=10**6), max_size=6)


def equation(left, right):
    return Equation(
        name="pulled",
        scope="till",
        left=tuple((str(i), n) for i, n in enumerate(left)),
        right=tuple((str(i), n) for i, n in enumerate(right)),
    )


@given(left=counts, right=counts)
def test_an_equation_holds_exactly_where_the_sums_are_equal(left, right):
    assert equation(left, right).holds is (sum(left) == sum(right))


@given(pairs=st.lists(st.tuples(counts, counts), max_size=5))
def test_a_ledger_holds_where_nothing_is_broken(pairs):
    ledger = Ledger(equations=tuple(equation(*pair) for pair in pairs))
    assert ledger.holds is (ledger.broken == ())
