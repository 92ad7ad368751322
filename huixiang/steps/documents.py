"""Frozen facts as plain values, to be stored as a document."""

import dataclasses
import datetime as dt
from typing import Any

from huixiang.domain.text import Bilingual


def plain(value: Any) -> Any:
    """Return a frozen fact as JSON-able values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return value


def both(words: Bilingual) -> dict[str, str]:
    """Return words in both languages by the names of these."""
    return {"zh": words.zh, "en": words.en}
