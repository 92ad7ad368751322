"""Train the heads from labelled rows (only importer of scikit-learn)."""

import importlib.metadata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.domain.codeframe import Polarity
from huixiang.errors import ConfigurationError
from huixiang.understanding.labels import Row
from huixiang.understanding.linear import Floats, Head, Vocabulary, matrix
from huixiang.understanding.mentions import (
    DOCUMENT_SHARE,
    MentionHead,
    Views,
    dense,
    views,
    window,
)
from huixiang.understanding.model_file import Model
from huixiang.understanding.ngrams import Grams, Recipe
from huixiang.understanding.segment import Segmenter
from huixiang.understanding.texts import Batch

_FOLDS = 5
_SEED = 20261121
_COST = 0.25
_TWO = 2
_MIN_ROWS = 2
"""An n-gram seen in fewer texts says nothing about the next one."""
_SCALES, _SHIFTS = (0.05, 12.0), (-12.0, 12.0)
"""Bounds of calibration: data told apart without error would ask for more."""
_POLARITIES = tuple(Polarity)
_LIBRARIES = ("jieba", "numpy", "scikit-learn", "scipy")


@dataclass(frozen=True, kw_only=True)
class Trained:
    """A head, and the scores each row got from a model that had not seen it."""

    head: Head
    held_out: Floats
    truth: npt.NDArray[np.int64]


def train(
    rows: Sequence[Row],
    *,
    segmenter: Segmenter,
    words: Sequence[str] = (),
    codeframe_version: str | None = None,
) -> Model:
    """Return a model with a head for each kind of label that *rows* carry."""
    usable = [row for row in rows if row.text.strip() or row.title]
    if not usable:
        raise ConfigurationError("no row has any text; nothing can be learned")
    recipe = Recipe()
    batch = Batch(
        texts=[row.as_text for row in usable], segmenter=segmenter, recipe=recipe
    )
    vocabulary = learn_vocabulary(batch.grams, len(usable))
    features = matrix(batch.grams, len(usable), vocabulary)
    heads: dict[str, Head] = {}
    figures: dict[str, Any] = {"n_rows": len(rows), "n_ngrams": vocabulary.size}
    for name in ("department", "polarity"):
        labels = [getattr(row, name) for row in usable]
        if len({label for label in labels if label}) > 1:
            trained = train_head(features, labels)
            heads[name] = trained.head
            figures[name] = held_out_figures(trained)
    marked = [number for number, row in enumerate(usable) if row.mentions is not None]
    mentions = None
    if any(usable[number].mentions for number in marked):
        mentions, figures["mentions"] = train_mentions(batch, vocabulary, usable)
    if not heads and mentions is None:
        raise ConfigurationError(
            "no labels to learn from; give department, polarity or mentions, at least two kinds of answer"
        )
    return Model(
        recipe=recipe,
        vocabulary=vocabulary,
        heads=heads,
        mentions=mentions,
        words=tuple(words),
        codeframe_version=codeframe_version,
        figures=figures,
        libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
    )


def learn_vocabulary(grams: Grams, n_rows: int) -> Vocabulary:
    """Return the n-grams that at least two texts share, with their idf."""
    order = np.lexsort((grams.row, grams.key))
    row, key = grams.row[order], grams.key[order]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (row[1:] != row[:-1]) | (key[1:] != key[:-1])
    keys, n_texts = np.unique(key[new], return_counts=True)
    kept = n_texts >= min(_MIN_ROWS, n_rows)
    idf = np.log((1 + n_rows) / (1 + n_texts[kept])) + 1
    return Vocabulary(keys=keys[kept], idf=idf.astype(np.float32))


def train_head(features: Any, labels: Sequence[str | None]) -> Trained:
    """Return a calibrated head for the labelled rows of *features*."""
    told = np.array([number for number, label in enumerate(labels) if label])
    classes = tuple(sorted({label for label in labels if label}))
    truth = np.array([classes.index(labels[number] or "") for number in told])
    known = features[told]
    held_out = _held_out_scores(known, truth, len(classes))
    weights, bias = _fit(known, truth, len(classes))
    scale, shift = _calibrate(held_out, truth)
    head = Head(classes=classes, weights=weights, bias=bias, scale=scale, shift=shift)
    return Trained(head=head, held_out=held_out, truth=truth)


