"""The car rules name the right department, and danger to life comes first."""

from pathlib import Path

import pytest

from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.route import RoutingCase, Urgency
from huixiang.routing.check import run_rule_tests, untested_rules
from huixiang.routing.compile import DEFAULT, Router, compile_router
from huixiang.steps.rules import load_rules
from huixiang.wording.items.routes import rule_test_words

WORKSPACE = Path(__file__).parents[3] / "examples" / "car-complaints"
DANGERS = (
    "brake.failure",
    "steering.failure",
    "electrical.fire",
    "airbag.not_deployed",
)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rules(WORKSPACE / "rules", WORKSPACE / "expectations")


@pytest.fixture(scope="module")
def router(rulebook: Rulebook) -> Router:
    return compile_router(rulebook.routing, rulebook.codeframe, compile_pattern)


def test_the_rules_pass_their_own_tests(router: Router) -> None:
    failed = [
        rule_test_words(each).en for each in run_rule_tests(router) if not each.passed
    ]
    assert failed == []


def test_every_rule_has_a_test_of_its_own(router: Router) -> None:
    assert list(untested_rules(router)) == []


def test_the_owner_written_at_a_theme_is_the_department_it_goes_to(
    router: Router, rulebook: Rulebook
) -> None:
    astray = {
        theme.id: (theme.owner, router.route(RoutingCase(theme=theme.id)).department)
        for theme in rulebook.codeframe.themes
        if router.route(RoutingCase(theme=theme.id)).department != theme.owner
    }
    assert astray == {}


def test_no_bad_theme_falls_to_the_default_department(
    router: Router, rulebook: Rulebook
) -> None:
    routes = [router.route(RoutingCase(theme=id_)) for id_ in rulebook.codeframe.by_id]
    assert [route for route in routes if route.rule == DEFAULT] == []


@pytest.mark.parametrize("theme", DANGERS)
def test_danger_to_life_is_critical_and_due_within_a_day(
    theme: str, router: Router
) -> None:
    route = router.route(RoutingCase(theme=theme, words="没有别的话"))
    assert (route.severity, route.sla_hours) == (Urgency.CRITICAL, 24)


def test_every_department_can_get_work_and_hears_of_it(rulebook: Rulebook) -> None:
    named = {rule.department for rule in rulebook.routing.rules}
    silent = [each.id for each in rulebook.departments.values() if not each.endpoints]
    assert named | {rulebook.routing.default_department} == set(rulebook.departments)
    assert silent == []


def test_every_playbook_is_named_by_a_rule_and_has_steps(rulebook: Rulebook) -> None:
    used = {rule.playbook for rule in rulebook.routing.rules}
    assert [
        book.id
        for book in rulebook.playbooks.values()
        if book.id not in used or not book.steps
    ] == []
