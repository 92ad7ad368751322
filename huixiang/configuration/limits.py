"""Check single values that are well-formed but make no sense."""

import ipaddress
import math
import zoneinfo
from collections.abc import Callable, Iterator
from typing import Any

from huixiang.configuration.facts import ReadRules
from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import Path, ProblemSeverity
from huixiang.configuration.remark import Remark
from huixiang.domain.items.alert import AlertRules, RateRule
from huixiang.domain.items.outbox import Endpoint
from huixiang.domain.items.route import Condition, RoutingRules
from huixiang.domain.reason import Fact
from huixiang.domain.records.feedback import BOUNDS, RatingScale
from huixiang.domain.records.source import Source

PER_FEEDBACK = ("polarity", "channel", "segment", "rating", "pattern", "attributes")
"""Parts of a condition that one feedback has and an issue does not."""

MAX_WINDOW_DAYS = 366
MAX_BASELINE_DAYS = 1500
MAX_TIMEOUT = 300

Allowed = Callable[[Any], bool]


def limit_remarks(facts: ReadRules) -> Iterator[Remark]:
    """Yield a remark for every value outside its sensible limits."""
    for i, source in enumerate(facts.sources):
        yield from _source(source, ("sources", i))
    for i, endpoint in enumerate(facts.endpoints):
        yield from _endpoint(endpoint, ("endpoints", i))
    for i, department in enumerate(facts.departments):
        at_least = _number("departments.yaml", ("departments", i), department)
        yield from at_least("capacity", lambda n: n >= 0, ">= 0")
    if facts.routing is not None:
        yield from _routing(facts.routing)
    if facts.alerts is not None:
        yield from _alerts(facts.alerts)
    yield from _others(facts)


def _routing(routing: RoutingRules) -> Iterator[Remark]:
    file = "routing.yaml"
    default = _number(file, (), routing)
    yield from default("default_sla_hours", lambda n: 0 < n < math.inf, "> 0")
    for i, rule in enumerate(routing.rules):
        path: Path = ("rules", i)
        yield from _number(file, path, rule)(
            "sla_hours", lambda n: 0 < n < math.inf, "> 0"
        )
        yield from _rating(rule.when, file, (*path, "when", "rating"))
        if rule.id == "default":
            yield _remark(
                file,
                (*path, "id"),
                ProblemCode.RESERVED_NAME,
            )
    for i, test in enumerate(routing.tests):
        wanted = test.expect
        if (wanted.rule, wanted.department, wanted.severity) == (None, None, None):
            yield _remark(
                file,
                ("tests", i, "expect"),
                ProblemCode.TEST_EXPECTS_NOTHING,
            )


def _alerts(alerts: AlertRules) -> Iterator[Remark]:
    file = "alerts.yaml"
    top = _number(file, (), alerts)
    yield from top("max_critical_age_days", lambda n: 0 < n < math.inf, "> 0")
    yield from top("minimum_effect", lambda n: 0 < n < math.inf, "> 0")
    yield from top("follow_up_days", lambda n: n >= 1, ">= 1")
    for i, rule in enumerate(alerts.rates):
        yield from _rate_rule(rule, ("rates", i))
    for i, critical in enumerate(alerts.criticals):
        path = ("criticals", i, "when", "rating")
        yield from _rating(critical.when, file, path)


def _rate_rule(rule: RateRule, path: Path) -> Iterator[Remark]:
    file = "alerts.yaml"
    number = _number(file, path, rule)
    yield from number(
        "window_days", lambda n: 1 <= n <= MAX_WINDOW_DAYS, f"1 … {MAX_WINDOW_DAYS}"
    )
    yield from number(
        "baseline_days",
        lambda n: rule.window_days <= n <= MAX_BASELINE_DAYS,
        f"window_days … {MAX_BASELINE_DAYS}",
    )
    yield from number("min_baseline_days", lambda n: n >= 1, ">= 1")
    yield from number("min_count", lambda n: n >= 1, ">= 1")
    yield from number("min_ratio", lambda n: 1 <= n < math.inf, ">= 1")
    yield from number("alpha", lambda n: 0 < n < 1, "0 … 1")
    yield from number("cooldown_days", lambda n: n >= 0, ">= 0")
    for field in PER_FEEDBACK:
        if getattr(rule.when, field):
            yield _remark(
                file,
                (*path, "when", field),
                ProblemCode.ISSUE_HAS_NO_FIELD,
                name=field,
            )


