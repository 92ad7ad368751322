"""Train how themes feel: one machine over texts, windows, themes and feelings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from huixiang.domain.coding.codeframe import Polarity
from huixiang.understanding.coding.mentions import (
    DOCUMENT_SHARE,
    OWN_SHARE,
    Views,
    dense,
    polarity_scores,
)
from huixiang.understanding.model.linear import Floats, MentionHead, softmax
from huixiang.understanding.training.fitting import (
    Fitted,
    FittingPlan,
    Rows,
    calibrate,
    choose_lean,
    fit,
    folds,
)

POLARITIES = tuple(map(str, Polarity))
POLARITY_PLAN = FittingPlan(cost=0.5, odds_share=0.0)
_WORTH = 2.0
"""What macro-F1 is worth in accuracy where feelings are tallied."""
_MIN_OWN = 20
"""An n-gram in fewer marked texts has no weight of its own for each theme."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A marked text, a theme it mentions, and how it feels about it, all as numbers."""

    place: int
    theme: int
    polarity: int


def untrained(
    names: tuple[str, ...], themes: tuple[Floats, Floats, Floats, Floats], seen: Views
) -> MentionHead:
    """Return a head that knows themes (weights, bias, scale, shift) and no feelings."""
    weights, bias, scale, shift = themes
    nothing = np.zeros((0, 0), dtype=np.float32)
    n_texts = np.asarray((seen.documents > 0).sum(axis=0)).ravel()
    return MentionHead(
        themes=names,
        polarities=POLARITIES,
        theme_weights=weights,
        theme_bias=bias,
        theme_scale=scale,
        theme_shift=shift,
        thresholds=np.zeros(2, dtype=np.float32),
        document_weights=nothing,
        window_weights=nothing,
        theme_polarity=nothing,
        dense_weights=nothing,
        own_dense_weights=nothing,
        own_columns=np.flatnonzero(n_texts >= _MIN_OWN),
        own_document_weights=nothing,
        own_window_weights=nothing,
        polarity_scale=np.ones(1, dtype=np.float32),
        polarity_shift=np.zeros(len(POLARITIES), dtype=np.float32),
        polarity_lean=np.zeros(len(POLARITIES), dtype=np.float32),
    )


def train_polarity(
    head: MentionHead,
    seen: Views,
    marked: Rows,
    shares: Sequence[Floats],
    pairs: Sequence[Pair],
) -> tuple[MentionHead, Floats]:
    """Return *head* with feelings, and the scores of fits that had not seen the text.

    *shares* are the windows of the marked texts; scores are texts by themes by polarities.
    """
    truth = np.array([pair.polarity for pair in pairs])
    place = np.array([pair.place for pair in pairs])
    theme = np.array([pair.theme for pair in pairs])
    features = _features(head, seen, marked, shares, pairs)
    scores = np.zeros((len(marked), len(head.themes), len(POLARITIES)), np.float32)
    for learn, judge in folds(np.zeros(len(marked), dtype=np.int64)):
        own = np.flatnonzero(np.isin(place, learn))
        part = fit(features[own], truth[own], len(POLARITIES), POLARITY_PLAN)
        scores[judge] = polarity_scores(
            replace(head, **_parts(head, seen, part)),
            seen,
            marked[judge].tolist(),
            [shares[each] for each in judge.tolist()],
        )
    fitted = fit(features, truth, len(POLARITIES), POLARITY_PLAN)
    told = scores[place, theme]
    scale, shift = calibrate(told, truth)
    trained = replace(
        head,
        **_parts(head, seen, fitted),
        polarity_scale=scale,
        polarity_shift=shift,
        polarity_lean=choose_lean(softmax(told * scale + shift), truth, _WORTH),
    )
    return trained, scores


def _parts(head: MentionHead, seen: Views, fitted: Fitted) -> Mapping[str, Any]:
    """Cut the weights of all columns into those of a head, as `_features` joins them."""
    size, n_themes = seen.documents.shape[1], len(head.themes)
    n_own = len(head.own_columns)
    n_crossed = n_themes * n_own
    n_felt = (len(fitted.weights) - 2 * (size + n_crossed) - n_themes) // (1 + n_themes)
    sizes = [size, size, n_themes, n_felt, n_themes * n_felt, n_crossed]
    document, window, theme, felt, own_felt, own_document, own_window = np.split(
        fitted.weights, np.cumsum(sizes)
    )
    return {
        "document_weights": document,
        "window_weights": window,
        "theme_polarity": theme + fitted.bias,
        "dense_weights": felt,
        "own_dense_weights": own_felt.reshape(n_themes, n_felt, len(POLARITIES)),
        "own_document_weights": _by_column(own_document, n_themes, n_own),
        "own_window_weights": _by_column(own_window, n_themes, n_own),
    }


def _by_column(weights: Floats, n_themes: int, n_own: int) -> Floats:
    """Turn rows (theme, n-gram) by polarity into n-grams by (theme, polarity)."""
    n_polarities = weights.shape[1]
    cube = weights.reshape(n_themes, n_own, n_polarities).transpose(1, 0, 2)
    return np.ascontiguousarray(cube.reshape(n_own, n_themes * n_polarities))


def _features(
    head: MentionHead,
    seen: Views,
    marked: Rows,
    shares: Sequence[Floats],
    pairs: Sequence[Pair],
) -> Any:
    """Return one row for each pair of a text and a theme it mentions."""
    from scipy import sparse

    n_themes = len(head.themes)
    where: list[int] = []
    which: list[int] = []
    share: list[float] = []
    told = []
    for number, pair in enumerate(pairs):
        start = seen.starts[marked[pair.place]]
        own = shares[pair.place][:, [pair.theme]]
        where += [number] * len(own)
        which += range(start, start + len(own))
        share += own[:, 0].tolist()
        told.append(dense(seen.feelings[start : start + len(own)], own)[0])
    shape = (len(pairs), seen.clauses.shape[0])
    weigh = sparse.csr_matrix((share, (where, which)), shape=shape, dtype=np.float32)
    documents = seen.documents[marked[[pair.place for pair in pairs]]]
    shown = (weigh @ seen.clauses).tocsr()
    themes = np.array([pair.theme for pair in pairs])
    felt = sparse.csr_matrix(np.array(told))
    parts = [
        documents * DOCUMENT_SHARE,
        shown,
        sparse.csr_matrix(np.eye(n_themes, dtype=np.float32)[themes]),
        felt,
        _crossed(felt, themes, n_themes),
        _crossed(documents[:, head.own_columns], themes, n_themes),
        _crossed(shown[:, head.own_columns], themes, n_themes),
    ]
    return sparse.hstack(parts, format="csr")


def _crossed(features: Any, themes: Rows, n_themes: int) -> Any:
    """Return the features of each row once more, in columns of its own theme."""
    from scipy import sparse

    n_rows, n_columns = features.shape
    cells = features.tocoo()
    which = themes[cells.row].astype(np.int64) * n_columns + cells.col
    shape = (n_rows, n_themes * n_columns)
    return sparse.csr_matrix((OWN_SHARE * cells.data, (cells.row, which)), shape=shape)
