"""Bring words to one form without moving a character, so that spans stay true."""

import functools
import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import opencc_pyo3

_BMP = 0x10000
_KEPT_CONTROL = "\n"


def normalise(texts: Sequence[str]) -> list[str]:
    """Return *texts* half-width, lower-case, simplified, each as long as before.

    Because no length changes, a span of the result is the same span of the original.
    """
    folded = _fold(texts)
    traditional = _traditional_characters()
    return [
        _simplify(text) if not traditional.isdisjoint(text) else text for text in folded
    ]


def _fold(texts: Sequence[str]) -> list[str]:
    """Map every character through the table, all texts in one pass."""
    joined = "".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    table = _table()
    inside = codes < _BMP
    mapped = np.where(inside, table[np.where(inside, codes, 0)], codes)
    folded = mapped.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    edges = itertools.accumulate(map(len, texts), initial=0)
    return [folded[start:end] for start, end in itertools.pairwise(edges)]


@functools.cache
def _table() -> npt.NDArray[np.uint32]:
    """Where each character of the basic plane goes."""
    return np.array([ord(_form(chr(code))) for code in range(_BMP)], dtype=np.uint32)


def _form(character: str) -> str:
    """Return the half-width, lower-case form of one character."""
    if "\uff01" <= character <= "\uff5e":
        character = chr(ord(character) - 0xFEE0)
    if character in _KEPT_CONTROL:
        return character
    if character.isspace() or character < " ":
        return " "
    lower = character.lower()
    return lower if len(lower) == 1 else character


def _simplify(text: str) -> str:
    """Return the simplified form; character by character where a phrase would grow."""
    simple = str(_converter().convert(text))
    if len(simple) == len(text):
        return simple
    single = _single_characters()
    return "".join(single.get(character, character) for character in text)


@functools.cache
def _converter() -> opencc_pyo3.OpenCC:
    return opencc_pyo3.OpenCC("t2s")


@functools.cache
def _single_characters() -> dict[str, str]:
    """The traditional characters whose simplified form is one other character."""
    ideographs = [chr(code) for code in range(0x3400, 0xA000)]
    simple = str(_converter().convert("\n".join(ideographs))).split("\n")
    pairs = zip(ideographs, simple, strict=True)
    return {old: new for old, new in pairs if old != new and len(new) == 1}


@functools.cache
def _traditional_characters() -> frozenset[str]:
    return frozenset(_single_characters())
