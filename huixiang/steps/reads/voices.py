"""What people newly speak of, what many speak of at once, and what it means to them."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.insight import HotIssue, Insights
from huixiang.steps.voices.hot_issues import hot_issues
from huixiang.steps.voices.insights import read_insights
from huixiang.store.engine import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class HotList:
    """Hot issues, the hottest first, and the masked words of their examples by id."""

    issues: Sequence[HotIssue]
    quotes: Mapping[str, str]


def list_hot(store: Store, rulebook: Rulebook, *, until: dt.date, days: int) -> HotList:
    """Return the events that many tell in the *days* that end with *until*."""
    with store.reading() as uow:
        issues = hot_issues(uow, rulebook, until=until, days=days)
        examples = [key for issue in issues for key in issue.examples]
        return HotList(issues=issues, quotes=uow.emerging.quotes(examples))


def insights_of(
    store: Store, rulebook: Rulebook, *, until: dt.date, days: int
) -> Insights:
    """Return what the *days* that end with *until* say of needs, drivers and effort."""
    with store.reading() as uow:
        return read_insights(uow, rulebook, until=until, days=days)


def quotes_of(store: Store, feedback_ids: Sequence[str]) -> Mapping[str, str]:
    """Return the masked words of feedbacks that are still there, by id."""
    with store.reading() as uow:
        return uow.emerging.quotes(feedback_ids)
