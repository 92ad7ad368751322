"""Make the alert rules ready to be asked many times."""

from collections.abc import Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.items.alert import AlertRules, CriticalRule, RateRule
from huixiang.domain.items.route import RoutingCase, Urgency
from huixiang.domain.matching import CompilePattern, Matcher, compile_condition


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyRate:
    """A rate rule with its condition made ready."""

    rule: RateRule
    matcher: Matcher

    def applies(self, case: RoutingCase, department: str, severity: Urgency) -> bool:
        """Say whether the rule is about such an issue."""
        return (
            (not self.rule.department or department in self.rule.department)
            and (not self.rule.severity or severity in self.rule.severity)
            and self.matcher.holds(case)
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyCritical:
    """A rule for single feedbacks with its condition made ready."""

    rule: CriticalRule
    matcher: Matcher

    def applies(self, case: RoutingCase, severity: Urgency) -> bool:
        """Say whether the rule asks for an answer to such a feedback."""
        wanted = self.rule.severity
        return (not wanted or severity in wanted) and self.matcher.holds(case)


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadyAlerts:
    """The compiled alert rules; of each kind the first that applies counts."""

    rules: AlertRules
    rates: Sequence[ReadyRate]
    criticals: Sequence[ReadyCritical]


def compile_alerts(
    rules: AlertRules, codeframe: Codeframe, compile_pattern: CompilePattern
) -> ReadyAlerts:
    """Make *rules* ready; *compile_pattern* is the engine that patterns run on."""
    return ReadyAlerts(
        rules=rules,
        rates=tuple(
            ReadyRate(
                rule=rule,
                matcher=compile_condition(rule.when, codeframe, compile_pattern),
            )
            for rule in rules.rates
        ),
        criticals=tuple(
            ReadyCritical(
                rule=rule,
                matcher=compile_condition(rule.when, codeframe, compile_pattern),
            )
            for rule in rules.criticals
        ),
    )
