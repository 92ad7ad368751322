"""Single feedbacks that must be answered at once."""

import datetime as dt

import pytest

from huixiang.alerts.decide import decide_criticals
from huixiang.alerts.decision import HoldReason
from huixiang.alerts.history import CriticalCase
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.alert import CriticalRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Condition, Route, RoutingCase, Urgency

AS_OF = dt.datetime(2026, 6, 30, 12, tzinfo=dt.UTC)
AT_ONCE = CriticalRule(id="at-once")


def case(
    feedback_id: str = "fb_1",
    severity: Urgency = Urgency.CRITICAL,
    theme: str = "queue",
    age_days: float = 1,
    words: str = "",
    *,
    has_item: bool = False,
) -> CriticalCase:
    return CriticalCase(
        feedback_id=feedback_id,
        occurred_at=AS_OF - dt.timedelta(days=age_days),
        issue=IssueKey(theme=theme),
        case=RoutingCase(theme=theme, words=words),
        route=Route(
            department="duty",
            severity=severity,
            sla_hours=4,
            playbook="call-back",
            rule="fire",
            rules_version="1",
        ),
        has_item=has_item,
    )


@pytest.fixture
def decide(alerts):
    def _decide(*cases, criticals=(AT_ONCE,)):
        return decide_criticals(cases, alerts(criticals=criticals), AS_OF)

    return _decide


def reasons(decisions):
    return [held.reason for held in decisions.held]


def test_a_critical_feedback_opens_a_recovery_item_at_once(decide):
    [alert] = decide(case()).alerts
    assert (alert.kind, alert.status) == (ItemKind.RECOVERY, ActionStatus.OPEN)
    assert (alert.feedback_id, alert.key) == ("fb_1", "recovery:fb_1")
    assert (alert.department, alert.playbook) == ("duty", "call-back")
    assert alert.facts.routing_rule == "fire"
    assert alert.facts.occurred_at == dt.datetime(2026, 6, 29, 12, tzinfo=dt.UTC)


def test_a_feedback_that_is_not_severe_enough_opens_nothing(decide):
    assert reasons(decide(case(severity=Urgency.HIGH))) == [HoldReason.NO_RULE]


def test_a_rule_may_ask_for_words_whatever_the_severity(decide):
    rule = CriticalRule(id="law", when=Condition(pattern="起诉"), severity=())
    found = decide(case(severity=Urgency.LOW, words="我要起诉"), criticals=(rule,))
    assert [alert.rule for alert in found.alerts] == ["law"]


def test_a_feedback_that_has_its_item_gets_no_second_one(decide):
    assert reasons(decide(case(has_item=True))) == [HoldReason.LIVE_ITEM]


def test_old_news_is_held_with_its_reason(decide):
    assert len(decide(case(age_days=14)).alerts) == 1
    assert reasons(decide(case(age_days=14.01))) == [HoldReason.TOO_OLD]


def test_one_feedback_opens_one_item_for_its_most_severe_coding(decide):
    both = CriticalRule(id="both", severity=(Urgency.HIGH, Urgency.CRITICAL))
    found = decide(
        case(theme="queue", severity=Urgency.HIGH),
        case(theme="lounge", severity=Urgency.CRITICAL),
        criticals=(both,),
    )
    assert [alert.issue.theme for alert in found.alerts] == ["lounge"]
    assert reasons(found) == [HoldReason.SAME_FEEDBACK]


def test_an_older_coding_does_not_hide_the_one_that_may_open(decide):
    found = decide(case("fb_1", age_days=30), case("fb_2"))
    assert [alert.feedback_id for alert in found.alerts] == ["fb_2"]
    assert [held.feedback_id for held in found.held] == ["fb_1"]
