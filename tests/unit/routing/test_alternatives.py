"""The words for a route, and for what would have changed it."""

import dataclasses
from typing import Any

from huixiang.domain.items.route import Condition, Range, RoutingCase, RoutingRule
from huixiang.domain.text import Bilingual
from huixiang.routing.alternatives import RouteAlternative, alternatives
from huixiang.routing.compile import DEFAULT
from huixiang.wording.items.routes import why_elsewhere, why_route

CATERING = Bilingual(zh="餐饮部", en="Catering")
DUTY = Bilingual(zh="值班室", en="Duty desk")
CASE = RoutingCase(theme="lounge.drinks", stars=3.0, unit="T2", words="可乐没了")


def rule(rule_id: str, department: str, **when: Any) -> RoutingRule:
    return RoutingRule(id=rule_id, department=department, when=Condition(**when))


def test_a_route_is_explained_with_rule_version_reasons_and_losers(router):
    rules = router(
        rule("drinks", "catering", theme=("lounge",), unit=("T2",)),
        rule("rest", "care"),
        version="7",
    )
    words = why_route(rules.route(CASE), CATERING)
    assert words.zh == (
        "规则 'drinks'（版本 7）交给“餐饮部”：主题 lounge.drinks (lounge)，单元 T2。"
        "排在后面、也会命中的规则：rest。"
    )
    assert words.en == (
        "Rule 'drinks' (version 7) gives it to Catering: theme lounge.drinks (lounge), "
        "unit T2. Later rules that would match too: rest."
    )


def test_the_default_is_explained_as_what_it_is(router):
    words = why_route(router().route(CASE), CATERING)
    assert "没有规则命中" in words.zh
    assert words.en.startswith("No rule matched, so it goes to the default, Catering")


def test_an_earlier_rule_that_missed_by_one_part_is_named_with_that_part(router):
    rules = router(
        rule("angry", "duty", theme=("lounge",), rating=Range(max=2)),
        rule("both", "duty", rating=Range(max=2), unit=("T1",)),
        rule("drinks", "catering", theme=("lounge",)),
    )
    first, second = alternatives(rules, CASE)
    assert first == RouteAlternative(
        rule="angry", department="duty", field="rating", wanted=("≤ 2",), seen="3"
    )
    assert why_elsewhere(first, DUTY).en == (
        "Had the rating (1–5) been ≤ 2 (it is 3), 'angry' would have given it to Duty desk first."
    )
    assert second == RouteAlternative(rule=DEFAULT, department="desk")
    assert why_elsewhere(second, DUTY).zh == (
        "若没有这条规则，'default' 会把它交给“值班室”。"
    )


def test_a_change_that_is_told_really_changes_the_route(router):
    rules = router(
        rule("angry", "duty", rating=Range(max=2)),
        rule("drinks", "catering", theme=("lounge",)),
    )
    [change, _] = alternatives(rules, CASE)
    told = dataclasses.replace(CASE, stars=2.0)
    assert rules.route(told).department == change.department


def test_words_that_are_missing_are_told_as_words(router):
    rules = router(rule("law", "legal", pattern="起诉"), rule("rest", "care"))
    words = why_elsewhere(alternatives(rules, CASE)[0], DUTY)
    assert words.zh == "若文字里有 /起诉/，'law' 会先把它交给“值班室”。"
    assert (
        words.en
        == "Had the words held /起诉/, 'law' would have given it to Duty desk first."
    )


def test_a_missing_rating_is_told_as_missing(router):
    rules = router(rule("angry", "duty", rating=Range(max=2)))
    case = RoutingCase(theme="queue")
    assert "(it is missing)" in why_elsewhere(alternatives(rules, case)[0], DUTY).en


def test_another_theme_is_no_change_of_the_same_case(router):
    rules = router(rule("queue", "security", theme=("queue",)), rule("rest", "care"))
    assert [change.rule for change in alternatives(rules, CASE)] == [DEFAULT]


def test_rules_of_the_same_department_change_nothing(router):
    rules = router(
        rule("a", "care", rating=Range(max=2)), rule("b", "care"), rule("c", "care")
    )
    assert alternatives(rules, CASE) == ()


def test_a_later_rule_that_misses_would_have_changed_nothing(router):
    rules = router(rule("a", "care"), rule("late", "duty", rating=Range(max=2)))
    assert [change.rule for change in alternatives(rules, CASE)] == [DEFAULT]
