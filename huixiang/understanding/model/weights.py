"""Name the words that weigh most in an answer: linear heads add up word by word."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from huixiang.understanding.model.linear import Floats, Vocabulary
from huixiang.understanding.text.ngrams import Grams

_SHOWN = 3
_LOOKED_AT = 15
_LEAST = 0.005
"""What adds less would be shown as nothing."""
_SHORTEST = 2
"""A lone Chinese character says little to a reader; it is shown where nothing longer is."""


@dataclass(frozen=True, kw_only=True)
class Weigher:
    """The n-grams of a batch's rows (texts or clauses), ready to be weighed."""

    words: str
    grams: Grams
    vocabulary: Vocabulary

    @cached_property
    def _number(self) -> npt.NDArray[np.int32]:
        return self.vocabulary.find(self.grams.key)

    @cached_property
    def _order(self) -> npt.NDArray[np.int64]:
        known = np.flatnonzero(self._number >= 0)
        return known[np.argsort(self.grams.row[known], kind="stable")]

    @cached_property
    def _rows(self) -> npt.NDArray[np.int64]:
        return self.grams.row[self._order]

    def heaviest(self, first: int, last: int, weights: Floats) -> str:
        """Return the words in rows *first* to *last* that speak most for a class.

        Each stands with what it adds to the score, as in "油耗 +0.41, 太高 +0.20".
        """
        start, end = np.searchsorted(self._rows, (first, last + 1))
        chosen = self._order[start:end]
        number = self._number[chosen]
        idf = self.vocabulary.idf[number]
        length = max(float(np.sqrt((idf * idf).sum())), 1.0)
        added = weights[number] * idf / length
        sums: dict[str, float] = {}
        for place in np.argsort(-added)[:_LOOKED_AT].tolist():
            if added[place] >= _LEAST:
                gram = chosen[place]
                words = self.words[self.grams.start[gram] : self.grams.end[gram]]
                word = " ".join(words.split())
                sums[word] = sums.get(word, 0.0) + float(added[place])
        return ", ".join(f"{word} {sums[word]:+.2f}" for word in _distinct(sums))


def _distinct(sums: Mapping[str, float]) -> list[str]:
    """Return the heaviest words, none of them part of another."""
    kept: list[str] = []
    for word in sorted(sums, key=lambda each: (len(each) < _SHORTEST, -sums[each])):
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept[:_SHOWN]
