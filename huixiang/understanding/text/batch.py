"""A batch of texts brought to one form once, for every coder that reads it."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from huixiang.understanding.text.clauses import Clause, split_clauses
from huixiang.understanding.text.ngrams import Grams, Recipe, grams
from huixiang.understanding.text.normalise import normalise
from huixiang.understanding.text.segment import Segmenter

_MARK = re.compile(r"［[^［］]{1,12}］")


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedText:
    """What a person said: the words, and a rating on the scale of 1 to 5 if given.

    `complains`: it came in as a complaint, whatever its words are.
    """

    words: str
    stars: float | None = None
    complains: bool = False


def _without_marks(words: str) -> str:
    """Blank the marks of masked personal data: they are ours, nobody said them."""
    if "［" not in words:
        return words
    return _MARK.sub(lambda mark: " " * len(mark[0]), words)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Texts with everything derived from them; each part is made when first read."""

    texts: Sequence[RatedText]
    segmenter: Segmenter
    recipe: Recipe

    @cached_property
    def words(self) -> list[str]:
        """The normalised words; a span in them is a span in the original."""
        return normalise([_without_marks(text.words) for text in self.texts])

    @cached_property
    def grams(self) -> Grams:
        """The n-grams of each text."""
        return grams(self.words, self._cut, self.recipe)

    @cached_property
    def feeling_grams(self) -> Grams:
        """The n-grams in which feelings are told, negations among them."""
        if not self.recipe.content_only:
            return self.grams
        return grams(self.words, [], Recipe(word_max=0, lead=0))

    @cached_property
    def _cut(self) -> list[list[str]]:
        return self.segmenter.cut(self.words) if self.recipe.word_max else []

    @cached_property
    def clauses(self) -> list[list[Clause]]:
        """The clauses of each text."""
        return [split_clauses(words) for words in self.words]

    @cached_property
    def clause_grams(self) -> Grams:
        """The n-grams that lie within one clause; rows count clauses over the batch."""
        offsets = np.cumsum([0, *map(len, self.words)])
        spans = [
            (offset + clause.start, offset + clause.end)
            for offset, clauses in zip(offsets.tolist(), self.clauses, strict=False)
            for clause in clauses
        ]
        starts = np.array([start for start, _ in spans], dtype=np.int64)
        ends = np.array([end for _, end in spans], dtype=np.int64)
        every = self.grams
        if not len(starts):
            return Grams(
                row=every.row[:0],
                key=every.key[:0],
                start=every.start[:0],
                end=every.end[:0],
            )
        row = np.searchsorted(starts, every.start, side="right") - 1
        inside = (row >= 0) & (every.end <= ends[row])
        return Grams(
            row=row[inside],
            key=every.key[inside],
            start=every.start[inside],
            end=every.end[inside],
        )

    @cached_property
    def clause_starts(self) -> list[int]:
        """Where each text's clauses begin in the rows of `clause_grams`."""
        return list(itertools.accumulate(map(len, self.clauses), initial=0))
