"""How the rows that a head was trained on are answered by fits that had not seen them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huixiang.domain.coding.training import ABSENT, Judged
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.model.linear import Floats

Marks = npt.NDArray[np.bool_]
_LONGEST = 200


@dataclass(frozen=True, kw_only=True)
class Unseen:
    """One head over the rows of its folds: a column for each class."""

    head: str
    rows: Sequence[LabelledRow]
    classes: Sequence[str]
    chances: Floats
    told: Marks
    guessed: Marks


Watch = Callable[[Unseen], None]
"""Called once for each head while it is trained."""


def one_of(numbers: npt.NDArray[np.int64], n_classes: int) -> Marks:
    """Return classes by number as marks, one column for each."""
    marks: Marks = np.eye(n_classes, dtype=bool)[numbers]
    return marks


def judged_unseen(unseen: Unseen) -> list[Judged]:
    """Return the questions that the folds answer."""
    if unseen.head == "themes":
        return _themes(unseen)
    truth, guessed = unseen.told.argmax(axis=1), unseen.guessed.argmax(axis=1)
    return [
        Judged(
            head=unseen.head,
            unit=unit,
            truth=unseen.classes[truth[unit]],
            guessed=unseen.classes[guessed[unit]],
            chance=float(unseen.chances[unit, guessed[unit]]),
            row_id=_key(row),
            words=row.as_text.words[:_LONGEST],
        )
        for unit, row in enumerate(unseen.rows)
    ]


def _themes(unseen: Unseen) -> list[Judged]:
    """Ask of each theme that the label or the answer holds whether it is there."""
    units, themes = np.nonzero(unseen.told | unseen.guessed)
    return [
        Judged(
            head="themes",
            unit=unit,
            truth=unseen.classes[theme] if unseen.told[unit, theme] else ABSENT,
            guessed=unseen.classes[theme] if unseen.guessed[unit, theme] else ABSENT,
            chance=float(unseen.chances[unit, theme])
            if unseen.guessed[unit, theme]
            else None,
            row_id=_key(unseen.rows[unit]),
            words=unseen.rows[unit].as_text.words[:_LONGEST],
        )
        for unit, theme in zip(units.tolist(), themes.tolist(), strict=True)
    ]


def _key(row: LabelledRow) -> str:
    return "" if row.id is None else str(row.id)
