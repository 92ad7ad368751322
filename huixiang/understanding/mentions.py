"""Which themes a text mentions and how it feels about each, told by its clauses.

A theme looks at the clauses through a window: how much each clause speaks of it, with
a share for the next and the one before. Polarity is decided on what the window shows,
so the clause that weighs most is the evidence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.understanding.linear import Floats, Vocabulary, matrix, softmax
from huixiang.understanding.texts import Batch
from huixiang.understanding.tone import clause_tone

_SHARPNESS = 4.0
_NEXT, _BEFORE = 0.6, 0.3
_IN_VIEW = 0.15
"""A clause with a smaller share is out of a theme's view."""
DOCUMENT_SHARE = 0.4
"""How much the whole text counts beside the window."""


@dataclass(frozen=True, kw_only=True, slots=True)
class MentionHead:
    """Weights for themes (columns) and, over text and window, for polarities."""

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
    polarity_scale: Floats
    polarity_shift: Floats


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """What the model thinks of one theme; `clause` is the one that weighs most.

    `is_told`: it is probable enough to count as mentioned.
    """

    theme: str
    polarity: str
    probability: float
    polarity_probability: float
    clause: int
    is_told: bool


@dataclass(frozen=True, kw_only=True)
class Views:
    """A batch as the mention head reads it: whole texts, clauses, tones of clauses."""

    documents: Any
    clauses: Any
    tones: Floats
    starts: Sequence[int]


def views(batch: Batch, vocabulary: Vocabulary) -> Views:
    """Return the matrices of *batch*."""
    n_clauses = batch.clause_starts[-1]
    tones = [
        clause_tone(words, clause).value
        for words, clauses in zip(batch.words, batch.clauses, strict=True)
        for clause in clauses
    ]
    return Views(
        documents=matrix(batch.grams, len(batch.texts), vocabulary),
        clauses=matrix(batch.clause_grams, n_clauses, vocabulary),
        tones=np.array(tones, dtype=np.float32),
        starts=batch.clause_starts,
    )


def window(speaks: Floats) -> Floats:
    """Return how much each clause (row) counts for each theme (column); sums to 1."""
    share = np.exp(_SHARPNESS * (speaks - speaks.max(axis=0)))
    share /= share.sum(axis=0)
    seen = share.copy()
    seen[1:] += _NEXT * share[:-1]
    seen[:-1] += _BEFORE * share[1:]
    result: Floats = (seen / seen.sum(axis=0)).astype(np.float32)
    return result


def dense(tones: Floats, seen: Floats) -> Floats:
    """Return what the lexicon says in each theme's window: mean, extremes, whole text."""
    told = tones[:, None] * (seen > _IN_VIEW)
    whole = np.full(seen.shape[1], tones.mean())
    columns = [
        tones @ seen,
        told.max(axis=0, initial=0),
        told.min(axis=0, initial=0),
        whole,
    ]
    result: Floats = np.stack(columns, axis=1).astype(np.float32)
    return result


def find_mentions(
    head: MentionHead, batch: Batch, vocabulary: Vocabulary
) -> list[list[Mention]]:
    """Return what the head thinks of every theme in each text, most probable first.

    A text without any clause gets an empty list.
    """
    seen = views(batch, vocabulary)
    scores = np.asarray(seen.documents @ head.theme_weights) + head.theme_bias
    chances = 1 / (1 + np.exp(-(scores * head.theme_scale + head.theme_shift)))
    speaks = np.asarray(seen.clauses @ head.theme_weights)
    document = DOCUMENT_SHARE * np.asarray(seen.documents @ head.document_weights)
    by_clause = np.asarray(seen.clauses @ head.window_weights)
    found: list[list[Mention]] = []
    for number in range(len(batch.texts)):
        place = slice(seen.starts[number], seen.starts[number + 1])
        if place.start == place.stop:
            found.append([])
            continue
        shares = window(speaks[place])
        told = document[number] + shares.T @ by_clause[place] + head.theme_polarity
        told = told + dense(seen.tones[place], shares) @ head.dense_weights
        polarity = softmax(told * head.polarity_scale + head.polarity_shift)
        found.append(_mentions(head, chances[number], polarity, shares.argmax(axis=0)))
    return found


def _mentions(
    head: MentionHead, chances: Floats, polarity: Floats, clause: npt.NDArray[np.int64]
) -> list[Mention]:
    best = polarity.argmax(axis=1)
    told = chances >= head.thresholds
    return [
        Mention(
            theme=head.themes[theme],
            polarity=head.polarities[best[theme]],
            probability=float(chances[theme]),
            polarity_probability=float(polarity[theme, best[theme]]),
            clause=int(clause[theme]),
            is_told=bool(told[theme]),
        )
        for theme in np.argsort(-chances, kind="stable").tolist()
    ]
