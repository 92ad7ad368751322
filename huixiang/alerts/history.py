"""What alerting must know of an issue, a single feedback, a parked item and a desk."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.clock import check_aware
from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.items.route import Route, RoutingCase, Urgency


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueHistory:
    """An issue's negative mentions day by day, and all feedback it could come from.

    Both count feedbacks (not codings) by business day. `exposure` is every feedback of
    the issue's touchpoint and unit, whatever it says: if more people answer, more
    complain. `stars_window` and `stars_baseline` are mean ratings of feedback that
    mentions the theme, where there are any. Dates are of the issue's last item.
    """

    key: IssueKey
    department: str
    severity: Urgency
    negatives: Mapping[dt.date, int]
    exposure: Mapping[dt.date, int]
    need_tier: NeedTier = NeedTier.PAIN
    playbook: str | None = None
    stars_window: float | None = None
    stars_baseline: float | None = None
    has_live_item: bool = False
    last_opened_on: dt.date | None = None
    last_closed_on: dt.date | None = None

    def __post_init__(self) -> None:
        for day, count in self.negatives.items():
            if count > self.exposure.get(day, 0):
                raise ValueError(
                    f"issue {self.key.issue_id}: more negative mentions than feedback on "
                    f"{day}; count feedbacks, each once, in both"
                )

    @property
    def case(self) -> RoutingCase:
        """The issue as something a condition can be asked about."""
        return RoutingCase(
            theme=self.key.theme,
            need_tier=self.need_tier,
            touchpoint=None if self.key.touchpoint == NOWHERE else self.key.touchpoint,
            unit=None if self.key.unit == NOWHERE else self.key.unit,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class CriticalCase:
    """A routed negative coding of one feedback that may need an answer at once."""

    feedback_id: str
    occurred_at: dt.datetime
    issue: IssueKey
    case: RoutingCase
    route: Route
    has_item: bool = False

    def __post_init__(self) -> None:
        check_aware(self.occurred_at, "occurred_at")


@dataclass(frozen=True, kw_only=True, slots=True)
class ParkedItem:
    """An action item that waits for room at its department."""

    item_id: str
    issue: IssueKey


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentLoad:
    """A department's room for improvement items: how many it takes, how many it has."""

    capacity: int
    n_working: int = 0

    @property
    def n_free(self) -> int:
        """How many more it can take."""
        return max(0, self.capacity - self.n_working)
