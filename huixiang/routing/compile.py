"""Compile the routing rules once; then say of any case who answers, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.items.route import Route, RoutingCase, RoutingRule, RoutingRules
from huixiang.domain.matching import CompilePattern, Matcher, compile_condition

DEFAULT = "default"
"""Stands in `Route.rule` when no rule matched."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyRule:
    """A rule with its condition made ready."""

    rule: RoutingRule
    matcher: Matcher


@dataclass(frozen=True, kw_only=True, slots=True)
class Router:
    """The compiled rules of one version.

    `by_theme` holds, for each theme of the codeframe, the rules it may meet, in order.
    """

    rules: RoutingRules
    ready: Sequence[ReadyRule]
    by_theme: Mapping[str, Sequence[ReadyRule]]

    def route(self, case: RoutingCase) -> Route:
        """Return who answers for *case*; the first rule that matches wins."""
        winners = list(self.matching(case))
        if not winners:
            return self._default()
        first, *others = winners
        return Route(
            department=first.rule.department,
            severity=first.rule.severity,
            sla_hours=first.rule.sla_hours,
            playbook=first.rule.playbook,
            rule=first.rule.id,
            rules_version=self.rules.version,
            matched=first.matcher.matched(case),
            losing=tuple(other.rule.id for other in others),
        )

    def matching(self, case: RoutingCase) -> Iterator[ReadyRule]:
        """Yield every rule that matches, in order."""
        candidates = self.by_theme.get(case.theme, self.ready)
        return (ready for ready in candidates if ready.matcher.holds(case))

    def _default(self) -> Route:
        return Route(
            department=self.rules.default_department,
            severity=self.rules.default_severity,
            sla_hours=self.rules.default_sla_hours,
            playbook=None,
            rule=DEFAULT,
            rules_version=self.rules.version,
        )


def compile_router(
    rules: RoutingRules, codeframe: Codeframe, compile_pattern: CompilePattern
) -> Router:
    """Make *rules* ready; *compile_pattern* is the engine that patterns run on."""
    ready = tuple(
        ReadyRule(
            rule=rule, matcher=compile_condition(rule.when, codeframe, compile_pattern)
        )
        for rule in rules.rules
    )
    by_theme = {theme.id: _may_meet(ready, theme.id) for theme in codeframe.themes}
    return Router(rules=rules, ready=ready, by_theme=by_theme)


def _may_meet(ready: Sequence[ReadyRule], theme: str) -> tuple[ReadyRule, ...]:
    probe = RoutingCase(theme=theme)
    return tuple(
        each
        for each in ready
        if all(c.holds(probe) for c in each.matcher.checks if c.field == "theme")
    )
