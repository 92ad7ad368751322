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

from huixiang.understanding.model.base import feelings
from huixiang.understanding.model.linear import (
    Floats,
    MentionHead,
    Vocabulary,
    decided,
    logistic,
    matrix,
    softmax,
)
from huixiang.understanding.text.batch import Batch

_SHARPNESS = 4.0
_NEXT, _BEFORE = 0.6, 0.3
_EVIDENT = 0.5
_IN_VIEW = 0.15
"""A clause with a smaller share is out of a theme's view."""
OWN_SHARE = 0.5
"""How much the feelings of one theme count beside those of all."""
CLAUSE_SHARE = 0.5
"""How much the most telling clause adds to a theme's score."""
DOCUMENT_SHARE = 0.4
"""How much the whole text counts beside the window."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelMention:
    """What the model thinks of one theme; `clauses` are the first and
    last of those that weigh most.

    `is_told`: theme and polarity together are probable enough to count as mentioned,
    that is `least` or more. `balanced`: its polarity with rare ones favoured.
    """

    theme: str
    polarity: str
    balanced: str
    probability: float
    polarity_probability: float
    clauses: tuple[int, int]
    is_told: bool
    least: float


@dataclass(frozen=True, kw_only=True)
class Views:
    """A batch as the mention head reads it: whole texts, clauses, tones of clauses."""

    documents: Any
    clauses: Any
    feelings: Floats
    starts: Sequence[int]


def views(batch: Batch, vocabulary: Vocabulary) -> Views:
    """Return the matrices of *batch*."""
    n_clauses = batch.clause_starts[-1]
    clauses = batch.clause_grams
    return Views(
        documents=matrix(batch.grams, len(batch.texts), vocabulary),
        clauses=matrix(clauses, n_clauses, vocabulary),
        feelings=feelings(clauses, n_clauses),
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


def dense(felt: Floats, seen: Floats) -> Floats:
    """Return the feelings in each theme's window: mean, extremes, and the whole text's."""
    columns = []
    for column in felt.T:
        told = column[:, None] * (seen > _IN_VIEW)
        columns += [
            column @ seen,
            told.max(axis=0, initial=0),
            told.min(axis=0, initial=0),
        ]
        columns.append(np.full(seen.shape[1], column.mean()))
    result: Floats = np.stack(columns, axis=1).astype(np.float32)
    return result


def theme_scores(
    documents: Floats,
    speaks: Floats,
    starts: Sequence[int],
    numbers: npt.NDArray[np.int64],
) -> Floats:
    """Return each text's theme scores: its own, lifted by its most telling clause."""
    lifted = documents.copy()
    for place, number in enumerate(numbers.tolist()):
        own = speaks[starts[number] : starts[number + 1]]
        if len(own):
            lifted[place] += CLAUSE_SHARE * own.max(axis=0)
    return lifted


def is_told(chances: Floats, sure: Floats, thresholds: Floats) -> npt.NDArray[np.bool_]:
    """Say which themes count: the likeliest from one chance on, others from another.

    A theme whose polarity is unsure has to be likelier itself.
    """
    first, further = thresholds
    likely = chances * sure
    told: npt.NDArray[np.bool_] = likely >= further
    rows, top = np.arange(len(likely)), likely.argmax(axis=1)
    told[rows, top] = likely[rows, top] >= first
    return told


def windows(
    speaks: Floats, starts: Sequence[int], numbers: Sequence[int]
) -> list[Floats]:
    """Return each text's window: clauses by themes, no row where it has no clause."""
    spans = [(starts[number], starts[number + 1]) for number in numbers]
    return [
        window(speaks[start:end]) if end > start else speaks[:0] for start, end in spans
    ]


