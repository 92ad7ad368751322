"""Train the mention head: themes on whole texts, polarity on what their windows show."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.understanding.coding.mentions import (
    Views,
    chosen,
    is_told,
    polarity_chances,
    theme_scores,
    views,
    windows,
)
from huixiang.understanding.discovery.unseen import Unseen, Watch
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.model.linear import (
    Floats,
    MentionHead,
    Vocabulary,
    logistic,
)
from huixiang.understanding.text.batch import Batch
from huixiang.understanding.training.fitting import (
    FittingPlan,
    Rows,
    Truth,
    calibrate,
    fit,
    folds,
)
from huixiang.understanding.training.polarity_training import (
    POLARITIES,
    Pair,
    train_polarity,
    untrained,
)

THEME_PLAN = FittingPlan(cost=0.5, odds_cost=0.5, odds_share=0.5)
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
    rows: Sequence[LabelledRow],
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
    head = untrained(
        names, (themes.weights, themes.bias, themes.scale, themes.shift), seen
    )
    shares = windows(themes.speaks, seen.starts, marked.tolist())
    pairs = _pairs(rows, marked, names)
    head, scores = train_polarity(head, seen, marked, shares, pairs)
    best, sure = chosen(polarity_chances(head, scores))
    right = np.zeros(told.shape, dtype=np.bool_)
    for pair in pairs:
        right[pair.place, pair.theme] |= best[pair.place, pair.theme] == pair.polarity
    head = replace(
        head, thresholds=choose_thresholds(themes.chances, sure, told, right)
    )
    guessed = is_told(themes.chances, sure, head.thresholds)
    if watch:
        watch(
            Unseen(
                head="themes",
                rows=[rows[number] for number in marked.tolist()],
                classes=names,
                chances=themes.chances,
                told=told == 1,
                guessed=guessed,
            )
        )
    figures = {
        "n": len(marked),
        "themes": list(names),
        "theme_micro_f1": round(_micro_f1(guessed, told), 4),
        "polarity_accuracy": round(float(right.sum() / told.sum()), 4),
    }
    return head, figures


def _pairs(
    rows: Sequence[LabelledRow], marked: Rows, names: Sequence[str]
) -> list[Pair]:
    """Return every theme that a marked row mentions, with its polarity."""
    return [
        Pair(
            place=place,
            theme=names.index(label.theme),
            polarity=POLARITIES.index(label.polarity),
        )
        for place, number in enumerate(marked.tolist())
        for label in rows[number].mentions or ()
    ]


def _told(rows: Sequence[LabelledRow], marked: Rows, names: Sequence[str]) -> Truth:
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


def choose_thresholds(
    chances: Floats, sure: Floats, told: Truth, right: npt.NDArray[np.bool_]
) -> Floats:
    """Return the chances from which the likeliest theme and a further one count.

    The two under which themes, and themes with the *right* polarity, have the best
    micro-F1 on texts that had not been seen.
    """

    def worth(pair: Floats) -> float:
        guessed = is_told(chances, sure, pair)
        pairs = 2 * float((guessed & right).sum()) / float(guessed.sum() + told.sum())
        return _micro_f1(guessed, told) + pairs

    pairs = itertools.product(_FIRST, _FURTHER)
    return max((np.array(pair, dtype=np.float32) for pair in pairs), key=worth)


def _micro_f1(guessed: Any, told: Truth) -> float:
    hits = float((guessed & (told == 1)).sum())
    return 2 * hits / max(float(guessed.sum() + told.sum()), 1.0)
