"""How many fixes also stand when they are seen together."""

from hypothesis import given, settings
from hypothesis import strategies as st

from huixiang.domain.proof.verdict import VerdictKind
from huixiang.verification.checks.multiplicity import discoveries, headline


@settings(deadline=None)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3), st.floats(0, 1), min_size=1, max_size=12
    )
)
def test_discoveries_grow_with_the_rate_and_are_the_smallest(p_values):
    strict, loose = (discoveries(p_values, rate=rate) for rate in (0.05, 0.2))
    assert set(strict) <= set(loose)
    left_out = [p for name, p in p_values.items() if name not in loose]
    assert all(p_values[name] <= p for name in loose for p in left_out)


def test_benjamini_hochberg_on_its_textbook_example():
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459]
    p += [0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0]
    named = {f"{k:02d}": value for k, value in enumerate(p)}
    assert discoveries(named, rate=0.05) == ["00", "01", "02", "03"]


def test_the_headline_counts_only_what_stands_together(judged):
    found = headline(judged)
    improved = [j for j in judged if j.verdict.kind is VerdictKind.IMPROVED]
    assert found.n_improved == len(improved)
    assert found.n_followed == len(judged)
    assert set(found.confirmed) <= {j.action_id for j in improved}
    assert len(found.confirmed) >= 1
