"""Run the tests that operators write into the rules file (`huixiang rules test`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from huixiang.domain.items.route import Route, RuleExpectation, RuleTest
from huixiang.routing.compile import Router


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteDifference:
    """One field of a route in which it is not what a test expected."""

    field: str
    expected: str
    actual: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleTestResult:
    """What one test in the rules file came to."""

    name: str
    differences: tuple[RouteDifference, ...]
    route: Route

    @property
    def passed(self) -> bool:
        """Whether the route was as expected."""
        return not self.differences


def run_rule_tests(router: Router) -> tuple[RuleTestResult, ...]:
    """Return the result of every test in the router's rules, in order."""
    return tuple(_run(router, test) for test in router.rules.tests)


def untested_rules(router: Router) -> tuple[str, ...]:
    """Return the ids of rules that decide in no test."""
    decided = {router.route(test.given).rule for test in router.rules.tests}
    return tuple(rule.id for rule in router.rules.rules if rule.id not in decided)


def _run(router: Router, test: RuleTest) -> RuleTestResult:
    route = router.route(test.given)
    return RuleTestResult(
        name=test.name, differences=tuple(_differences(test.expect, route)), route=route
    )


def _differences(expect: RuleExpectation, route: Route) -> Iterator[RouteDifference]:
    for field in ("rule", "department", "severity"):
        expected, actual = getattr(expect, field), getattr(route, field)
        if expected is not None and expected != actual:
            yield RouteDifference(
                field=field, expected=str(expected), actual=str(actual)
            )
