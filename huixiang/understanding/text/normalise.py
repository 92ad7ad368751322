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
    joined = "".join(texts).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, dtype="<u4")
    inside = np.where(codes < _BMP, codes, 0)
    folded = np.where(codes < _BMP, _table()[inside], codes).astype("<u4")
    whole = folded.tobytes().decode("utf-32-le", "surrogatepass")
    edges = list(itertools.accumulate(map(len, texts), initial=0))
    forms = [whole[start:end] for start, end in itertools.pairwise(edges)]
    places = np.flatnonzero(_is_traditional()[inside])
    for row in np.unique(np.searchsorted(edges, places, side="right") - 1).tolist():
        forms[row] = _simplify(forms[row])
    return forms


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
def _is_traditional() -> npt.NDArray[np.bool_]:
    """Say for each character whether the simplified script writes another."""
    known = np.zeros(_BMP, dtype=np.bool_)
    known[[ord(character) for character in _single_characters()]] = True
    return known
