"""Check single values that are well-formed but make no sense."""

import codecs
import ipaddress
import math
import zoneinfo
from collections.abc import Callable, Iterator
from typing import Any

from huixiang.configuration.facts import Facts
from huixiang.configuration.problems import Level, Path
from huixiang.configuration.remark import Remark
from huixiang.domain.alert import AlertRules, RateRule
from huixiang.domain.feedback import BOUNDS, RatingScale
from huixiang.domain.outbox import Endpoint
from huixiang.domain.route import Condition, RoutingRules
from huixiang.domain.source import Source
from huixiang.domain.text import Bilingual

PER_FEEDBACK = ("polarity", "channel", "segment", "rating", "pattern", "attributes")
"""Parts of a condition that one feedback has and an issue does not."""

MAX_WINDOW_DAYS = 366
MAX_BASELINE_DAYS = 1500
MAX_TIMEOUT = 300

Allowed = Callable[[Any], bool]


def limit_remarks(facts: Facts) -> Iterator[Remark]:
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
                Bilingual(
                    zh="'default' 专指没有规则命中的情况",
                    en="'default' stands for the case that no rule matched",
                ),
                Bilingual(zh="换一个名字", en="choose another id"),
            )
    for i, test in enumerate(routing.tests):
        wanted = test.expect
        if (wanted.rule, wanted.department, wanted.severity) == (None, None, None):
            yield _remark(
                file,
                ("tests", i, "expect"),
                Bilingual(zh="这条测试什么也没有检查", en="this test expects nothing"),
                Bilingual(
                    zh="写明 rule、department 或 severity",
                    en="say which rule, department or severity",
                ),
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
                Bilingual(
                    zh=f"问题汇集许多条反馈，没有单一的 {field!r}",
                    en=f"an issue gathers many feedbacks and has no {field!r}",
                ),
                Bilingual(
                    zh="这里只用 theme、need_tier、touchpoint、unit",
                    en="use only theme, need_tier, touchpoint, unit here",
                ),
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
            Bilingual(
                zh=f"评分范围 {low:g} 到 {high:g} 不在 1 到 5 之内，或前后颠倒",
                en=f"a rating from {low:g} to {high:g} is not within 1 to 5, or reversed",
            ),
            Bilingual(
                zh="各种量表都先换算成 1 到 5",
                en="every scale is brought to 1 … 5 first: use that",
            ),
        )


def _source(source: Source, path: Path) -> Iterator[Remark]:
    file = "sources.yaml"
    number = _number(file, path, source)
    yield from number("duplicate_window_days", lambda n: n >= 0, ">= 0")
    yield from number("expected_every_days", lambda n: 0 < n < math.inf, "> 0")
    yield from number("time_zone", _is_time_zone, "Asia/Shanghai, UTC, …")
    yield from number("encoding", _is_encoding, "auto, utf-8, gb18030, …")
    yield from number("delimiter", lambda text: len(text) == 1, "one character")
    if not source.fields.text.columns:
        yield _remark(
            file,
            (*path, "fields", "text"),
            Bilingual(zh="没有说正文在哪一列", en="no column is named for the text"),
            Bilingual(zh="加上 `column: …`", en="add `column: …`"),
        )


def _is_time_zone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        return False
    return True


def _is_encoding(name: str) -> bool:
    if name == "auto":
        return True
    try:
        codecs.lookup(name)
    except LookupError:
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
    if not endpoint.secret.isidentifier() or endpoint.secret.startswith("whsec_"):
        yield _remark(
            file,
            (*path, "secret"),
            Bilingual(
                zh="secret 应是环境变量的名字，不是密钥本身",
                en="secret must be the name of a variable, never the secret itself",
            ),
            Bilingual(
                zh="把密钥放进 .env，这里写变量名；若已泄露请更换",
                en="put the secret into .env and its name here; rotate it if it leaked",
            ),
        )


def _is_url(url: str) -> bool:
    return url.startswith(("http://", "https://", "${"))


def _is_network(text: str) -> bool:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        return False
    return True


def _others(facts: Facts) -> Iterator[Remark]:
    for i, goal in enumerate(facts.goals):
        number = _number("goals.yaml", ("goals", i), goal)
        yield from number("target", math.isfinite, "a finite number")
    for i, playbook in enumerate(facts.playbooks):
        number = _number("playbooks.yaml", ("playbooks", i), playbook)
        yield from number("cost", lambda n: n is None or 0 <= n < math.inf, ">= 0")
        if not playbook.steps:
            what = Bilingual(zh="方案没有步骤", en="the playbook has no steps")
            todo = Bilingual(zh="至少写一步", en="write at least one step")
            path: Path = ("playbooks", i)
            yield _remark("playbooks.yaml", path, what, todo, Level.WARNING)


def _number(
    file: str, path: Path, owner: object
) -> Callable[[str, Allowed, str], Iterator[Remark]]:
    def check(field: str, allowed: Allowed, words: str) -> Iterator[Remark]:
        if not allowed(getattr(owner, field)):
            yield _bad_value(file, (*path, field), field, words)

    return check


def _bad_value(file: str, path: Path, field: str, words: str) -> Remark:
    return _remark(
        file,
        path,
        Bilingual(
            zh=f"{field!r} 的值不合理", en=f"the value of {field!r} makes no sense"
        ),
        Bilingual(zh=f"应为：{words}", en=f"it should be: {words}"),
    )


def _remark(
    file: str, path: Path, what: Bilingual, todo: Bilingual, level: Level = Level.ERROR
) -> Remark:
    return Remark(file=file, path=path, what=what, todo=todo, level=level)
