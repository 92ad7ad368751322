"""Train the heads from labelled rows, and say how well they answer unseen ones."""

import importlib.metadata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from huixiang.errors import ConfigurationError
from huixiang.understanding.discovery.unseen import Unseen, Watch, one_of
from huixiang.understanding.model.base import feelings
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.model.linear import (
    Floats,
    Head,
    Vocabulary,
    decided,
    matrix,
    softmax,
)
from huixiang.understanding.model.model_file import Model
from huixiang.understanding.text.batch import Batch
from huixiang.understanding.text.ngrams import Grams, Recipe
from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.fitting import (
    MIN_ROWS,
    FittingPlan,
    Truth,
    calibrate,
    choose_lean,
    fit,
    held_out_scores,
    trust,
)
from huixiang.understanding.training.mention_training import train_mentions

_LIBRARIES = ("jieba", "numpy", "scikit-learn", "scipy")
PLANS = {
    "department": FittingPlan(costs=(0.3, 1.0), odds_share=0.0, leans=True),
    "polarity": FittingPlan(),
}


@dataclass(frozen=True, kw_only=True)
class Trained:
    """A head, and the scores each row got from a model that had not seen it."""

    head: Head
    held_out: Floats
    truth: Truth


def train(
    rows: Sequence[LabelledRow],
    *,
    segmenter: Segmenter,
    words: Sequence[str] = (),
    codeframe_version: str | None = None,
    recipe: Recipe | None = None,
    plans: Mapping[str, FittingPlan] | None = None,
    transfer: bool = True,
    watch: Watch | None = None,
) -> Model:
    """Return a model with a head for each kind of label that *rows* carry.

    *transfer*: let the feelings that come with the project help to tell polarity.
    *watch* is told how each head answers the rows of its own folds.
    """
    usable = [row for row in rows if row.text.strip() or row.title]
    recipe = recipe or choose_recipe(usable)
    batch = Batch(
        texts=[row.as_text for row in usable], segmenter=segmenter, recipe=recipe
    )
    _check_labels(usable)
    vocabulary = learn_vocabulary(batch.grams, len(usable))
    heads, figures = _heads(
        batch, vocabulary, usable, plans or PLANS, transfer=transfer, watch=watch
    )
    mentions = None
    if any(row.mentions for row in usable):
        mentions, figures["mentions"] = train_mentions(batch, vocabulary, usable, watch)
    return Model(
        recipe=recipe,
        vocabulary=vocabulary,
        heads=heads,
        mentions=mentions,
        words=tuple(words),
        codeframe_version=codeframe_version,
        figures={"n_rows": len(rows), "n_ngrams": vocabulary.size, **figures},
        libraries={name: importlib.metadata.version(name) for name in _LIBRARIES},
    )


def choose_recipe(rows: Sequence[LabelledRow]) -> Recipe:
    """Return the n-grams that pay for the labels at hand.

    Polarity alone is told as well by characters, and without cutting words the answer
    comes twice as soon; whose a text is stands in its words and its opening, and where
    no feelings are asked for, in the words that are about something.
    """
    if any(row.department for row in rows):
        feels = any(row.polarity or row.mentions for row in rows)
        return Recipe() if feels else Recipe(lead=15, lead_from=40, content_only=True)
    if any(row.mentions for row in rows):
        return Recipe(lead=0)
    return Recipe(word_max=0, lead=0)


def _check_labels(rows: Sequence[LabelledRow]) -> None:
    if not rows:
        raise ConfigurationError("no row has any text; nothing can be learned")
    answers = [{getattr(row, name) for row in rows} - {None} for name in PLANS]
    has_question = any(len(each) > 1 for each in answers)
    if not has_question and not any(row.mentions for row in rows):
        raise ConfigurationError(
            "no labels to learn from; give department, polarity or mentions, "
            "with at least two different answers"
        )


def learn_vocabulary(grams: Grams, n_rows: int) -> Vocabulary:
    """Return the n-grams that at least two texts share, with their idf."""
    order = np.lexsort((grams.row, grams.key))
    row, key = grams.row[order], grams.key[order]
    new = np.ones(len(row), dtype=bool)
    new[1:] = (row[1:] != row[:-1]) | (key[1:] != key[:-1])
    keys, n_texts = np.unique(key[new], return_counts=True)
    kept = n_texts >= min(MIN_ROWS, n_rows)
    idf = np.log((1 + n_rows) / (1 + n_texts[kept])) + 1
    return Vocabulary(keys=keys[kept], idf=idf.astype(np.float32))


def _heads(
    batch: Batch,
    vocabulary: Vocabulary,
    rows: Sequence[LabelledRow],
    plans: Mapping[str, FittingPlan],
    *,
    transfer: bool,
    watch: Watch | None,
) -> tuple[dict[str, Head], dict[str, Any]]:
    """Return a head and its figures for each label that has two answers or more."""
    heads: dict[str, Head] = {}
    figures: dict[str, Any] = {}
    features = matrix(batch.grams, len(rows), vocabulary)
    for name, plan in plans.items():
        labels = [getattr(row, name) for row in rows]
        if len(set(labels) - {None}) > 1:
            felt = (
                feelings(batch.feeling_grams, len(rows))
                if transfer and name == "polarity"
                else None
            )
            trained = train_head(features, felt, labels, plan)
            heads[name], figures[name] = trained.head, held_out_figures(trained)
            if watch:
                watch(_unseen(name, rows, labels, trained))
    return heads, figures


def train_head(
    features: Any, felt: Floats | None, labels: Sequence[str | None], plan: FittingPlan
) -> Trained:
    """Return a calibrated head for the labelled rows of *features*."""
    from scipy import sparse

    told = np.array([number for number, label in enumerate(labels) if label])
    classes = tuple(sorted({label for label in labels if label}))
    truth = np.array([classes.index(labels[number] or "") for number in told])
    joined = features if felt is None else sparse.hstack([features, felt], format="csr")
    known = joined[told]
    n_ngrams = features.shape[1]
    plan, held_out = held_out_scores(known, truth, len(classes), plan, n_ngrams)
    fitted = fit(known, truth, len(classes), plan)
    scale, shift = calibrate(held_out, truth)
    chances = softmax(held_out * scale + shift)
    lean = (
        choose_lean(chances, truth)
        if plan.leans
        else np.zeros(len(classes), np.float32)
    )
    best = decided(chances, lean)
    head = Head(
        classes=classes,
        weights=fitted.weights[:n_ngrams],
        feeling_weights=fitted.weights[n_ngrams:].reshape(-1, len(classes)),
        bias=fitted.bias,
        scale=scale,
        shift=shift,
        lean=lean,
        trust=trust(chances[np.arange(len(best)), best], best == truth),
    )
    return Trained(head=head, held_out=held_out, truth=truth)


def _unseen(
    name: str,
    rows: Sequence[LabelledRow],
    labels: Sequence[str | None],
    trained: Trained,
) -> Unseen:
    head = trained.head
    chances = head.probabilities(trained.held_out)
    chosen = decided(chances, head.lean)
    top = np.arange(len(chosen)), chosen
    chances[top] = head.trusted(chances[top])
    return Unseen(
        head=name,
        rows=[row for row, label in zip(rows, labels, strict=True) if label],
        classes=head.classes,
        chances=chances,
        told=one_of(trained.truth, len(head.classes)),
        guessed=one_of(chosen, len(head.classes)),
    )


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
