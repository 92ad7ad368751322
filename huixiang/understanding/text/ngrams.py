"""Turn texts into hashed character and word n-grams, all of a batch at once.

An n-gram is a span of a batch's characters; its hash is a difference of prefix sums of
a polynomial modulo 2**64, so spans of any length cost the same and no Python object is
made for any of them (the method of Rabin and Karp).
"""

import functools
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from huixiang.understanding.text import function_words

Hashes = npt.NDArray[np.uint64]
Index = npt.NDArray[np.int64]

_BASE = np.uint64(0x9E3779B97F4A7C15)
_BASE_INVERSE = np.uint64(pow(0x9E3779B97F4A7C15, -1, 2**64))
_LETTER_EDGES = np.array(
    [0x30, 0x3A, 0x61, 0x7B, 0xC0, 0x2000, 0x3400, 0xFE00, 0x1F000, 0x110000],
    dtype=np.uint32,
)
"""Where runs of letters begin and end: digits, a-z, alphabets, ideographs, emoji."""
_PAIR = 2
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_WORD_SALT = np.uint64(0xA24BAED4963EE407)
_LEAD_SALT = np.uint64(0xD6E8FEB86659FD93)
_PAIR_SALT = np.uint64(0x9FB21C651E98DF25)


@dataclass(frozen=True, kw_only=True, slots=True)
class Grams:
    """Every n-gram of a batch: its row, its hash, and the characters it covers."""

    row: Index
    key: Hashes
    start: Index
    end: Index


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipe:
    """Which n-grams are taken; part of every model file.

    Those within the first `lead` characters of a text count once more, as opening words:
    a title, or the sentence that says what it is about. Texts shorter than `lead_from`
    are all opening. `content_only` reads past punctuation and function words.
    """

    char_max: int = 4
    word_max: int = 2
    lead: int = 25
    lead_from: int = 60
    content_only: bool = False


def grams(
    texts: Sequence[str], words: Sequence[Sequence[str]], recipe: Recipe
) -> Grams:
    """Return the n-grams of normalised *texts* cut into *words*."""
    codes, row = _characters(texts)
    prefix = _Prefix(codes)
    start, end = _spans(words) if recipe.word_max else (row[:0], row[:0])
    kept = _lettered(codes[start])
    seen = _solid(codes)
    if recipe.content_only:
        kept &= ~np.isin(prefix.hash(start, end), _function_words())
        seen &= _covered(start[kept], end[kept], len(codes))
    solid = np.flatnonzero(seen)
    parts = [
        _char_grams(codes[solid], row[solid], solid, n + 1)
        for n in range(recipe.char_max)
    ]
    if recipe.word_max:
        parts += _word_grams(row, prefix, (start[kept], end[kept]), recipe.word_max)
    every = _joined(parts)
    return (
        _joined([every, _opening(every, row, solid, recipe)]) if recipe.lead else every
    )


def _opening(every: Grams, row: Index, solid: Index, recipe: Recipe) -> Grams:
    """Return the n-grams of the opening characters again, under keys of their own."""
    n_rows = int(row[-1]) + 1 if len(row) else 0
    sizes = np.bincount(row[solid], minlength=n_rows)
    first = np.cumsum(sizes) - sizes
    nth = np.searchsorted(solid, every.start) - first[every.row]
    kept = (nth < recipe.lead) & (sizes[every.row] >= recipe.lead_from)
    return Grams(
        row=every.row[kept],
        key=mix(every.key[kept] ^ _LEAD_SALT),
        start=every.start[kept],
        end=every.end[kept],
    )


def _joined(parts: Sequence[Grams]) -> Grams:
    return Grams(
        row=np.concatenate([part.row for part in parts]),
        key=np.concatenate([part.key for part in parts]),
        start=np.concatenate([part.start for part in parts]),
        end=np.concatenate([part.end for part in parts]),
    )


