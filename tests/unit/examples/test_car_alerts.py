"""The car alert rules see a wave of price complaints, and answer danger at once."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from huixiang.alerts.compile import ReadyAlerts, compile_alerts
from huixiang.alerts.decide import decide_criticals, decide_rates
from huixiang.alerts.history import CriticalCase, DepartmentLoad, IssueHistory
from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Route, RoutingCase, Urgency
from huixiang.steps.rules import load_rules

WORKSPACE = Path(__file__).parents[3] / "examples" / "car-complaints"
FIRST, LAST = dt.date(2024, 1, 29), dt.date(2024, 3, 31)
WAVE = dt.date(2024, 2, 20), dt.date(2024, 3, 10)
OTHERS_A_DAY = 3


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return load_rules(WORKSPACE / "rules", WORKSPACE / "expectations")


@pytest.fixture(scope="module")
def alerts(rulebook: Rulebook) -> ReadyAlerts:
    return compile_alerts(rulebook.alerts, rulebook.codeframe, compile_pattern)


def history(
    theme: str, department: str, count_on: Callable[[dt.date], int]
) -> IssueHistory:
    """Return an issue of one brand that nine weeks are known of."""
    days = [FIRST + dt.timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
    return IssueHistory(
        key=IssueKey(theme=theme, touchpoint="driving", unit="某甲"),
        department=department,
        severity=Urgency.MEDIUM,
        negatives={day: count_on(day) for day in days},
        exposure={day: count_on(day) + OTHERS_A_DAY for day in days},
    )


def opened(found: IssueHistory, alerts: ReadyAlerts, as_of: dt.date) -> list[str]:
    loads = {found.department: DepartmentLoad(capacity=10, n_working=0)}
    return [
        each.rule for each in decide_rates([found], alerts, loads, [], as_of).alerts
    ]


def wave(day: dt.date) -> int:
    return 8 if WAVE[0] <= day <= WAVE[1] else int(day.day % 10 == 0)


@pytest.mark.parametrize(
    "as_of", [dt.date(2024, 3, 18), dt.date(2024, 3, 25), LAST], ids=str
)
def test_a_wave_of_price_complaints_opens_an_item(
    as_of: dt.date, alerts: ReadyAlerts
) -> None:
    found = history("sales_fraud.price_change", "sales", wave)
    assert opened(found, alerts, as_of) == ["price_wave"]


def test_price_complaints_that_come_evenly_open_nothing(alerts: ReadyAlerts) -> None:
    even = history("sales_fraud.price_change", "sales", lambda day: 2)
    assert opened(even, alerts, LAST) == []


def test_a_handful_of_brake_failures_is_enough(alerts: ReadyAlerts) -> None:
    days = {dt.date(2024, 3, day) for day in (19, 21, 24, 26, 28, 30)}
    found = history("brake.failure", "chassis", lambda day: int(day in days))
    assert opened(found, alerts, LAST) == ["safety_surge"]


def test_a_handful_of_rattles_is_not(alerts: ReadyAlerts) -> None:
    days = {dt.date(2024, 3, day) for day in (19, 21, 24, 26, 28, 30)}
    found = history("body.noise", "body", lambda day: int(day in days))
    assert opened(found, alerts, LAST) == []


def critical_case(theme: str, words: str, age_days: float) -> CriticalCase:
    now = dt.datetime(2024, 3, 31, 12, tzinfo=dt.UTC)
    return CriticalCase(
        feedback_id="fb_1",
        occurred_at=now - dt.timedelta(days=age_days),
        issue=IssueKey(theme=theme, touchpoint="driving", unit="某甲"),
        case=RoutingCase(theme=theme, words=words),
        route=Route(
            department="chassis",
            severity=Urgency.CRITICAL,
            sla_hours=24,
            playbook=None,
            rule="any",
            rules_version="1",
        ),
    )


@pytest.mark.parametrize(
    ("theme", "words", "age_days", "n_items"),
    [
        ("brake.failure", "刹不住", 1, 1),
        ("brake.failure", "刹不住", 30, 0),
        ("engine.power_loss", "高速上熄火，险些被撞", 1, 1),
        ("engine.power_loss", "小区里熄火", 1, 0),
        ("body.noise", "吱吱响", 1, 0),
    ],
)
def test_only_fresh_danger_to_a_person_is_answered_at_once(
    theme: str, words: str, age_days: float, n_items: int, alerts: ReadyAlerts
) -> None:
    now = dt.datetime(2024, 3, 31, 12, tzinfo=dt.UTC)
    cases = [critical_case(theme, words, age_days)]
    assert len(decide_criticals(cases, alerts, now).alerts) == n_items
