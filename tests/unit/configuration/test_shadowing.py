"""When does one condition surely take everything another would take?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.shadowing import covers
from huixiang.domain.coding.codeframe import Codeframe, Polarity, Theme
from huixiang.domain.items.route import Condition, Range, RoutingCase
from huixiang.domain.matching import compile_condition
from huixiang.domain.records.feedback import Channel
from huixiang.domain.text import Bilingual

NAME = Bilingual(zh="名", en="name")
FRAME = Codeframe(
    version="1",
    themes=(
        Theme(id="a", name=NAME),
        Theme(id="a.b", name=NAME, parent="a"),
        Theme(id="c", name=NAME),
    ),
)


@pytest.mark.parametrize(
    ("wide", "narrow", "expected"),
    [
        (Condition(), Condition(theme=("a",)), True),
        (Condition(theme=("a",)), Condition(), False),
        (Condition(theme=("a",)), Condition(theme=("a.b",)), True),
        (Condition(theme=("a.b",)), Condition(theme=("a",)), False),
        (Condition(rating=Range(max=3)), Condition(rating=Range(max=2)), True),
        (Condition(rating=Range(max=2)), Condition(rating=Range(max=3)), False),
        (Condition(rating=Range()), Condition(), False),
        (Condition(pattern="x"), Condition(pattern="x", unit=("T1",)), True),
        (Condition(pattern="x"), Condition(pattern="y"), False),
        (
            Condition(attributes={"k": ("1", "2")}),
            Condition(attributes={"k": ("1",)}),
            True,
        ),
        (Condition(attributes={"k": ("1",)}), Condition(), False),
    ],
)
def test_a_condition_covers_another_when_it_asks_for_less(wide, narrow, expected):
    assert covers(wide, narrow, FRAME) is expected


def subsets(values):
    return st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)


conditions = st.builds(
    Condition,
    theme=subsets(["a", "a.b", "c"]),
    unit=subsets(["T1", "T2", "-"]),
    channel=subsets([Channel.SURVEY, Channel.EMAIL]),
    polarity=subsets([Polarity.NEGATIVE, Polarity.POSITIVE]),
    rating=st.none()
    | st.builds(Range, min=st.none() | st.just(2.0), max=st.none() | st.just(3.0)),
)
cases = st.builds(
    RoutingCase,
    theme=st.sampled_from(["a", "a.b", "c"]),
    unit=st.sampled_from([None, "T1", "T2"]),
    channel=st.sampled_from([Channel.SURVEY, Channel.EMAIL]),
    polarity=st.sampled_from([Polarity.NEGATIVE, Polarity.POSITIVE]),
    stars=st.sampled_from([None, 1.0, 2.0, 3.0, 4.0]),
)


@given(wide=conditions, narrow=conditions, case=cases)
def test_what_is_covered_never_matches_alone(wide, narrow, case):
    if covers(wide, narrow, FRAME):
        wide_holds = compile_condition(wide, FRAME, compile_pattern).holds(case)
        narrow_holds = compile_condition(narrow, FRAME, compile_pattern).holds(case)
        assert wide_holds or not narrow_holds
