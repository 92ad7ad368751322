"""Check what spans files: names that must exist, limits that must make sense."""

from collections.abc import Iterator, Sequence

from huixiang.configuration.codeframe_checks import codeframe_remarks
from huixiang.configuration.facts import ReadRules, unknown
from huixiang.configuration.limits import limit_remarks
from huixiang.configuration.patterns import BadPattern, compile_pattern
from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, ProblemSeverity, choice
from huixiang.configuration.remark import Remark
from huixiang.configuration.shadowing import shadowed_rules
from huixiang.domain.items.route import Condition


def cross_check(facts: ReadRules, suites: frozenset[str] | None) -> Iterator[Remark]:
    """Yield every remark about the rules as a whole; *suites* None: not checked."""
    yield from _sources(facts, suites)
    yield from _themes(facts)
    yield from codeframe_remarks(facts)
    yield from _departments(facts)
    yield from _routing(facts)
    yield from _unheard(facts)
    yield from _undigested(facts)
    yield from _rule_tests(facts)
    yield from _alerts(facts)
    yield from _playbooks_and_goals(facts)
    yield from limit_remarks(facts)
    yield from shadowed_rules(facts)


def _sources(facts: ReadRules, suites: frozenset[str] | None) -> Iterator[Remark]:
    for i, source in enumerate(facts.sources):
        if suites is None or source.expectations in suites:
            continue
        name = source.expectations
        yield Remark(
            file="sources.yaml",
            path=("sources", i, "expectations"),
            code=ProblemCode.NO_SUITE,
            facts={"name": name, **choice(name, suites)},
        )


def _themes(facts: ReadRules) -> Iterator[Remark]:
    file = "codeframe.yaml"
    for i, theme in enumerate(facts.codeframe.themes if facts.codeframe else ()):
        path = ("themes", i)
        if "journey.yaml" not in facts.absent:
            yield from unknown(
                facts, "journey.yaml", theme.touchpoint, file, (*path, "touchpoint")
            )
            for j, name in enumerate(theme.touchpoints):
                here = (*path, "touchpoints", j)
                yield from unknown(facts, "journey.yaml", name, file, here)
        yield from _patterns(theme.patterns, file, (*path, "patterns"))


def _departments(facts: ReadRules) -> Iterator[Remark]:
    file = "departments.yaml"
    for i, department in enumerate(facts.departments):
        path = ("departments", i)
        for j, name in enumerate(department.endpoints):
            yield from unknown(
                facts, "endpoints.yaml", name, file, (*path, "endpoints", j)
            )
        for j, name in enumerate(department.co_owners):
            yield from unknown(facts, file, name, file, (*path, "co_owners", j))


def _routing(facts: ReadRules) -> Iterator[Remark]:
    file = "routing.yaml"
    if facts.routing is None:
        return
    default = facts.routing.default_department
    yield from unknown(
        facts, "departments.yaml", default, file, ("default_department",)
    )
    for i, rule in enumerate(facts.routing.rules):
        path = ("rules", i)
        yield from unknown(
            facts, "departments.yaml", rule.department, file, (*path, "department")
        )
        yield from unknown(
            facts, "playbooks.yaml", rule.playbook, file, (*path, "playbook")
        )
        yield from _condition(facts, rule.when, file, (*path, "when"))


def _unheard(facts: ReadRules) -> Iterator[Remark]:
    """Warn of departments that get work and are told of it nowhere."""
    if facts.routing is None or "endpoints.yaml" in facts.absent:
        return
    busy = {rule.department for rule in facts.routing.rules}
    busy.add(facts.routing.default_department)
    for i, department in enumerate(facts.departments):
        if department.id in busy and not department.endpoints:
            yield Remark(
                file="departments.yaml",
                path=("departments", i),
                code=ProblemCode.DEPARTMENT_UNHEARD,
                facts={"name": department.id},
                severity=ProblemSeverity.WARNING,
            )


