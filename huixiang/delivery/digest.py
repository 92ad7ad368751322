"""A digest as it is sent: how things stand, for an owner or for managers. Pure."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from huixiang.delivery.payload import iso
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestItem:
    """One action item in a line; nobody's words are in it."""

    item_id: str
    title: Bilingual
    status: str
    due_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class DigestCard:
    """What one reader is told of one period.

    `department` is the reader's, absent for managers. `answers` are the sentences to
    read first; `sections` name lists of items, the most urgent first, with how many
    there are in all. `report` is the newest report's folder in the workspace.
    """

    first_on: dt.date
    last_on: dt.date
    answers: tuple[Bilingual, ...]
    sections: Mapping[str, tuple[int, tuple[DigestItem, ...]]]
    department_id: str | None = None
    department: Bilingual | None = None
    report: str | None = None


def digest_data(card: DigestCard) -> dict[str, object]:
    """Return the bilingual data of a digest."""
    return {
        "title": _both(digest_title(card)),
        "audience": "owners" if card.department_id else "managers",
        "department": {"id": card.department_id, "name": _both(card.department)}
        if card.department
        else None,
        "first_on": card.first_on.isoformat(),
        "last_on": card.last_on.isoformat(),
        "answers": [_both(each) for each in card.answers],
        "items": {
            name: {"n": n, "first": [_item(each) for each in items]}
            for name, (n, items) in card.sections.items()
        },
        "report": card.report,
    }


def digest_title(card: DigestCard) -> Bilingual:
    """Return the one line by which people know the digest."""
    days = f"{card.first_on} … {card.last_on}"
    name = card.department
    return Bilingual(
        zh=f"【简报】{name.zh if name else '全局'} {days}",
        en=f"[Digest] {name.en if name else 'everything'}, {days}",
    )


def _item(item: DigestItem) -> dict[str, object]:
    return {
        "item_id": item.item_id,
        "title": _both(item.title),
        "status": item.status,
        "due_at": iso(item.due_at),
    }


def _both(words: Bilingual) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}
