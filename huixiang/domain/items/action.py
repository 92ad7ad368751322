"""Action items: work asked of a department, and the moves they may make."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.clock import check_aware
from huixiang.domain.items.alert import AlertFacts
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.verdict import Criterion
from huixiang.errors import IllegalMove


class ItemKind(enum.StrEnum):
    """What the work is for."""

    IMPROVEMENT = "improvement"
    RECOVERY = "recovery"


class ActionStatus(enum.StrEnum):
    """Where an action item stands."""

    PARKED = "parked"
    OPEN = "open"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    REJECTED = "rejected"
    RESOLVED = "resolved"
    VERIFIED = "verified"
    UNPROVEN = "unproven"
    REOPENED = "reopened"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_S = ActionStatus

MOVES: Mapping[ActionStatus, frozenset[ActionStatus]] = {
    _S.PARKED: frozenset({_S.OPEN, _S.CANCELLED}),
    _S.OPEN: frozenset({_S.ACCEPTED, _S.REJECTED, _S.CANCELLED}),
    _S.ACCEPTED: frozenset({_S.IN_PROGRESS, _S.RESOLVED, _S.REJECTED}),
    _S.IN_PROGRESS: frozenset({_S.RESOLVED, _S.ACCEPTED}),
    _S.REJECTED: frozenset({_S.OPEN}),
    _S.RESOLVED: frozenset({_S.VERIFIED, _S.REOPENED, _S.UNPROVEN}),
    _S.VERIFIED: frozenset({_S.REOPENED, _S.CLOSED}),
    _S.UNPROVEN: frozenset({_S.REOPENED, _S.CLOSED}),
    _S.REOPENED: frozenset({_S.ACCEPTED, _S.IN_PROGRESS, _S.RESOLVED, _S.REJECTED}),
    _S.CLOSED: frozenset(),
    _S.CANCELLED: frozenset(),
}

WORKING = frozenset({_S.OPEN, _S.ACCEPTED, _S.IN_PROGRESS, _S.REJECTED, _S.REOPENED})
"""States in which an item takes up its department's capacity."""

UNANSWERED = frozenset({_S.OPEN, _S.REOPENED, _S.REJECTED})
"""States in which a department owes an answer; after `due_at` it is late."""

LIVE = WORKING | {_S.PARKED, _S.RESOLVED}
"""States in which an issue needs no second item."""


def check_move(item_id: str, before: ActionStatus, after: ActionStatus) -> None:
    """Raise IllegalMove unless the table allows it."""
    if after not in MOVES[before]:
        raise IllegalMove(f"action item {item_id}", before.value, after.value)


@dataclass(frozen=True, kw_only=True, slots=True)
class ActionItem:
    """Work asked of a department.

    `due_at` is when its answer is due (accepted, refused or fixed);
    `alert` says why it opened, `criterion` what would count as success; both are fixed
    at opening.
    """

    item_id: str
    kind: ItemKind
    issue_id: str
    feedback_id: str | None
    department: str
    status: ActionStatus
    severity: Urgency
    priority: float
    playbook: str | None
    opened_at: dt.datetime
    due_at: dt.datetime
    alert: AlertFacts
    criterion: Criterion
    resolved_at: dt.datetime | None = None
    root_cause: str | None = None

    def __post_init__(self) -> None:
        check_aware(self.opened_at, "opened_at")


def path(
    before: ActionStatus, after: ActionStatus, what: str = "action item"
) -> tuple[ActionStatus, ...]:
    """Return the steps from *before* to *after*, both ends as the table allows.

    A remote system may close what nobody accepted there; "accepted" is then implied.
    Raise IllegalMove where not even that leads to *after*.
    """
    if after in MOVES[before]:
        return (after,)
    if _S.ACCEPTED in MOVES[before] and after in MOVES[_S.ACCEPTED]:
        return (_S.ACCEPTED, after)
    raise IllegalMove(what, before.value, after.value)
