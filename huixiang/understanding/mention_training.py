"""Train the mention head: themes on whole texts, polarity on what their windows show."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from huixiang.domain.codeframe import Polarity
from huixiang.understanding.fitting import (
    Plan,
    Rows,
    Truth,
    calibrate,
    choose_lean,
    fit,
    folds,
    held_out_scores,
)
from huixiang.understanding.labels import Row
from huixiang.understanding.linear import (
    Floats,
    MentionHead,
    Vocabulary,
    decided,
    logistic,
    softmax,
)
from huixiang.understanding.mentions import (
    DOCUMENT_SHARE,
    OWN_SHARE,
    Views,
    dense,
    is_told,
    theme_scores,
    views,
    window,
)
from huixiang.understanding.texts import Batch
from huixiang.understanding.unseen import Unseen, Watch

_POLARITIES = tuple(Polarity)
THEME_PLAN = Plan(cost=0.5, odds_cost=0.5, odds_share=0.5)
POLARITY_PLAN = Plan(cost=0.5, odds_share=0.0)
_FIRST = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5)
_FURTHER = tuple(np.arange(0.2, 0.61, 0.025).tolist())


@dataclass(frozen=True, kw_only=True)
class _Themes:
    """The theme part: weights, calibration, and chances from models that had not seen."""

    weights: Floats
    bias: Floats
    scale: Floats
    shift: Floats
    chances: Floats
    speaks: Floats


def train_mentions(
    batch: Batch,
    vocabulary: Vocabulary,
    rows: Sequence[Row],
    watch: Watch | None = None,
) -> tuple[MentionHead, dict[str, Any]]:
    """Return the mention head, learned from the rows whose mentions are marked."""
    seen = views(batch, vocabulary)
    names = tuple(sorted({label.theme for row in rows for label in row.mentions or ()}))
    marked = np.array(
        [
            number
            for number, row in enumerate(rows)
            if row.mentions is not None
            and seen.starts[number + 1] > seen.starts[number]
        ]
    )
    told = _told(rows, marked, names)
    themes = _train_themes(seen, marked, told)
    thresholds = choose_thresholds(themes.chances, told)
    if watch:
        watch(
            Unseen(
                head="themes",
                rows=[rows[number] for number in marked.tolist()],
                classes=names,
                chances=themes.chances,
                told=told == 1,
                guessed=is_told(themes.chances, thresholds),
            )
        )
    pairs = [
        (number, names.index(label.theme), _POLARITIES.index(Polarity(label.polarity)))
        for number in marked.tolist()
        for label in rows[number].mentions or ()
    ]
    polarity, right = _train_polarity(seen, themes.speaks, pairs, len(names))
    head = MentionHead(
        themes=names,
        polarities=_POLARITIES,
        theme_weights=themes.weights,
        theme_bias=themes.bias,
        theme_scale=themes.scale,
        theme_shift=themes.shift,
        thresholds=thresholds,
        **polarity,
    )
    figures = {
        "n": len(marked),
        "themes": list(names),
        "theme_micro_f1": round(
            _micro_f1(is_told(themes.chances, thresholds), told), 4
        ),
        "polarity_accuracy": round(right, 4),
    }
    return head, figures


def _told(rows: Sequence[Row], marked: Rows, names: Sequence[str]) -> Truth:
    """Return which themes each marked row mentions."""
    told = np.zeros((len(marked), len(names)), dtype=np.int64)
    for place, number in enumerate(marked.tolist()):
        for label in rows[number].mentions or ():
            told[place, names.index(label.theme)] = 1
    return told


def _train_themes(seen: Views, marked: Rows, told: Truth) -> _Themes:
    """Fit one classifier a theme; clauses are judged by a fit that had not seen them."""
    n_themes = told.shape[1]
    documents = seen.documents[marked]
    held_out = np.zeros(told.shape, dtype=np.float32)
    speaks = np.zeros((seen.clauses.shape[0], n_themes), dtype=np.float32)
    for learn, judge in folds(np.zeros(len(marked), dtype=np.int64)):
        weights, bias = _fit_themes(documents[learn], told[learn])
        clauses = _clauses_of(seen, marked[judge])
        speaks[clauses] = np.asarray(seen.clauses[clauses] @ weights)
        part = np.asarray(documents[judge] @ weights) + bias
        held_out[judge] = theme_scores(part, speaks, seen.starts, marked[judge])
    weights, bias = _fit_themes(documents, told)
    scale, shift = np.ones(n_themes, np.float32), np.zeros(n_themes, np.float32)
    for theme in range(n_themes):
        both = np.stack([-held_out[:, theme], held_out[:, theme]], axis=1)
        slope, offsets = calibrate(both, told[:, theme])
        scale[theme], shift[theme] = 2 * slope[0], offsets[1] - offsets[0]
    chances = logistic(held_out * scale + shift)
    return _Themes(
        weights=weights,
        bias=bias,
        scale=scale,
        shift=shift,
        chances=chances,
        speaks=speaks,
    )


def _fit_themes(documents: Any, told: Truth) -> tuple[Floats, Floats]:
    fitted = [fit(documents, column, 2, THEME_PLAN) for column in told.T]
    weights = np.stack([each.weights[:, 1] for each in fitted], axis=1)
    return weights, np.array([each.bias[1] for each in fitted], dtype=np.float32)


def _clauses_of(seen: Views, documents: Rows) -> Rows:
    spans = [
        np.arange(seen.starts[each], seen.starts[each + 1])
        for each in documents.tolist()
    ]
    return np.concatenate(spans)


def choose_thresholds(chances: Floats, told: Truth) -> Floats:
    """Return the chances from which the likeliest theme and a further one count.

    The pair under which micro-F1 is best on texts that had not been seen.
    """
    pairs = [
        np.array(pair, dtype=np.float32) for pair in itertools.product(_FIRST, _FURTHER)
    ]
    return max(pairs, key=lambda pair: _micro_f1(is_told(chances, pair), told))


def _micro_f1(guessed: Any, told: Truth) -> float:
    hits = float((guessed & (told == 1)).sum())
    return 2 * hits / max(float(guessed.sum() + told.sum()), 1.0)


def _train_polarity(
    seen: Views, speaks: Floats, pairs: Sequence[tuple[int, int, int]], n_themes: int
) -> tuple[dict[str, Floats], float]:
    """Return the weights over text, window, theme and feelings, and held-out accuracy."""
    truth = np.array([polarity for _, _, polarity in pairs])
    features = _polarity_features(seen, speaks, pairs, n_themes)
    scores = held_out_scores(features, truth, len(_POLARITIES), POLARITY_PLAN)
    fitted = fit(features, truth, len(_POLARITIES), POLARITY_PLAN)
    scale, shift = calibrate(scores, truth)
    chances = softmax(scores * scale + shift)
    lean = choose_lean(chances, truth)
    guessed = decided(chances, lean)
    size = seen.documents.shape[1]
    felt = fitted.weights[2 * size + n_themes :]
    n_felt = len(felt) // (1 + n_themes)
    shared, own = felt[:n_felt], felt[n_felt:]
    parts = {
        "document_weights": fitted.weights[:size],
        "window_weights": fitted.weights[size : 2 * size],
        "theme_polarity": fitted.weights[2 * size : 2 * size + n_themes] + fitted.bias,
        "dense_weights": shared,
        "own_dense_weights": own.reshape(n_themes, -1, len(_POLARITIES)),
        "polarity_scale": scale,
        "polarity_shift": shift,
        "polarity_lean": lean,
    }
    return parts, float((guessed == truth).mean())


def _polarity_features(
    seen: Views, speaks: Floats, pairs: Sequence[tuple[int, int, int]], n_themes: int
) -> Any:
    """Return one row for each pair of a text and a theme it mentions."""
    from scipy import sparse

    where: list[int] = []
    which: list[int] = []
    share: list[float] = []
    told = []
    for number, (document, theme, _) in enumerate(pairs):
        place = slice(seen.starts[document], seen.starts[document + 1])
        shares = window(speaks[place, [theme]])
        where += [number] * len(shares)
        which += range(place.start, place.stop)
        share += shares[:, 0].tolist()
        told.append(dense(seen.feelings[place], shares)[0])
    shape = (len(pairs), seen.clauses.shape[0])
    windows = sparse.csr_matrix((share, (where, which)), shape=shape, dtype=np.float32)
    documents = np.array([document for document, _, _ in pairs])
    themes = np.array([theme for _, theme, _ in pairs])
    parts = [
        seen.documents[documents] * DOCUMENT_SHARE,
        windows @ seen.clauses,
        sparse.csr_matrix(np.eye(n_themes, dtype=np.float32)[themes]),
        sparse.csr_matrix(np.array(told)),
        _crossed(np.array(told), themes, n_themes),
    ]
    return sparse.hstack(parts, format="csr")


def _crossed(felt: Floats, themes: Rows, n_themes: int) -> Any:
    """Return the feelings of each row once more, in columns of its own theme."""
    from scipy import sparse

    n_rows, n_felt = felt.shape
    where = np.repeat(np.arange(n_rows), n_felt)
    which = (themes[:, None] * n_felt + np.arange(n_felt)).ravel()
    shape = (n_rows, n_themes * n_felt)
    return sparse.csr_matrix((OWN_SHARE * felt.ravel(), (where, which)), shape=shape)
