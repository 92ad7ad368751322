"""A digest: how things stand, for an owner or for managers, with all words."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import ClassVar

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.text import Bilingual


class DigestPart(enum.StrEnum):
    """The lists of items that a digest holds; an item may be in several."""

    OVERDUE = "overdue"
    OPEN = "open"
    REOPENED = "reopened"
    VERIFIED = "verified"


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestItem:
    """One action item in a line; nobody's words are in it."""

    item_id: str
    title: Bilingual
    status: ActionStatus
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestSection:
    """One list: how many items there are in all, and the most urgent of them."""

    part: DigestPart
    name: Bilingual
    n_items: int
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestCard:
    """What one reader is told of one period.

    `department` is the reader's, absent for managers. `answers` are the sentences to
    read first. `report` is the newest report's folder in the workspace.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    title: Bilingual
    first_on: dt.date
    last_on: dt.date
    answers: tuple[Bilingual, ...]
    sections: tuple[DigestSection, ...]
    department_id: str | None = None
    department: Bilingual | None = None
    report: str | None = None
