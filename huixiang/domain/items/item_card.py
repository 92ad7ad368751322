"""An action item as its department should see it, with all words, for any platform."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.items.route import Playbook, Urgency
from huixiang.domain.records.feedback import Channel
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A code and what people call it."""

    id: str
    name: Bilingual


NOT_NAMED = Named(id=NOWHERE, name=Bilingual(zh="", en=""))
"""Stands for a touchpoint or unit that the records do not name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """What a customer said, masked."""

    feedback_id: str
    said_on: dt.date
    channel: Channel
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PastFix:
    """What fixed this the last time, and was verified."""

    item_id: str
    resolved_on: dt.date
    root_cause: str
    effect: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Button:
    """What an owner may answer with one tap, and what stands on it."""

    answer: ActionStatus
    label: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemCard:
    """Everything a department is told of an item.

    `title` is the one line by which people know it. `why` is one sentence: why the item
    opened; `news` is one sentence: why this message comes now (escalated, verified,
    re-opened), absent when the item opens; `outlook` whether the effect of a fix could
    be seen here.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    item_id: str
    kind: ItemKind
    status: ActionStatus
    issue_id: str
    title: Bilingual
    theme: Named
    department: Named
    severity: Urgency
    severity_name: Bilingual
    opened_at: dt.datetime
    due_at: dt.datetime
    why: Bilingual
    touchpoint: Named = NOT_NAMED
    unit: Named = NOT_NAMED
    evidence: tuple[Quote, ...] = ()
    playbook: Playbook | None = None
    past_fixes: tuple[PastFix, ...] = ()
    news: Bilingual | None = None
    outlook: Bilingual | None = None
    ticket_id: str | None = None
    buttons: tuple[Button, ...] = ()