def _characters(texts: Sequence[str]) -> tuple[npt.NDArray[np.uint32], Index]:
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4").astype(np.uint32)
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    return codes, np.repeat(np.arange(len(texts)), lengths)


def _solid(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """True where a character is no white space."""
    solid: npt.NDArray[np.bool_] = (codes != ord(" ")) & (codes != ord("\n"))
    return solid


def _lettered(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """True where a character is a letter, digit or ideograph, not punctuation."""
    runs = np.searchsorted(_LETTER_EDGES, codes, side="right")
    lettered: npt.NDArray[np.bool_] = runs % _PAIR == 1
    return lettered


def mix(values: Hashes) -> Hashes:
    """Spread the bits of *values* (the finaliser of splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * _MIX_1
    values = (values ^ (values >> np.uint64(27))) * _MIX_2
    return values ^ (values >> np.uint64(31))


class _Prefix:
    """Prefix sums over which the hash of any span is one subtraction."""

    def __init__(self, codes: npt.NDArray[np.uint32]) -> None:
        size = len(codes)
        power = np.full(size, _BASE, dtype=np.uint64).cumprod(dtype=np.uint64)
        terms = (codes.astype(np.uint64) + np.uint64(1)) * power
        self._sums = np.concatenate(
            [np.zeros(1, np.uint64), terms.cumsum(dtype=np.uint64)]
        )
        self._inverse = np.full(size, _BASE_INVERSE, dtype=np.uint64).cumprod(
            dtype=np.uint64
        )

    def hash(self, start: Index, end: Index) -> Hashes:
        """Return the hash of each span; equal characters give equal hashes."""
        hashes: Hashes = (self._sums[end] - self._sums[start]) * self._inverse[start]
        return hashes


def _char_grams(
    codes: npt.NDArray[np.uint32], row: Index, place: Index, size: int
) -> Grams:
    """Return the *size*-grams of the solid characters, none across two texts."""
    prefix = _Prefix(codes)
    start = np.arange(max(len(codes) - size + 1, 0))
    start = start[row[start] == row[start + size - 1]]
    key = mix(prefix.hash(start, start + size) + np.uint64(size))
    return Grams(
        row=row[start], key=key, start=place[start], end=place[start + size - 1] + 1
    )


def _spans(words: Sequence[Sequence[str]]) -> tuple[Index, Index]:
    """Return where each word of the batch begins and ends."""
    every = itertools.chain.from_iterable(words)
    end = np.fromiter(map(len, every), dtype=np.int64).cumsum()
    return np.concatenate([np.zeros(1, np.int64), end])[: len(end)], end


def _covered(start: Index, end: Index, size: int) -> npt.NDArray[np.bool_]:
    """True for each character that one of the spans covers."""
    steps = np.zeros(size + 1, dtype=np.int64)
    steps[start] += 1
    np.subtract.at(steps, end, 1)
    covered: npt.NDArray[np.bool_] = steps.cumsum()[:size] > 0
    return covered


@functools.cache
def _function_words() -> Hashes:
    """Return the hashes of the words that say nothing of what a text is about."""
    codes, _ = _characters(function_words.WORDS)
    start, end = _spans([function_words.WORDS])
    return np.sort(_Prefix(codes).hash(start, end))


def _word_grams(
    row: Index, prefix: _Prefix, spans: tuple[Index, Index], largest: int
) -> list[Grams]:
    """Return words and their neighbouring pairs."""
    start, end = spans
    key = mix(prefix.hash(start, end) ^ _WORD_SALT)
    one = Grams(row=row[start], key=key, start=start, end=end)
    if largest == 1 or len(start) < _PAIR:
        return [one]
    paired = np.flatnonzero(one.row[:-1] == one.row[1:])
    pair = mix(key[paired] * _PAIR_SALT + key[paired + 1])
    two = Grams(row=one.row[paired], key=pair, start=start[paired], end=end[paired + 1])
    return [one, two]
