"""Follow-ups: every fix of every item, read off its moves."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.items.move import Move
from huixiang.steps.verify.criteria import design_of
from huixiang.verification.engine.design import ActionWindow, Design


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """One fix of one item: from its opening (or re-opening) to its resolution."""

    item: ActionItem
    opened_on: dt.date
    resolved_on: dt.date

    @property
    def key(self) -> str:
        """Names the follow-up; a re-opened item has several."""
        return f"{self.item.item_id}@{self.resolved_on}"

    @property
    def design(self) -> Design:
        """The design that was fixed when the item opened."""
        return design_of(self.item.criterion)

    @property
    def window(self) -> ActionWindow:
        """The fix as the engine knows it; its unit is the issue."""
        return ActionWindow(
            action_id=self.key,
            unit=self.item.issue_id,
            opened_on=self.opened_on,
            resolved_on=self.resolved_on,
        )


def follow_ups(
    items: Sequence[ActionItem], moves: Mapping[str, Sequence[Move]], zone: ZoneInfo
) -> list[FollowUp]:
    """Return every follow-up of *items*, in the order of the items and their moves."""
    return [each for item in items for each in _of(item, moves[item.item_id], zone)]


def _of(item: ActionItem, moves: Sequence[Move], zone: ZoneInfo) -> Iterator[FollowUp]:
    opened_on: dt.date | None = None
    for move in moves:
        day = move.moved_at.astimezone(zone).date()
        first_opening = move.after is ActionStatus.OPEN and opened_on is None
        if first_opening or move.after is ActionStatus.REOPENED:
            opened_on = day
        resolved = move.after is ActionStatus.RESOLVED and move.before is not move.after
        if resolved and opened_on is not None:
            yield FollowUp(item=item, opened_on=opened_on, resolved_on=day)
