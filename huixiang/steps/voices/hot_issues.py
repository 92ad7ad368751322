"""Hot issues: gather who told what, find the events that many tell, name them."""

import datetime as dt
import functools
from collections import defaultdict

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.insight import HotIssue
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.records.feedback import Ownership
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.discovery.hot import HotRule, ToldFeedback, find_hot
from huixiang.wording.items.events import event_title

HISTORY_DAYS = 56
MAX_TOLD = 40_000


def hot_issues(
    uow: UnitOfWork,
    rulebook: Rulebook,
    *,
    until: dt.date,
    days: int = 7,
    limit: int = 20,
) -> tuple[HotIssue, ...]:
    """Return the events that many tell in the *days* up to *until*, the hottest first."""
    first = until - dt.timedelta(days=days + HISTORY_DAYS - 1)
    return find_hot(
        _told(uow, first, until),
        until=until,
        rule=HotRule(days=days, limit=limit),
        title=functools.partial(event_title, rulebook),
    )


def _told(uow: UnitOfWork, first: dt.date, until: dt.date) -> list[ToldFeedback]:
    complaints: dict[str, set[IssueKey]] = defaultdict(set)
    for row in uow.emerging.themes(first, until):
        if row.polarity is Polarity.NEGATIVE:
            key = IssueKey(theme=row.theme, touchpoint=row.touchpoint, unit=row.unit)
            complaints[row.feedback_id].add(key)
    return [
        ToldFeedback(
            feedback_id=row.feedback_id,
            day=row.occurred_on,
            words=row.words,
            polarity=row.polarity,
            is_public=row.ownership is Ownership.PUBLIC,
            person=row.customer_ref,
            complaints=tuple(sorted(complaints[row.feedback_id])),
            touchpoint=row.touchpoint,
            unit=row.unit,
        )
        for row in uow.emerging.voices(first, until, MAX_TOLD)
    ]
