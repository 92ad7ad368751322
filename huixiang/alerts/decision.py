"""What alerting decided: what opens, what is parked, what is held back, and why."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.alert import AlertFacts, RateFacts
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Urgency


class HoldReason(enum.StrEnum):
    """Why an issue or a feedback opens no item now."""

    NO_RULE = "no_rule"
    LIVE_ITEM = "live_item"
    TOO_FEW = "too_few"
    HISTORY_TOO_SHORT = "history_too_short"
    NOT_UNUSUAL = "not_unusual"
    COOLDOWN = "cooldown"
    TOO_OLD = "too_old"
    SAME_FEEDBACK = "same_feedback"


class ParkReason(enum.StrEnum):
    """Why an item is parked instead of opened."""

    CAPACITY = "capacity"
    NO_DEPARTMENT = "no_department"


SEVERITY_WEIGHT: Mapping[Urgency, float] = {
    Urgency.LOW: 1.0,
    Urgency.MEDIUM: 2.0,
    Urgency.HIGH: 4.0,
    Urgency.CRITICAL: 8.0,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Priority:
    """The visible parts of a priority: people more than usual × severity × (1 + gap).

    `rating_gap` is how many stars lower the window is than the baseline, never below 0.
    """

    excess: float
    severity_weight: float
    rating_gap: float = 0.0

    @property
    def total(self) -> float:
        """The number that items are ordered by."""
        value = self.excess * self.severity_weight * (1 + self.rating_gap)
        return round(value, 3)


@dataclass(frozen=True, kw_only=True, slots=True)
class Alert:
    """An action item to be made. `key` is the same if the same decision comes again."""

    key: str
    kind: ItemKind
    issue: IssueKey
    feedback_id: str | None
    department: str
    severity: Urgency
    playbook: str | None
    priority: Priority
    rule: str
    rules_version: str
    facts: AlertFacts
    status: ActionStatus = ActionStatus.OPEN
    parked_because: ParkReason | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldBack:
    """An issue or a single feedback that opens nothing now, and why."""

    issue: IssueKey
    reason: HoldReason
    rule: str | None = None
    feedback_id: str | None = None
    facts: RateFacts | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Promotion:
    """A parked item for which there is room now."""

    item_id: str
    issue: IssueKey
    priority: Priority
    facts: RateFacts


@dataclass(frozen=True, kw_only=True, slots=True)
class Decisions:
    """Everything one look came to; each input is in exactly one place."""

    alerts: tuple[Alert, ...] = ()
    held: tuple[HeldBack, ...] = ()
    promoted: tuple[Promotion, ...] = ()