def polarity_scores(
    head: MentionHead, seen: Views, numbers: Sequence[int], shares: Sequence[Floats]
) -> Floats:
    """Return a score for each text, theme and polarity, by what its windows show."""
    document = DOCUMENT_SHARE * np.asarray(seen.documents @ head.document_weights)
    by_clause = np.asarray(seen.clauses @ head.window_weights)
    own_document = _by_theme(head, seen.documents, head.own_document_weights)
    own_clause = _by_theme(head, seen.clauses, head.own_window_weights)
    scores = np.zeros((len(numbers), *head.theme_polarity.shape), dtype=np.float32)
    for place, (number, share) in enumerate(zip(numbers, shares, strict=True)):
        if not len(share):
            continue
        clauses = slice(seen.starts[number], seen.starts[number + 1])
        felt = dense(seen.feelings[clauses], share)
        scores[place] = (
            document[number]
            + own_document[number]
            + share.T @ by_clause[clauses]
            + np.einsum("ct,ctp->tp", share, own_clause[clauses])
            + felt @ head.dense_weights
            + np.einsum("tf,tfp->tp", OWN_SHARE * felt, head.own_dense_weights)
            + head.theme_polarity
        )
    return scores


def _by_theme(head: MentionHead, features: Any, weights: Floats) -> Floats:
    """Return what the n-grams that each theme weighs by itself add to its polarities."""
    told = features[:, head.own_columns] @ weights
    added = np.asarray(OWN_SHARE * told, dtype=np.float32)
    return added.reshape(len(added), *head.theme_polarity.shape)


def polarity_chances(head: MentionHead, scores: Floats) -> Floats:
    """Return the probability of each polarity, for each text and theme."""
    flat = scores.reshape(-1, scores.shape[-1]) * head.polarity_scale
    chances: Floats = softmax(flat + head.polarity_shift).reshape(scores.shape)
    return chances


def chosen(chances: Floats) -> tuple[Any, Floats]:
    """Return the likeliest polarity of each text and theme, and its probability."""
    return chances.argmax(axis=-1), chances.max(axis=-1)


def balanced(head: MentionHead, chances: Floats) -> Any:
    """Return the polarity of each text and theme with rare ones favoured, for tallies."""
    flat = decided(chances.reshape(-1, chances.shape[-1]), head.polarity_lean)
    return flat.reshape(chances.shape[:-1])


def find_mentions(
    head: MentionHead, batch: Batch, vocabulary: Vocabulary
) -> list[list[ModelMention]]:
    """Return what the head thinks of every theme in each text, most probable first.

    A text without any clause gets an empty list.
    """
    seen = views(batch, vocabulary)
    numbers = np.arange(len(batch.texts))
    speaks = np.asarray(seen.clauses @ head.theme_weights)
    scores = np.asarray(seen.documents @ head.theme_weights) + head.theme_bias
    scores = theme_scores(scores, speaks, seen.starts, numbers)
    chances = logistic(scores * head.theme_scale + head.theme_shift)
    shares = windows(speaks, seen.starts, numbers.tolist())
    felt = polarity_scores(head, seen, numbers.tolist(), shares)
    likely = polarity_chances(head, felt)
    best, sure = chosen(likely)
    told = is_told(chances, sure, head.thresholds)
    return [
        _mentions(head, shares[number], chances[number], told[number], polarity)
        if len(shares[number])
        else []
        for number, polarity in enumerate(
            zip(best, sure, balanced(head, likely), strict=True)
        )
    ]


def _mentions(
    head: MentionHead,
    shares: Floats,
    chances: Floats,
    told: npt.NDArray[np.bool_],
    polarity: tuple[npt.NDArray[np.int64], Floats, npt.NDArray[np.int64]],
) -> list[ModelMention]:
    best, sure, even = polarity
    first, further = head.thresholds.tolist()
    top = int((chances * sure).argmax())
    return [
        ModelMention(
            theme=head.themes[theme],
            polarity=head.polarities[best[theme]],
            balanced=head.polarities[even[theme]],
            probability=float(chances[theme]),
            polarity_probability=float(sure[theme]),
            clauses=_shown(shares[:, theme]),
            is_told=bool(told[theme]),
            least=first if theme == top else further,
        )
        for theme in np.argsort(-chances, kind="stable").tolist()
    ]


def _shown(shares: Floats) -> tuple[int, int]:
    """Return the run of clauses around the heaviest that weigh at least half of it."""
    heavy = shares >= _EVIDENT * shares.max()
    first = last = int(shares.argmax())
    while first > 0 and heavy[first - 1]:
        first -= 1
    while last + 1 < len(shares) and heavy[last + 1]:
        last += 1
    return first, last
