"""An issue: theme × touchpoint × unit, gathering negative codings over time."""

import datetime as dt
import enum
import hashlib
from dataclasses import dataclass

from huixiang.domain.items.route import Urgency

NOWHERE = "-"
"""Stands for a touchpoint or unit that the record does not name."""


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class IssueKey:
    """What makes an issue this issue; its department may change, these never."""

    theme: str
    touchpoint: str = NOWHERE
    unit: str = NOWHERE

    @property
    def issue_id(self) -> str:
        """A short id that depends on the key alone."""
        text = "\x1f".join((self.theme, self.touchpoint, self.unit))
        return "is_" + hashlib.sha256(text.encode()).hexdigest()[:12]


class GivenBy(enum.StrEnum):
    """What gave an issue to its department."""

    RULE = "rule"  # the route of its newest feedback
    PERSON = "person"  # routes leave it there


@dataclass(frozen=True, kw_only=True, slots=True)
class Issue:
    """An issue as it stands; `department_person` is who gave it to its department.

    An issue that outlived its theme's name keeps its id, which its key then differs
    from.
    """

    issue_id: str
    theme: str
    touchpoint: str
    unit: str
    department: str
    department_by: GivenBy
    department_person: str | None
    severity: Urgency
    sla_hours: float
    playbook: str | None
    first_at: dt.datetime
    last_at: dt.datetime

    @property
    def key(self) -> IssueKey:
        """What it gathers codings by."""
        return IssueKey(theme=self.theme, touchpoint=self.touchpoint, unit=self.unit)
