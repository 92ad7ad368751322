"""Action items, each with the issue it is about."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from huixiang.domain.items.action import ActionItem, ActionStatus
from huixiang.domain.items.issue import Issue
from huixiang.store.engine import Store


@dataclass(frozen=True, kw_only=True, slots=True)
class ListedItem:
    """An action item and its issue."""

    item: ActionItem
    issue: Issue


def list_items(
    store: Store,
    *,
    statuses: Collection[ActionStatus] = (),
    department: str | None = None,
) -> Sequence[ListedItem]:
    """Return the items in *statuses* (none: in any) of a department, or of all."""
    with store.reading() as uow:
        issues = uow.codings.issues()
        items = uow.items.find(statuses=list(statuses) or None, department=department)
    return [ListedItem(item=item, issue=issues[item.issue_id]) for item in items]
