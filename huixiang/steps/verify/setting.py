"""Everything one verification looks at, read once."""

import functools
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import ItemKind
from huixiang.domain.items.issue import Issue
from huixiang.domain.proof.verdict import Metric
from huixiang.steps.context import Context
from huixiang.steps.verify.follow_ups import FollowUp, follow_ups
from huixiang.steps.verify.panel import circumstances, panel_of
from huixiang.steps.verify.placebo import CheckedDesign, checked_design
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.verification.engine.design import ActionWindow, Circumstances, Design
from huixiang.verification.engine.panel import Panel


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class VerificationSetting:
    """The follow-ups of all improvement items, and what they are judged on."""

    context: Context
    uow: UnitOfWork
    follow_ups: Sequence[FollowUp]
    windows: Sequence[ActionWindow]
    issues: Mapping[str, Issue]
    facts: Circumstances
    panel: Callable[[Metric], Panel]
    checked: Callable[[Design], CheckedDesign]
    tampered: Collection[str]  # items whose criterion is not the one fixed at opening

    def newest(self, item_id: str) -> FollowUp | None:
        """Return the last follow-up of an item that began by the last whole day."""
        until = self.context.last_day
        own = (f for f in reversed(self.follow_ups) if f.item.item_id == item_id)
        return next((each for each in own if each.resolved_on <= until), None)


def setting_of(context: Context, uow: UnitOfWork) -> VerificationSetting:
    """Read what verification needs, as of the run's last whole day."""
    items = uow.items.find(kind=ItemKind.IMPROVEMENT)
    fixes = follow_ups(items, uow.items.all_moves(), context.zone)
    windows = [each.window for each in fixes]
    until = context.last_day
    facts = circumstances(uow, until)
    panel = functools.cache(lambda metric: panel_of(uow, metric, until))

    def checked(design: Design) -> CheckedDesign:
        wanted = functools.partial(panel, design.metric)
        return checked_design(context, uow, design, wanted, windows, facts)

    return VerificationSetting(
        context=context,
        uow=uow,
        follow_ups=fixes,
        windows=windows,
        issues=uow.codings.issues(),
        facts=facts,
        panel=panel,
        checked=functools.cache(checked),
        tampered=uow.items.tampered(),
    )
