"""Feelings of texts nobody has labelled: the shipped model, and the lexicon's words.

Both are sums over n-grams, so a batch costs the same few array operations.
"""

import functools
from pathlib import Path

import numpy as np

from huixiang.understanding import lexicon
from huixiang.understanding.linear import Floats, Vocabulary, matrix
from huixiang.understanding.model_file import Model, load
from huixiang.understanding.ngrams import Grams, Recipe, grams

FOLDER = Path(__file__).parent / "data" / "base_polarity"
LONGEST = 4
"""Lexicon words up to this length are character n-grams of every recipe."""
SHARES = (0.5, 0.3)
"""What margin and tone weigh beside n-grams whose rows have length 1."""
_NOTHING = 1e-9
N_FEELINGS = len(SHARES)


@functools.cache
def base_model() -> Model:
    """Return the shipped model; bench/quality/base_polarity.py says how it was made."""
    return load(FOLDER)


def feelings(grams: Grams, n_rows: int) -> Floats:
    """Return two columns, above 0 for good and below for bad: margin and tone."""
    tone = np.tanh(_tones(grams, n_rows) / 2)
    return np.stack([_margins(grams, n_rows), tone], axis=1).astype(np.float32) * SHARES


def _margins(grams: Grams, n_rows: int) -> Floats:
    """Return what the shipped model says, 0 where it knows no n-gram."""
    model = base_model()
    head = model.heads["polarity"]
    features = matrix(grams, n_rows, model.vocabulary)
    margins = np.asarray(features @ head.weights[:, 1]) + head.bias[1]
    return np.where(np.diff(features.indptr) > 0, margins, 0).astype(np.float32)


def _tones(grams: Grams, n_rows: int) -> Floats:
    """Return the sum of the lexicon's weights in each row."""
    vocabulary, weights = _lexicon()
    number = vocabulary.find(grams.key)
    known = number >= 0
    sums = np.bincount(
        grams.row[known], weights=weights[number[known]], minlength=n_rows
    )
    return sums.astype(np.float32)


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
    every = grams(words, [], Recipe(char_max=LONGEST, word_max=0))
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