def _fit(
    features: Any, truth: npt.NDArray[np.int64], n_classes: int
) -> tuple[Floats, Floats]:
    """Return weights (n-grams by classes) and biases of a linear support vector machine."""
    from sklearn.svm import LinearSVC

    weights = np.zeros((features.shape[1], n_classes), dtype=np.float32)
    bias = np.full(n_classes, -1.0, dtype=np.float32)
    present = np.unique(truth)
    if len(present) < _TWO:
        bias[present] = 1.0
        return weights, bias
    machine = LinearSVC(C=_COST, random_state=_SEED).fit(features, truth)
    if len(present) == _TWO:
        weights[:, present] = np.stack([-machine.coef_[0], machine.coef_[0]], axis=1)
        bias[present] = [-machine.intercept_[0], machine.intercept_[0]]
    else:
        weights[:, present], bias[present] = machine.coef_.T, machine.intercept_
    return weights, bias


def folds(
    truth: npt.NDArray[np.int64],
) -> list[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Return (learn, judge) row numbers; each class is dealt out evenly."""
    order = np.random.default_rng(_SEED).permutation(len(truth))
    order = order[np.argsort(truth[order], kind="stable")]
    fold = np.empty(len(truth), dtype=np.int64)
    fold[order] = np.arange(len(truth)) % min(_FOLDS, len(truth))
    return [
        (np.flatnonzero(fold != each), np.flatnonzero(fold == each))
        for each in np.unique(fold)
    ]


def _held_out_scores(
    features: Any, truth: npt.NDArray[np.int64], n_classes: int
) -> Floats:
    scores = np.zeros((len(truth), n_classes), dtype=np.float32)
    for learn, judge in folds(truth):
        weights, bias = _fit(features[learn], truth[learn], n_classes)
        scores[judge] = features[judge] @ weights + bias
    return scores


def _calibrate(scores: Floats, truth: npt.NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Return the scale and shifts under which the softmax is most likely (Platt, 1999)."""
    from scipy.optimize import minimize

    n_classes = scores.shape[1]
    hits = np.eye(n_classes)[truth]

    def loss(
        parameters: npt.NDArray[np.float64],
    ) -> tuple[float, npt.NDArray[np.float64]]:
        logits = scores * parameters[0] + parameters[1:]
        logits = logits - logits.max(axis=1, keepdims=True)
        chances = np.exp(logits)
        chances /= chances.sum(axis=1, keepdims=True)
        wrong = (chances - hits) / len(truth)
        value = -np.log(np.maximum((chances * hits).sum(axis=1), 1e-12)).mean()
        value += 1e-4 * float(parameters[1:] @ parameters[1:])
        slope = np.concatenate(
            [[(wrong * scores).sum()], wrong.sum(axis=0) + 2e-4 * parameters[1:]]
        )
        return float(value), slope

    start = np.concatenate([[2.0], np.zeros(n_classes)])
    bounds = [_SCALES, *[_SHIFTS] * n_classes]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    best = found.x.astype(np.float32)
    return best[:1], best[1:]


def held_out_figures(trained: Trained) -> dict[str, Any]:
    """Return how the rows were answered by models that had not seen them."""
    guessed = trained.held_out.argmax(axis=1)
    right = float((guessed == trained.truth).mean())
    counts = Counter(trained.head.classes[number] for number in trained.truth)
    return {
        "n": len(trained.truth),
        "accuracy": round(right, 4),
        "classes": dict(sorted(counts.items())),
    }


def train_mentions(
    batch: Batch, vocabulary: Vocabulary, rows: Sequence[Row]
) -> tuple[MentionHead, dict[str, Any]]:
    """Return the mention head, learned from the rows whose mentions are marked."""
    marked = np.array(
        [number for number, row in enumerate(rows) if row.mentions is not None]
    )
    seen = views(batch, vocabulary)
    themes = tuple(
        sorted({label.theme for row in rows for label in row.mentions or ()})
    )
    told = np.zeros((len(rows), len(themes)), dtype=np.int64)
    for number in marked:
        for label in rows[number].mentions or ():
            told[number, themes.index(label.theme)] = 1
    held_out = np.zeros((len(rows), len(themes)), dtype=np.float32)
    weights = np.zeros((vocabulary.size, len(themes)), dtype=np.float32)
    bias = np.zeros(len(themes), dtype=np.float32)
    scale, shift = np.ones(len(themes), np.float32), np.zeros(len(themes), np.float32)
    for theme in range(len(themes)):
        truth = told[marked, theme]
        scores = _held_out_scores(seen.documents[marked], truth, 2)
        fitted, offset = _fit(seen.documents[marked], truth, 2)
        weights[:, theme], bias[theme] = fitted[:, 1], offset[1]
        held_out[marked, theme] = scores[:, 1]
        slope, offsets = _calibrate(scores, truth)
        scale[theme], shift[theme] = 2 * slope[0], offsets[1] - offsets[0]
    chances = 1 / (1 + np.exp(-(held_out * scale + shift)))
    thresholds = choose_thresholds(chances[marked], told[marked])
    pairs = [
        (number, themes.index(label.theme), _POLARITIES.index(Polarity(label.polarity)))
        for number in marked
        for label in rows[number].mentions or ()
        if seen.starts[number + 1] > seen.starts[number]
    ]
    polarity = _train_polarity(seen, weights, pairs, len(themes))
    head = MentionHead(
        themes=themes,
        polarities=_POLARITIES,
        theme_weights=weights,
        theme_bias=bias,
        theme_scale=scale,
        theme_shift=shift,
        thresholds=thresholds,
        **polarity,
    )
    guessed = chances[marked] >= thresholds
    hits = float((guessed & (told[marked] == 1)).sum())
    f1 = 2 * hits / max(float(guessed.sum() + told[marked].sum()), 1.0)
    return head, {
        "n": len(marked),
        "themes": list(themes),
        "theme_micro_f1": round(f1, 4),
    }


def choose_thresholds(chances: Floats, told: npt.NDArray[np.int64]) -> Floats:
    """Return one threshold a theme: where a further mention no longer lifts micro-F1.

    The best set of answers under F1 takes everything above half of the best F1.
    """
    level = 0.5
    for _ in range(20):
        guessed = chances >= level / 2 if level else chances > 0
        f1 = 2 * (guessed & (told == 1)).sum() / max(guessed.sum() + told.sum(), 1)
        level = float(f1)
    return np.full(chances.shape[1], max(level / 2, 0.05), dtype=np.float32)


def _train_polarity(
    seen: Views,
    theme_weights: Floats,
    pairs: Sequence[tuple[int, int, int]],
    n_themes: int,
) -> dict[str, Floats]:
    """Return the weights over text, window, theme and lexicon that tell the polarity."""
    from scipy import sparse

    speaks = np.asarray(seen.clauses @ theme_weights)
    where: list[int] = []
    which: list[int] = []
    share: list[float] = []
    told = []
    for number, (document, theme, _) in enumerate(pairs):
        place = slice(seen.starts[document], seen.starts[document + 1])
        shares = window(speaks[place])[:, [theme]]
        where += [number] * len(shares)
        which += range(place.start, place.stop)
        share += shares[:, 0].tolist()
        told.append(dense(seen.tones[place], shares)[0])
    windows = sparse.csr_matrix(
        (share, (where, which)),
        shape=(len(pairs), seen.clauses.shape[0]),
        dtype=np.float32,
    )
    documents = np.array([document for document, _, _ in pairs])
    themes = np.array([each for _, each, _ in pairs])
    truth = np.array([polarity for _, _, polarity in pairs])
    features = sparse.hstack(
        [
            seen.documents[documents] * DOCUMENT_SHARE,
            windows @ seen.clauses,
            sparse.csr_matrix(np.eye(n_themes, dtype=np.float32)[themes]),
            sparse.csr_matrix(np.array(told)),
        ],
        format="csr",
    )
    scores = _held_out_scores(features, truth, len(_POLARITIES))
    weights, bias = _fit(features, truth, len(_POLARITIES))
    scale, shift = _calibrate(scores, truth)
    size = seen.documents.shape[1]
    return {
        "document_weights": weights[:size],
        "window_weights": weights[size : 2 * size],
        "theme_polarity": weights[2 * size : 2 * size + n_themes] + bias,
        "dense_weights": weights[2 * size + n_themes :],
        "polarity_scale": scale,
        "polarity_shift": shift,
    }
