"""First match wins; the route says which rule, why, and who lost."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.configuration.patterns import compile_pattern
from huixiang.domain.coding.codeframe import NeedTier, Polarity
from huixiang.domain.items.route import (
    Condition,
    MatchedPart,
    Range,
    Route,
    RoutingCase,
    RoutingRule,
    Urgency,
)
from huixiang.domain.matching import compile_condition
from huixiang.domain.records.feedback import Channel
from huixiang.routing.compile import DEFAULT

CASE = RoutingCase(
    theme="lounge.drinks.cola",
    polarity=Polarity.NEGATIVE,
    need_tier=NeedTier.PAIN,
    channel=Channel.SURVEY,
    touchpoint="waiting",
    unit="T2",
    segment="gold",
    stars=2.0,
    words="可乐又换成柠檬味的了",
    attributes={"airline": "XY"},
)


def rule(rule_id: str, department: str = "somebody", **when: Any) -> RoutingRule:
    return RoutingRule(id=rule_id, department=department, when=Condition(**when))


def test_the_first_rule_that_matches_wins_and_the_later_ones_are_named(router):
    routes = router(
        rule("other", theme=("queue",)),
        rule("winner", "catering", theme=("lounge",)),
        rule("second", theme=("lounge.drinks",)),
        rule("everything"),
        version="9",
    )
    route = routes.route(CASE)
    assert (route.rule, route.department, route.rules_version) == (
        "winner",
        "catering",
        "9",
    )
    assert route.losing == ("second", "everything")


def test_a_route_carries_all_that_its_rule_says(router):
    full = RoutingRule(
        id="full",
        department="catering",
        severity=Urgency.HIGH,
        sla_hours=24,
        playbook="restock",
    )
    assert router(full).route(CASE) == Route(
        department="catering",
        severity=Urgency.HIGH,
        sla_hours=24,
        playbook="restock",
        rule="full",
        rules_version="1",
    )


def test_without_a_match_the_default_answers_visibly(router):
    route = router(rule("other", theme=("queue",))).route(CASE)
    assert (route.rule, route.department) == (DEFAULT, "desk")
    assert (route.severity, route.sla_hours) == (Urgency.LOW, 120)


@pytest.mark.parametrize(
    ("when", "part"),
    [
        (
            {"theme": ("lounge.drinks.cola",)},
            ("theme", "lounge.drinks.cola", ("lounge.drinks.cola",)),
        ),
        ({"theme": ("lounge",)}, ("theme", "lounge.drinks.cola", ("lounge",))),
        ({"polarity": (Polarity.NEGATIVE,)}, ("polarity", "negative", ("negative",))),
        ({"need_tier": (NeedTier.PAIN,)}, ("need_tier", "pain", ("pain",))),
        (
            {"channel": (Channel.EMAIL, Channel.SURVEY)},
            (
                "channel",
                "survey",
                (
                    "email",
                    "survey",
                ),
            ),
        ),
        ({"touchpoint": ("waiting",)}, ("touchpoint", "waiting", ("waiting",))),
        ({"unit": ("T2",)}, ("unit", "T2", ("T2",))),
        ({"segment": ("gold",)}, ("segment", "gold", ("gold",))),
        ({"rating": Range(max=2)}, ("rating", "2", ("≤ 2",))),
        ({"rating": Range(min=2)}, ("rating", "2", ("≥ 2",))),
        ({"rating": Range(min=1, max=2.5)}, ("rating", "2", ("1–2.5",))),
        ({"pattern": "换成.{0,4}味"}, ("pattern", "换成柠檬味", ("/换成.{0,4}味/",))),
        ({"attributes": {"airline": ("XY",)}}, ("attributes.airline", "XY", ("XY",))),
    ],
)
def test_every_part_of_a_condition_matches_and_says_why(router, when, part):
    route = router(rule("it", **when)).route(CASE)
    field, seen, wanted = part
    assert route.rule == "it"
    assert route.matched == (MatchedPart(field=field, seen=seen, wanted=wanted),)


@pytest.mark.parametrize(
    "when",
    [
        {"theme": ("queue",)},
        {"theme": ("lounge.drinks.cola.zero",)},
        {"polarity": (Polarity.POSITIVE,)},
        {"need_tier": (NeedTier.DELIGHT,)},
        {"channel": (Channel.EMAIL,)},
        {"touchpoint": ("gate", "-")},
        {"unit": ("T1",)},
        {"segment": ("silver",)},
        {"rating": Range(max=1.9)},
        {"rating": Range(min=2.1)},
        {"pattern": "换回来"},
        {"attributes": {"airline": ("AB",)}},
        {"attributes": {"airline": ("XY",), "gate": ("5",)}},
        {"theme": ("lounge",), "unit": ("T1",)},
    ],
)
def test_one_part_that_does_not_hold_is_enough_to_miss(router, when):
    assert router(rule("it", **when)).route(CASE).rule == DEFAULT


def test_a_missing_rating_is_in_no_range(router):
    case = RoutingCase(theme="queue")
    assert router(rule("it", rating=Range())).route(case).rule == DEFAULT


@pytest.mark.parametrize("field", ["touchpoint", "unit", "segment"])
def test_a_dash_stands_for_what_the_record_does_not_name(router, field):
    assert (
        router(rule("it", **{field: ("-",)})).route(RoutingCase(theme="queue")).rule
        == "it"
    )


def test_a_theme_the_codeframe_no_longer_has_still_meets_rules_by_name(router):
    route = router(rule("it", theme=("retired",))).route(RoutingCase(theme="retired"))
    assert route.rule == "it"


_rules = st.lists(
    st.builds(
        Condition,
        theme=st.sampled_from(
            [(), ("lounge",), ("lounge.drinks",), ("queue", "lounge")]
        ),
        unit=st.sampled_from([(), ("T1",), ("T1", "T2")]),
        rating=st.sampled_from([None, Range(max=2), Range(min=3)]),
        pattern=st.sampled_from([None, "乐"]),
    ),
    max_size=6,
)
_cases = st.builds(
    RoutingCase,
    theme=st.sampled_from(["lounge", "lounge.drinks.cola", "queue", "retired"]),
    unit=st.sampled_from([None, "T1", "T2"]),
    stars=st.sampled_from([None, 1.0, 2.0, 3.0, 5.0]),
    words=st.sampled_from(["可乐", "排队"]),
)


@pytest.fixture(scope="session")
def plain_frame():
    from huixiang.domain.coding.codeframe import Codeframe, Theme
    from huixiang.domain.text import Bilingual

    name = Bilingual(zh="名", en="name")
    parents = {
        "lounge": None,
        "lounge.drinks": "lounge",
        "lounge.drinks.cola": "lounge.drinks",
        "queue": None,
    }
    themes = (Theme(id=i, name=name, parent=parent) for i, parent in parents.items())
    return Codeframe(version="1", themes=tuple(themes))


@given(conditions=_rules, case=_cases)
def test_the_index_by_theme_changes_no_route(plain_frame, conditions, case):
    from huixiang.domain.items.route import RoutingRules
    from huixiang.routing.compile import compile_router

    rules = tuple(
        RoutingRule(id=f"r{i}", department="d", when=when)
        for i, when in enumerate(conditions)
    )
    routing = RoutingRules(version="1", default_department="desk", rules=rules)
    route = compile_router(routing, plain_frame, compile_pattern).route(case)
    expected = [
        each.id
        for each in rules
        if compile_condition(each.when, plain_frame, compile_pattern).holds(case)
    ]
    assert [route.rule, *route.losing] == (expected or [DEFAULT])