def _rating(condition: Condition, file: str, path: Path) -> Iterator[Remark]:
    if condition.rating is None:
        return
    worst, best = BOUNDS[RatingScale.STARS]
    low = worst if condition.rating.min is None else condition.rating.min
    high = best if condition.rating.max is None else condition.rating.max
    if not worst <= low <= high <= best:
        yield _remark(
            file,
            path,
            ProblemCode.RATING_RANGE,
            low=low,
            high=high,
        )


def _source(source: Source, path: Path) -> Iterator[Remark]:
    file = "sources.yaml"
    number = _number(file, path, source)
    yield from number("duplicate_window_days", lambda n: n >= 0, ">= 0")
    yield from number("expected_every_days", lambda n: 0 < n < math.inf, "> 0")
    yield from number("time_zone", _is_time_zone, "Asia/Shanghai, UTC, …")
    for strange in source.strange_settings():
        yield _bad_value(file, (*path, strange.field), strange.field, strange.wanted)
    if not source.fields.text.columns:
        yield _remark(
            file,
            (*path, "fields", "text"),
            ProblemCode.NO_TEXT_COLUMN,
        )


def _is_time_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _endpoint(endpoint: Endpoint, path: Path) -> Iterator[Remark]:
    file = "endpoints.yaml"
    number = _number(file, path, endpoint)
    yield from number("url", _is_url, "https://… or ${NAME}")
    yield from number(
        "timeout_seconds", lambda n: 0 < n <= MAX_TIMEOUT, f"0 … {MAX_TIMEOUT}"
    )
    yield from number("per_minute", lambda n: n >= 1, ">= 1")
    for i, delay in enumerate(endpoint.delays_seconds):
        if not 0 <= delay < math.inf:
            yield _bad_value(
                file, (*path, "delays_seconds", i), "delays_seconds", ">= 0"
            )
    for i, network in enumerate(endpoint.networks):
        if not _is_network(network):
            yield _bad_value(file, (*path, "networks", i), "networks", "10.0.0.0/8, …")
    for strange in endpoint.strange_settings():
        yield _bad_value(file, (*path, strange.field), strange.field, strange.wanted)
    if endpoint.secret and not _is_variable(endpoint.secret):
        yield _remark(
            file,
            (*path, "secret"),
            ProblemCode.SECRET_ITSELF,
        )


def _is_variable(name: str) -> bool:
    return name.isidentifier() and not name.startswith("whsec_")


def _is_url(url: str) -> bool:
    return url.startswith(("http://", "https://", "${"))


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _others(facts: ReadRules) -> Iterator[Remark]:
    for i, goal in enumerate(facts.goals):
        if not math.isfinite(goal.target):
            path: Path = ("goals", i, "target")
            yield _remark("goals.yaml", path, ProblemCode.NOT_FINITE, name="target")
    for i, playbook in enumerate(facts.playbooks):
        number = _number("playbooks.yaml", ("playbooks", i), playbook)
        yield from number("cost", lambda n: n is None or 0 <= n < math.inf, ">= 0")
        if not playbook.steps:
            yield Remark(
                file="playbooks.yaml",
                path=("playbooks", i),
                code=ProblemCode.PLAYBOOK_EMPTY,
                severity=ProblemSeverity.WARNING,
            )


def _number(
    file: str, path: Path, owner: object
) -> Callable[[str, Allowed, str], Iterator[Remark]]:
    def check(field: str, allowed: Allowed, wanted: str) -> Iterator[Remark]:
        if not allowed(getattr(owner, field)):
            yield _bad_value(file, (*path, field), field, wanted)

    return check


def _bad_value(file: str, path: Path, name: str, wanted: str) -> Remark:
    return _remark(file, path, ProblemCode.BAD_VALUE, name=name, wanted=wanted)


def _remark(file: str, path: Path, code: ProblemCode, **facts: Fact) -> Remark:
    return Remark(file=file, path=path, code=code, facts=facts)