def _undigested(facts: ReadRules) -> Iterator[Remark]:
    """Warn of endpoints that want the digests of owners, but belong to nobody."""
    heard = {name for each in facts.departments for name in each.endpoints}
    for i, endpoint in enumerate(facts.endpoints):
        if "owners" in endpoint.digests and endpoint.name not in heard:
            yield Remark(
                file="endpoints.yaml",
                path=("endpoints", i, "digests"),
                code=ProblemCode.ENDPOINT_UNUSED,
                facts={"name": endpoint.name},
                severity=ProblemSeverity.WARNING,
            )


def _rule_tests(facts: ReadRules) -> Iterator[Remark]:
    file = "routing.yaml"
    if facts.routing is None:
        return
    rules = {rule.id for rule in facts.routing.rules} | {"default"}
    rules |= facts.broken.get(file, frozenset())
    for i, test in enumerate(facts.routing.tests):
        path = ("tests", i)
        yield from unknown(
            facts, "codeframe.yaml", test.given.theme, file, (*path, "given", "theme")
        )
        yield from unknown(
            facts,
            "departments.yaml",
            test.expect.department,
            file,
            (*path, "expect", "department"),
        )
        rule = test.expect.rule
        if rule is not None and rule not in rules:
            yield Remark(
                file=file,
                path=(*path, "expect", "rule"),
                code=ProblemCode.NO_RULE,
                facts={"name": rule, **choice(rule, rules)},
            )


def _alerts(facts: ReadRules) -> Iterator[Remark]:
    file = "alerts.yaml"
    if facts.alerts is None:
        return
    for i, rate in enumerate(facts.alerts.rates):
        yield from _condition(facts, rate.when, file, ("rates", i, "when"))
        for j, name in enumerate(rate.department):
            path = ("rates", i, "department", j)
            yield from unknown(facts, "departments.yaml", name, file, path)
    for i, critical in enumerate(facts.alerts.criticals):
        yield from _condition(facts, critical.when, file, ("criticals", i, "when"))


def _playbooks_and_goals(facts: ReadRules) -> Iterator[Remark]:
    for i, playbook in enumerate(facts.playbooks):
        for j, name in enumerate(playbook.themes):
            path: Path = ("playbooks", i, "themes", j)
            yield from unknown(facts, "codeframe.yaml", name, "playbooks.yaml", path)
    for i, goal in enumerate(facts.goals):
        path = ("goals", i, "scope")
        yield from unknown(
            facts, "codeframe.yaml", goal.scope.theme, "goals.yaml", (*path, "theme")
        )
        if "journey.yaml" not in facts.absent:
            touchpoint = goal.scope.touchpoint
            yield from unknown(
                facts, "journey.yaml", touchpoint, "goals.yaml", (*path, "touchpoint")
            )


def _condition(
    facts: ReadRules, condition: Condition, file: str, path: Path
) -> Iterator[Remark]:
    for i, name in enumerate(condition.theme):
        yield from unknown(facts, "codeframe.yaml", name, file, (*path, "theme", i))
    if "journey.yaml" not in facts.absent:
        for i, name in enumerate(condition.touchpoint):
            here = (*path, "touchpoint", i)
            if name != "-":
                yield from unknown(facts, "journey.yaml", name, file, here)
    if condition.pattern is not None:
        yield from _pattern(condition.pattern, file, (*path, "pattern"))


def _patterns(patterns: Sequence[str], file: str, path: Path) -> Iterator[Remark]:
    for i, pattern in enumerate(patterns):
        yield from _pattern(pattern, file, (*path, i))


def _pattern(pattern: str, file: str, path: Path) -> Iterator[Remark]:
    try:
        compile_pattern(pattern)
    except BadPattern as error:
        yield Remark(
            file=file,
            path=path,
            code=ProblemCode.BAD_PATTERN,
            facts={"pattern": pattern, "reason": str(error)},
        )
