"""Every issue's days as alerting looks at them: complaints, exposure and ratings."""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from huixiang.alerts.compile import ReadyAlerts
from huixiang.alerts.decide import decide_rates
from huixiang.alerts.decision import HeldBack
from huixiang.alerts.history import IssueHistory
from huixiang.alerts.rates import Period, periods
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.items.action import LIVE, ActionItem, ItemKind
from huixiang.domain.items.issue import NOWHERE, Issue, IssueKey
from huixiang.domain.proof.daily import ChannelExposure
from huixiang.steps.coding.bridge import before_split
from huixiang.store.unit_of_work import UnitOfWork

Days = Mapping[dt.date, int]
Scores = Mapping[dt.date, tuple[int, float]]
"""How many rated feedbacks a day has, and the sum of their stars."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AlertContext:
    """With which rules, in which zone and on which last whole day issues are seen."""

    rulebook: Rulebook
    alerts: ReadyAlerts
    zone: ZoneInfo
    last_day: dt.date


def issue_histories(
    alerting: AlertContext, uow: UnitOfWork, issues: Iterable[Issue]
) -> list[IssueHistory]:
    """Return the days of *issues* up to the last whole one."""
    negatives: dict[str, dict[dt.date, int]] = defaultdict(lambda: defaultdict(int))
    for row in uow.histories.negatives_by_day(alerting.last_day):
        negatives[row.issue_id][row.day] += row.n
    _add_past_of_parts(negatives, uow, alerting.last_day)
    exposure = Exposure(uow.histories.exposure_by_day(alerting.last_day))
    scores = _scores(uow, alerting.last_day)
    items: dict[str, list[ActionItem]] = defaultdict(list)
    for item in uow.items.find(kind=ItemKind.IMPROVEMENT):
        items[item.issue_id].append(item)
    return [
        _rated(
            alerting,
            _history(alerting, issue, negatives[issue.issue_id], exposure, items),
            scores[issue.key],
        )
        for issue in issues
    ]


def _add_past_of_parts(
    negatives: Mapping[str, dict[dt.date, int]], uow: UnitOfWork, until: dt.date
) -> None:
    """Give a theme that was split off the past it is estimated to have had."""
    past = before_split(uow, until)
    ids = uow.codings.issue_ids() if past else {}
    for key, days in past.items():
        if key in ids:
            for day, n in days.items():
                negatives[ids[key]][day] += n


def held_back(alerting: AlertContext, uow: UnitOfWork, issue: Issue) -> HeldBack | None:
    """Return why an issue opens nothing on the last whole day; None where it would."""
    histories = issue_histories(alerting, uow, [issue])
    held = decide_rates(histories, alerting.alerts, {}, [], alerting.last_day).held
    return held[0] if held else None


class Exposure:
    """All feedback of a touchpoint and unit, whatever it says, day by day.

    A record that names no touchpoint could be about any, so it counts for all.
    """

    def __init__(self, rows: Iterable[ChannelExposure]) -> None:
        self._days: dict[tuple[str, str], dict[dt.date, int]] = defaultdict(
            lambda: defaultdict(int)
        )
        for row in rows:
            self._days[row.touchpoint, row.unit][row.day] += row.n

    def of(self, key: IssueKey) -> Days:
        """Return the days of one issue."""
        days: dict[dt.date, int] = defaultdict(int)
        for touchpoint in {key.touchpoint, NOWHERE}:
            for day, n in self._days.get((touchpoint, key.unit), {}).items():
                days[day] += n
        return dict(days)


def _scores(uow: UnitOfWork, until: dt.date) -> Mapping[IssueKey, Scores]:
    scores: dict[IssueKey, dict[dt.date, tuple[int, float]]] = defaultdict(dict)
    for row in uow.histories.scores_by_day(until):
        days = scores[row.key]
        n, total = days.get(row.day, (0, 0.0))
        days[row.day] = (n + row.n, total + row.total)
    return scores


def _history(
    alerting: AlertContext,
    issue: Issue,
    negatives: Days,
    exposure: Exposure,
    items: Mapping[str, Sequence[ActionItem]],
) -> IssueHistory:
    of_issue = items.get(issue.issue_id, ())
    theme = alerting.rulebook.codeframe.by_id.get(issue.theme)
    opened = [item.opened_at.astimezone(alerting.zone).date() for item in of_issue]
    resolved = [
        item.resolved_at.astimezone(alerting.zone).date()
        for item in of_issue
        if item.resolved_at is not None
    ]
    return IssueHistory(
        key=issue.key,
        department=issue.department,
        severity=issue.severity,
        negatives=negatives,
        exposure=exposure.of(issue.key),
        playbook=issue.playbook,
        has_live_item=any(item.status in LIVE for item in of_issue),
        last_opened_on=max(opened, default=None),
        last_closed_on=max(resolved, default=None),
        need_tier=theme.need_tier if theme else NeedTier.PAIN,
    )


def _rated(
    alerting: AlertContext, history: IssueHistory, scores: Scores
) -> IssueHistory:
    """Add the mean ratings of the window and the baseline of the issue's rule."""
    for ready in alerting.alerts.rates:
        if ready.applies(history.case, history.department, history.severity):
            window, baseline = periods(ready.rule, alerting.last_day)
            return dataclasses.replace(
                history,
                stars_window=_mean(window, scores),
                stars_baseline=_mean(baseline, scores),
            )
    return history


def _mean(period: Period, scores: Scores) -> float | None:
    within = [
        each for day, each in scores.items() if period.start_on <= day <= period.end_on
    ]
    n = sum(count for count, _ in within)
    return sum(total for _, total in within) / n if n else None
