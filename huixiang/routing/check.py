"""Run the tests that operators write into the rules file (`huixiang rules test`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from huixiang.domain.route import Route, RuleExpectation, RuleTest
from huixiang.domain.text import Bilingual
from huixiang.routing.compile import Router


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One thing a test expected and did not get."""

    field: str
    expected: str
    got: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TestResult:
    """What one test in the rules file came to."""

    __test__ = False  # a result, not something for pytest to collect

    name: str
    differences: tuple[Difference, ...]
    route: Route

    @property
    def passed(self) -> bool:
        """Whether the route was as expected."""
        return not self.differences

    @property
    def words(self) -> Bilingual:
        """Say in one line what came out."""
        if self.passed:
            return Bilingual(zh=f"通过：{self.name}", en=f"passed: {self.name}")
        zh = "，".join(
            f"{d.field} 应为 {d.expected}，实为 {d.got}" for d in self.differences
        )
        en = ", ".join(
            f"{d.field} should be {d.expected}, is {d.got}" for d in self.differences
        )
        rule = self.route.rule
        return Bilingual(
            zh=f"未通过：{self.name}：{zh}（由规则 {rule} 决定）",
            en=f"failed: {self.name}: {en} (rule {rule} decided)",
        )


def run_rule_tests(router: Router) -> tuple[TestResult, ...]:
    """Return the result of every test in the router's rules, in order."""
    return tuple(_run(router, test) for test in router.rules.tests)


def untested_rules(router: Router) -> tuple[str, ...]:
    """Return the ids of rules that decide in no test."""
    decided = {router.route(test.given).rule for test in router.rules.tests}
    return tuple(rule.id for rule in router.rules.rules if rule.id not in decided)


def _run(router: Router, test: RuleTest) -> TestResult:
    route = router.route(test.given)
    return TestResult(
        name=test.name, differences=tuple(_differences(test.expect, route)), route=route
    )


def _differences(expect: RuleExpectation, route: Route) -> Iterator[Difference]:
    for field in ("rule", "department", "severity"):
        expected, got = getattr(expect, field), getattr(route, field)
        if expected is not None and expected != got:
            yield Difference(field=field, expected=str(expected), got=str(got))
