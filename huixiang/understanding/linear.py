"""Score texts with linear heads over hashed n-grams; needs numpy and scipy only."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.understanding.ngrams import Grams, Hashes

Floats = npt.NDArray[np.float32]
_TABLE_BITS = 22
_COLUMN_BITS = 32


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """The n-grams a model knows: sorted hashes, and how telling each one is."""

    keys: Hashes
    idf: Floats

    @property
    def size(self) -> int:
        """How many n-grams there are."""
        return len(self.keys)

    @cached_property
    def _table(self) -> npt.NDArray[np.int32]:
        """Where to start looking for a hash, by its highest bits."""
        buckets = (self.keys >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)
        return np.searchsorted(buckets, np.arange(2**_TABLE_BITS)).astype(np.int32)

    def find(self, keys: Hashes) -> npt.NDArray[np.int64]:
        """Return the number of each n-gram, -1 for those never seen."""
        if not self.size:
            return np.full(len(keys), -1, dtype=np.int64)
        place = self._table[
            (keys >> np.uint64(64 - _TABLE_BITS)).astype(np.int64)
        ].astype(np.int64)
        found = np.full(len(keys), -1, dtype=np.int64)
        todo = np.arange(len(keys))
        for _ in range(16):
            inside = place < self.size
            todo, place = todo[inside], place[inside]
            seen = self.keys[place]
            hit = seen == keys[todo]
            found[todo[hit]] = place[hit]
            more = seen < keys[todo]
            todo, place = todo[more], place[more] + 1
            if not len(todo):
                break
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """One question the model answers: a column of weights for each class.

    Probabilities are the softmax of `scale` times the scores plus `shift`.
    """

    classes: tuple[str, ...]
    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats

    def probabilities(self, scores: Floats) -> Floats:
        """Return calibrated probabilities, one row for each row of scores."""
        return softmax(scores * self.scale + self.shift)


def softmax(values: Floats) -> Floats:
    """Return each row as shares that add up to 1."""
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def matrix(grams: Grams, n_rows: int, vocabulary: Vocabulary) -> Any:
    """Return the sparse tf-idf matrix: sublinear counts, rows of length 1."""
    from scipy import sparse  # noqa: PLC0415 - heavy, and rules alone need none of it

    number = vocabulary.find(grams.key)
    known = np.flatnonzero(number >= 0)
    # Sorting one integer per n-gram is several times faster than sorting by two keys.
    cells = np.sort((grams.row[known] << _COLUMN_BITS) | number[known])
    place = np.flatnonzero(np.diff(cells, prepend=-1))
    count = np.diff(np.append(place, len(cells))).astype(np.float32)
    cells = cells[place]
    row, number = cells >> _COLUMN_BITS, cells & (2**_COLUMN_BITS - 1)
    value = (1 + np.log(count)) * vocabulary.idf[number]
    length = np.sqrt(np.bincount(row, weights=value * value, minlength=n_rows))
    value = (value / length[row]).astype(np.float32)
    starts = np.searchsorted(row, np.arange(n_rows + 1))
    return sparse.csr_matrix((value, number, starts), shape=(n_rows, vocabulary.size))
