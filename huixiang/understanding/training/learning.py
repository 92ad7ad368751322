"""What a model may learn from: label files and corrections, less the frozen held-out rows."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huixiang.domain.coding.review import Review
from huixiang.understanding.model.labels import Label, LabelledRow
from huixiang.understanding.training.held_out import cut

SPLIT_SEED = 1
SPLIT = f"split-{SPLIT_SEED}"
"""Names the held-out split; another seed is another split, and no model compares over it."""
HELD_OUT_SHARE = 0.15
LEAST_CORRECTIONS = 100
"""A kind of label that corrections alone carry is learned from so many rows on."""
_KINDS = ("department", "polarity", "mentions")


@dataclass(frozen=True, kw_only=True, slots=True)
class Lessons:
    """Rows to learn from, rows to be judged by, and how many a correction changed."""

    learn: tuple[LabelledRow, ...]
    held_out: tuple[LabelledRow, ...]
    n_corrections: int


def lessons(
    labelled: Sequence[LabelledRow], corrections: Sequence[LabelledRow]
) -> Lessons:
    """Join files and corrections, the newest word on each sentence last, and split them."""
    usable = _worth_learning(labelled, corrections)
    learn, held_out = held_apart(joined([*labelled, *usable]))
    return Lessons(
        learn=tuple(learn),
        held_out=tuple(held_out),
        n_corrections=len({sentence(row) for row in usable}),
    )


def sentence(row: LabelledRow) -> str:
    """Return what makes two rows the same sentence: the words, however they are spaced."""
    return "".join(row.as_text.words.split()).casefold()


def held_apart(
    rows: Sequence[LabelledRow],
) -> tuple[list[LabelledRow], list[LabelledRow]]:
    """Return the rows to learn from and those held out: for ever, whatever file they are in.

    By their words and not by their numbers: files are numbered anew, and a sentence
    that stands in two of them must not be learned from in one.
    """
    return cut(rows, seed=SPLIT_SEED, share=HELD_OUT_SHARE)


def joined(rows: Iterable[LabelledRow]) -> list[LabelledRow]:
    """Return one row for each sentence; of each label the last that was given stands."""
    found: dict[str, LabelledRow] = {}
    for row in rows:
        key = sentence(row)
        earlier = found.get(key)
        found[key] = row if earlier is None else _over(earlier, row)
    return list(found.values())


def _over(earlier: LabelledRow, row: LabelledRow) -> LabelledRow:
    given = {
        kind: getattr(row, kind) for kind in _KINDS if getattr(row, kind) is not None
    }
    return replace(earlier, **given)


def correction(review: Review, words: str, stars: float | None) -> LabelledRow:
    """Return a review as a labelled row."""
    return LabelledRow(
        id=review.feedback_id,
        title="",
        text=words,
        rating=stars,
        department=review.department,
        polarity=review.polarity.value if review.polarity else None,
        mentions=tuple(
            Label(
                theme=each.theme, polarity=each.polarity.value, evidence=each.evidence
            )
            for each in review.mentions
        ),
    )


def _worth_learning(
    labelled: Sequence[LabelledRow], corrections: Sequence[LabelledRow]
) -> list[LabelledRow]:
    """Leave out kinds of labels that only a handful of corrections carry."""
    dropped: dict[str, Any] = {
        kind: None
        for kind in _KINDS
        if not any(getattr(row, kind) is not None for row in labelled)
        and sum(getattr(row, kind) is not None for row in corrections)
        < LEAST_CORRECTIONS
    }
    rows = [replace(row, **dropped) for row in corrections]
    return [
        row for row in rows if any(getattr(row, kind) is not None for kind in _KINDS)
    ]


def subsamples(
    rows: Sequence[LabelledRow], shares: Sequence[float]
) -> list[list[LabelledRow]]:
    """Return growing parts of *rows*, each within the next, always the same ones."""
    ordered = sorted(
        rows, key=lambda row: hashlib.sha256(sentence(row).encode()).digest()
    )
    return [ordered[: round(share * len(ordered))] for share in shares]
