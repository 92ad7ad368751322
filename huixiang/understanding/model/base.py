"""Feelings of texts nobody has labelled: the shipped model, and the lexicon's words.

Both are sums over n-grams, so a batch costs the same few array operations.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from huixiang.understanding.model.linear import Floats, Vocabulary
from huixiang.understanding.model.model_file import Model, load
from huixiang.understanding.text import lexicon
from huixiang.understanding.text.ngrams import Grams, Index, Recipe, grams

FOLDER = Path(__file__).parent / "data" / "base_polarity"
LONGEST = 4
"""Lexicon words up to this length are character n-grams of every recipe."""
_SHARES = np.array([0.5, 0.3], dtype=np.float32)
"""What margin and tone weigh beside n-grams whose rows have length 1."""
_NOTHING = 1e-9


@functools.cache
def base_model() -> Model:
    """Return the shipped model; bench/quality/base_polarity.py says how it was made."""
    return load(FOLDER)


@dataclass(frozen=True, kw_only=True)
class _Feelings:
    """The shipped model and the lexicon over one vocabulary, found in one pass."""

    vocabulary: Vocabulary
    idf: Floats
    margins: Floats
    tones: Floats


def feelings(grams: Grams, n_rows: int) -> Floats:
    """Return two columns, above 0 for good and below for bad: margin and tone."""
    known = _feelings()
    number = known.vocabulary.find(grams.key)
    found = np.flatnonzero(number >= 0)
    row, number = grams.row[found], number[found]
    tones = np.bincount(row, weights=known.tones[number], minlength=n_rows)
    columns = [_margins(row, number, n_rows), np.tanh(tones / 2)]
    return np.stack(columns, axis=1).astype(np.float32) * _SHARES


def _margins(row: Index, number: npt.NDArray[np.int32], n_rows: int) -> Floats:
    """Return what the shipped model says, 0 where it knows no n-gram.

    An n-gram told twice counts twice, which saves the sorting and changes little.
    """
    known = _feelings()
    idf = known.idf[number]
    length = np.sqrt(np.bincount(row, weights=idf * idf, minlength=n_rows))
    sums = np.bincount(row, weights=known.margins[number], minlength=n_rows)
    bias = base_model().heads["polarity"].bias[1]
    margins = sums / np.maximum(length, 1) + bias
    return np.where(length > 0, margins, 0).astype(np.float32)


@functools.cache
def _feelings() -> _Feelings:
    """Return the union of what the model and the lexicon know."""
    model = base_model()
    words, weights = _lexicon()
    keys = np.union1d(model.vocabulary.keys, words.keys)
    idf, margins, tones = (np.zeros(len(keys), np.float32) for _ in range(3))
    place = np.searchsorted(keys, model.vocabulary.keys)
    idf[place] = model.vocabulary.idf
    margins[place] = model.heads["polarity"].weights[:, 1] * model.vocabulary.idf
    tones[np.searchsorted(keys, words.keys)] = weights
    vocabulary = Vocabulary(keys=keys, idf=np.ones(len(keys), np.float32))
    return _Feelings(vocabulary=vocabulary, idf=idf, margins=margins, tones=tones)


@functools.cache
def _lexicon() -> tuple[Vocabulary, Floats]:
    """Return the lexicon as n-grams, each with what it adds to its own parts.

    下次还来 holds 还来; only the difference is kept, so that the sum over all n-grams of
    a text is the sum over its longest words.
    """
    told = _targets()
    weights: dict[str, float] = {}
    for word in sorted(told, key=len):
        parts = (
            word[a:b] for a in range(len(word)) for b in range(a + 1, len(word) + 1)
        )
        weights[word] = told[word] - sum(
            weights.get(part, 0.0) for part in parts if part != word
        )
    words = [word for word, weight in weights.items() if abs(weight) > _NOTHING]
    every = grams(words, [], Recipe(char_max=LONGEST, word_max=0, lead=0))
    lengths = np.array([len(word) for word in words])
    whole = np.flatnonzero(every.end - every.start == lengths[every.row])
    whole = whole[np.argsort(every.key[whole])]
    values = np.array(
        [weights[words[row]] for row in every.row[whole]], dtype=np.float32
    )
    keys = every.key[whole]
    return Vocabulary(keys=keys, idf=np.ones(len(keys), np.float32)), values


def _targets() -> dict[str, float]:
    """Return what each short word amounts to, alone, negated and strengthened."""
    table = lexicon.table()
    short = {
        word: entry
        for word, entry in table.items()
        if len(word) <= LONGEST and not word.isascii()
    }
    felt = {word: weight for word, (kind, weight) in short.items() if kind == "feel"}
    told = {
        prefix + word: factor * weight
        for prefix, factor in lexicon.PREFIXES.items()
        for word, weight in felt.items()
        if len(prefix + word) <= LONGEST
    }
    fixed = {
        word: weight
        for word, (kind, weight) in short.items()
        if kind in {"feel", "set"}
    }
    silent = {
        word: 0.0 for word, (kind, _) in short.items() if kind in {"none", "flat"}
    }
    return {**told, **silent, **fixed, **lexicon.ALONE}
