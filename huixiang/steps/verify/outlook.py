"""Before acting: store with a new item whether its effect could be seen at all."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from huixiang.domain.items.action import ItemKind
from huixiang.domain.proof.assurance import ItemOutlook
from huixiang.domain.proof.verdict import Criterion
from huixiang.steps.context import Context
from huixiang.steps.verify.criteria import design_of
from huixiang.steps.verify.follow_ups import follow_ups
from huixiang.steps.verify.panel import panel_of
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.checks.power import Outlook, outlook


def outlooks_of(
    context: Context, uow: UnitOfWork, wanted: Iterable[tuple[str, Criterion]]
) -> dict[str, Outlook]:
    """Return what a fix could show, for each issue of *wanted* by its criterion."""
    asked = dict(wanted)
    if not asked:
        return {}
    items = uow.items.find(kind=ItemKind.IMPROVEMENT)
    fixes = [
        each.window for each in follow_ups(items, uow.items.all_moves(), context.zone)
    ]
    sisters = _sisters(uow)
    panels = {
        metric: panel_of(uow, metric, context.last_day)
        for metric in {criterion.metric for criterion in asked.values()}
    }
    return {
        issue_id: outlook(
            panels[criterion.metric],
            issue_id,
            sisters[issue_id],
            as_of=context.last_day,
            actions=fixes,
            design=design_of(criterion),
        )
        for issue_id, criterion in asked.items()
    }


def _sisters(uow: UnitOfWork) -> Mapping[str, frozenset[str]]:
    """Return for each issue all issues of its theme."""
    issues = uow.codings.issues().values()
    of_theme: dict[str, set[str]] = defaultdict(set)
    for issue in issues:
        of_theme[issue.theme].add(issue.issue_id)
    return {issue.issue_id: frozenset(of_theme[issue.theme]) for issue in issues}


def item_outlook(item_id: str, outlook: Outlook, as_of: dt.datetime) -> ItemOutlook:
    """Return an outlook as it is kept beside its item."""
    own, pooled = outlook.own, outlook.pooled
    return ItemOutlook(
        item_id=item_id,
        as_of=as_of,
        advice=outlook.advice,
        feedbacks_per_day=own.feedbacks_per_day if own else None,
        days_until_medium=own.days_until_medium if own else None,
        days_until_medium_likely=own.days_until_medium_likely if own else None,
        detectable_effect=own.detectable_effect if own else None,
        n_pooled=outlook.n_pooled,
        pooled_days=pooled.days_until_medium if pooled else None,
    )
