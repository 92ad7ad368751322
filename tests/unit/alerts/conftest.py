"""A codeframe, compiled alert rules, and histories of steady issues."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from huixiang.alerts.compile import ReadyAlerts, compile_alerts
from huixiang.alerts.history import IssueHistory
from huixiang.configuration.patterns import compile_pattern
from huixiang.domain.coding.codeframe import Codeframe, Theme
from huixiang.domain.items.alert import AlertRules, CriticalRule, RateRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency
from huixiang.domain.text import Bilingual

AS_OF = dt.date(2026, 6, 30)


@pytest.fixture
def alerts() -> Callable[..., ReadyAlerts]:
    """Return a function that compiles alert rules over two themes."""
    name = Bilingual(zh="名", en="name")
    themes = (
        Theme(id="lounge", name=name),
        Theme(id="lounge.drinks", name=name, parent="lounge"),
        Theme(id="queue", name=name),
    )
    frame = Codeframe(version="1", themes=themes)

    def _alerts(
        *rates: RateRule,
        criticals: tuple[CriticalRule, ...] = (),
        max_age_days: float = 14,
    ) -> ReadyAlerts:
        rules = AlertRules(
            version="3",
            rates=rates,
            criticals=criticals,
            max_critical_age_days=max_age_days,
        )
        return compile_alerts(rules, frame, compile_pattern)

    return _alerts


@pytest.fixture
def history() -> Callable[..., IssueHistory]:
    """Return a function that makes an issue: usual and recent negatives a day."""

    def _history(
        *,
        usual: int = 1,
        recent: int = 1,
        n_days: int = 104,
        n_recent: int = 14,
        exposure: int = 20,
        **fields: Any,
    ) -> IssueHistory:
        days = [AS_OF - dt.timedelta(days=i) for i in range(n_days)]
        given: dict[str, Any] = {
            "key": IssueKey(theme="lounge.drinks", touchpoint="waiting", unit="T2"),
            "department": "catering",
            "severity": Urgency.MEDIUM,
        }
        return IssueHistory(
            **(given | fields),
            negatives={
                d: recent if i < n_recent else usual for i, d in enumerate(days)
            },
            exposure=dict.fromkeys(days, exposure),
        )

    return _history
