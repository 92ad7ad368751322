"""The register of where words live: each column of text says what it may hold.

Erasing a person, keeping data no longer than needed and every export read this
register. A column takes its place by its type: `Mapped[MaskedText]`.
"""

import enum
from collections.abc import Iterator
from typing import Annotated, Any

from sqlalchemy import JSON, Column, LargeBinary, MetaData, Text
from sqlalchemy.orm import mapped_column


class Words(enum.StrEnum):
    """Whose words a column may hold, and in which form."""

    NONE = "none"  # ids, codes, numbers, our own facts
    NAMES = "names"  # who decided, wrote or acted
    CLEAR = "clear"  # as somebody outside wrote it, such as the name of a file
    MASKED = "masked"  # people's words, personal data replaced by marks
    SEALED = "sealed"  # encrypted with the workspace's key


REGISTER = "words"
"""Where a column's `info` says it."""


def _said(words: Words, *kind: Any) -> Any:
    return mapped_column(*kind, info={REGISTER: words})


PlainText = Annotated[str, _said(Words.NONE)]
NameText = Annotated[str, _said(Words.NAMES)]
ClearText = Annotated[str, _said(Words.CLEAR)]
MaskedText = Annotated[str, _said(Words.MASKED)]

PlainDocument = Annotated[dict[str, Any], _said(Words.NONE)]
ClearDocument = Annotated[dict[str, Any], _said(Words.CLEAR)]
MaskedDocument = Annotated[dict[str, Any], _said(Words.MASKED)]

PlainList = Annotated[list[Any], _said(Words.NONE)]
MaskedList = Annotated[list[Any], _said(Words.MASKED)]

MaskedBytes = Annotated[bytes, _said(Words.MASKED, LargeBinary)]
SealedBytes = Annotated[bytes, _said(Words.SEALED, LargeBinary)]


def register(metadata: MetaData) -> Iterator[tuple[str, str, Words | None]]:
    """Yield (table, column, what it may hold) of every column that can hold words.

    None: the column does not say, which is a fault.
    """
    for table in metadata.sorted_tables:
        for column in table.columns:
            if _can_hold_words(column):
                yield table.name, column.name, column.info.get(REGISTER)


def _can_hold_words(column: Column[Any]) -> bool:
    return isinstance(column.type, Text | JSON | LargeBinary)
