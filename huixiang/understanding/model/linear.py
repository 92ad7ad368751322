"""Score texts with linear heads over hashed n-grams; needs numpy and scipy only."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.understanding.text.ngrams import Grams, Hashes

Floats = npt.NDArray[np.float32]
_COLUMN_BITS = 32
_TINY = np.float32(1e-9)
_EDGE = 1e-6


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
    def _bits(self) -> np.uint64:
        """How far to shift a hash so that buckets hold about half an n-gram."""
        return np.uint64(64 - max(8, self.size.bit_length() + 1))

    @cached_property
    def _table(self) -> npt.NDArray[np.int32]:
        """Where to start looking for a hash, by its highest bits."""
        buckets = (self.keys >> self._bits).astype(np.int64)
        edges = np.arange(2 ** (64 - int(self._bits)))
        return np.searchsorted(buckets, edges).astype(np.int32)

    def find(self, keys: Hashes) -> npt.NDArray[np.int32]:
        """Return the number of each n-gram, -1 for those never seen."""
        if not self.size:
            return np.full(len(keys), -1, dtype=np.int32)
        place = np.minimum(self._table[keys >> self._bits], self.size - 1)
        seen = self.keys[place]
        found = np.where(seen == keys, place, -1)
        todo = np.flatnonzero(seen < keys)
        while len(todo):
            todo = todo[place[todo] + 1 < self.size]
            place[todo] += 1
            seen, wanted = self.keys[place[todo]], keys[todo]
            hit = todo[seen == wanted]
            found[hit] = place[hit]
            todo = todo[seen < wanted]
        return found


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """One question the model answers: a column of weights for each class.

    `feeling_weights` belong to the columns of base.feelings, none where a head does
    without. Probabilities are the softmax of `scale` times the scores plus `shift`;
    `trust` is slope and offset of the logit of the class that is chosen in the end.
    """

    classes: tuple[str, ...]
    weights: Floats
    feeling_weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    lean: Floats
    trust: Floats = field(default_factory=lambda: np.array([1, 0], dtype=np.float32))

    @property
    def feels(self) -> bool:
        """Say whether the head reads feelings beside n-grams."""
        return len(self.feeling_weights) > 0

    def scores(self, features: Any, feelings: Floats | None) -> Floats:
        """Return one column a class for sparse *features*."""
        scores: Floats = np.asarray(features @ self.weights) + self.bias
        return (
            scores + feelings @ self.feeling_weights if feelings is not None else scores
        )

    def probabilities(self, scores: Floats) -> Floats:
        """Return calibrated probabilities, one row for each row of scores."""
        return softmax(scores * self.scale + self.shift)

    def trusted(self, sure: Floats) -> Floats:
        """Return how often a class that is chosen at these probabilities is right."""
        slope, offset = self.trust
        least = np.float32(1 / len(self.classes))
        return np.maximum(logistic(slope * logit(sure) + offset), least)


@dataclass(frozen=True, kw_only=True, slots=True)
class MentionHead:
    """Weights for themes (columns) and, over text and window, for polarities.

    `thresholds`: the chance from which the likeliest theme counts, and a further one.
    `own_dense_weights` (theme, feeling, polarity) is what a theme adds to the weights of
    feelings that all share; `own_document_weights` and `own_window_weights` (column,
    theme times polarity) are the same for the n-grams in `own_columns`. `polarity_lean`
    is what a rare polarity is given when one has to be chosen.
    """

    themes: tuple[str, ...]
    polarities: tuple[str, ...]
    theme_weights: Floats
    theme_bias: Floats
    theme_scale: Floats
    theme_shift: Floats
    thresholds: Floats
    document_weights: Floats
    window_weights: Floats
    theme_polarity: Floats
    dense_weights: Floats
    own_dense_weights: Floats
    own_columns: npt.NDArray[np.int64]
    own_document_weights: Floats
    own_window_weights: Floats
    polarity_scale: Floats
    polarity_shift: Floats
    polarity_lean: Floats


def decided(chances: Floats, lean: Floats) -> npt.NDArray[np.int64]:
    """Return the class chosen in each row; *lean* favours the rare ones."""
    chosen: npt.NDArray[np.int64] = (np.log(chances + _TINY) + lean).argmax(axis=1)
    return chosen


def logistic(logits: Floats) -> Floats:
    """Return the probability that belongs to each logit."""
    return np.asarray(1 / (1 + np.exp(-np.clip(logits, -50, 50))), dtype=np.float32)


def logit(chances: Floats) -> Floats:
    """Return the logit that belongs to each probability."""
    inside = np.clip(chances.astype(np.float64), _EDGE, 1 - _EDGE)
    return np.asarray(np.log(inside) - np.log1p(-inside), dtype=np.float32)


def softmax(values: Floats) -> Floats:
    """Return each row as shares that add up to 1."""
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    shares: Floats = (powers / powers.sum(axis=1, keepdims=True)).astype(np.float32)
    return shares


def matrix(grams: Grams, n_rows: int, vocabulary: Vocabulary) -> Any:
    """Return the sparse tf-idf matrix: sublinear counts, rows of length 1."""
    from scipy import sparse

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
