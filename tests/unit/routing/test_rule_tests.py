"""Tests that operators write into the rules file."""

from typing import Any

from huixiang.domain.items.route import (
    Condition,
    RoutingCase,
    RoutingRule,
    RuleExpectation,
    RuleTest,
    Urgency,
)
from huixiang.routing.check import run_rule_tests, untested_rules
from huixiang.wording.items.routes import rule_test_words

DRINKS = RoutingRule(
    id="drinks",
    department="catering",
    when=Condition(theme=("lounge",)),
    severity=Urgency.HIGH,
)
QUEUE = RoutingRule(id="queue", department="security", when=Condition(theme=("queue",)))


def expecting(**expect: Any) -> RuleTest:
    return RuleTest(
        name="cola",
        given=RoutingCase(theme="lounge.drinks"),
        expect=RuleExpectation(**expect),
    )


def test_a_test_passes_when_rule_department_and_severity_are_as_expected(router):
    test = expecting(rule="drinks", department="catering", severity=Urgency.HIGH)
    [result] = run_rule_tests(router(DRINKS, tests=(test,)))
    assert result.passed
    assert rule_test_words(result).zh == "通过：cola"


def test_a_failing_test_names_each_difference_and_the_rule_that_decided(router):
    test = expecting(department="security", severity=Urgency.LOW)
    [result] = run_rule_tests(router(DRINKS, tests=(test,)))
    assert not result.passed
    assert rule_test_words(result).en == (
        "failed: cola: department should be security, is catering, severity should be "
        "low, is high (rule drinks decided)"
    )


def test_what_is_not_expected_is_not_compared(router):
    [result] = run_rule_tests(router(DRINKS, tests=(expecting(rule="drinks"),)))
    assert result.passed


def test_rules_that_decide_in_no_test_are_listed(router):
    rules = router(DRINKS, QUEUE, tests=(expecting(rule="drinks"),))
    assert untested_rules(rules) == ("queue",)
