"""What an owner says of an action item, by whichever door it came."""

import datetime as dt
import enum
from dataclasses import dataclass

from huixiang.clock import check_aware


class StatementKind(enum.StrEnum):
    """What a person may say of an item: a status it has now, or only words."""

    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    COMMENT = "comment"


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnerStatement:
    """One statement about one item; all words in it are masked already.

    `department` is whose the item is instead, where it is refused. `endpoint` is where
    the statement came from, None for the command line; it is not told of it again.
    """

    item_id: str
    kind: StatementKind
    stated_at: dt.datetime
    actor: str
    words: str = ""
    root_cause: str = ""
    department: str | None = None
    endpoint: str | None = None

    def __post_init__(self) -> None:
        check_aware(self.stated_at, "stated_at")
