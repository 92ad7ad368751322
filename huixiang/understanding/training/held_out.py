"""Answer labelled rows by models that had not seen them: honest figures for a choice."""

import hashlib
from collections.abc import Sequence

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.understanding.coding.coder import Coder, TextAnswer
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.model.model_file import Model

_BYTES = 8


def cut(
    rows: Sequence[LabelledRow], *, seed: int, share: float = 0.2
) -> tuple[list[LabelledRow], list[LabelledRow]]:
    """Return (learn, judge); equal words fall on one side, on the same one every time.

    Rows that join later move none of the others.
    """
    judged = [_draw(row, seed) < share for row in rows]
    pairs = list(zip(rows, judged, strict=True))
    return [row for row, held in pairs if not held], [
        row for row, held in pairs if held
    ]


def answers_of(
    model: Model, rows: Sequence[LabelledRow], codeframe: Codeframe | None = None
) -> list[TextAnswer]:
    """Return what *model* answers to each row, in order."""
    return Coder(codeframe, model).code_texts([row.as_text for row in rows])


def _draw(row: LabelledRow, seed: int) -> float:
    """Return a number from 0 up to 1 that depends on the words and *seed* alone."""
    words = "".join(f"{row.title}{row.text}".split())
    digest = hashlib.blake2b(f"{seed}\n{words}".encode(), digest_size=_BYTES).digest()
    drawn: float = int.from_bytes(digest, "big") / 2 ** (8 * _BYTES)
    return drawn
