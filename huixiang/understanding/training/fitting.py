"""Fit and calibrate linear classifiers (only importer of scikit-learn)."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.understanding.model.linear import Floats, decided, logit
from huixiang.understanding.training.evaluation import ClassTally

Truth = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]

_SEED = 20261121
_FOLDS, _FOLDS_OF_MANY, _MANY = 5, 3, 6000
_TWO = 2
MIN_ROWS = 2
"""An n-gram seen in fewer texts says nothing about the next one."""
_TINY = 1e-9
_WEAK = 1e3
"""So much data outweighs the wish for small numbers."""
_PRICE = 0.003
_LEANS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6)
_SCALES, _SHIFTS = (0.05, 12.0), (-12.0, 12.0)
"""Bounds of calibration: data told apart without error would ask for more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FittingPlan:
    """How a classifier is fitted: costs of errors, and the share of the second machine.

    The second machine sees each n-gram times its log odds (NBSVM: Wang and Manning,
    2012). Both are linear in the same n-grams, so they are stored as one. `leans`: rare
    classes are favoured where a class has to be chosen. `costs`: the one that is right
    most often on unseen rows takes the place of `cost`.
    """

    cost: float = 0.5
    costs: tuple[float, ...] = ()
    odds_cost: float = 1.0
    odds_share: float = 0.5
    leans: bool = False


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """Weights (columns by classes) and biases."""

    weights: Floats
    bias: Floats

    def scores(self, features: Any) -> Floats:
        """Return one column a class."""
        return np.asarray(features @ self.weights + self.bias, dtype=np.float32)


def fit(features: Any, truth: Truth, n_classes: int, plan: FittingPlan) -> Fitted:
    """Return the mean of a support vector machine and one on log odds."""
    plain = _machines(features, truth, n_classes, plan.cost, odds=False)
    if not plan.odds_share:
        return plain
    odd = _machines(features, truth, n_classes, plan.odds_cost, odds=True)
    share = plan.odds_share
    return Fitted(
        weights=(1 - share) * plain.weights + share * odd.weights,
        bias=(1 - share) * plain.bias + share * odd.bias,
    )


def _machines(
    features: Any, truth: Truth, n_classes: int, cost: float, *, odds: bool
) -> Fitted:
    """Fit one machine a class against all others; two classes share one, mirrored."""
    weights = np.zeros((features.shape[1], n_classes), dtype=np.float32)
    bias = np.full(n_classes, -1.0, dtype=np.float32)
    present = np.unique(truth)
    if len(present) < _TWO:
        bias[present] = 1.0
        return Fitted(weights=weights, bias=bias)
    for each in present[-1:] if len(present) == _TWO else present:
        weights[:, each], bias[each] = _machine(
            features, truth == each, cost, odds=odds
        )
    if len(present) == _TWO:
        other, each = present
        weights[:, other], bias[other] = -weights[:, each], -bias[each]
    return Fitted(weights=weights, bias=bias)


def _machine(
    features: Any, truth: npt.NDArray[np.bool_], cost: float, *, odds: bool
) -> tuple[Floats, float]:
    from scipy import sparse
    from sklearn.svm import LinearSVC

    factor = (
        _log_odds(features, truth) if odds else np.ones(features.shape[1], np.float32)
    )
    seen = features @ sparse.diags(factor) if odds else features
    machine = LinearSVC(C=cost, random_state=_SEED).fit(seen, truth)
    return (machine.coef_[0] * factor).astype(np.float32), float(machine.intercept_[0])


def _log_odds(features: Any, truth: npt.NDArray[np.bool_]) -> Floats:
    """Return how much likelier each column is where *truth* holds.

    Columns that go below 0 are no counts of anything; they stay as they are.
    """
    total = np.asarray(features.sum(axis=0)).ravel()
    inside = np.asarray(features[np.flatnonzero(truth)].sum(axis=0)).ravel()
    counts = features.min(axis=0).toarray().ravel() >= 0
    inside, outside = (
        np.where(counts, each, 0) + 1 for each in (inside, total - inside)
    )
    odds = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return np.where(counts, odds, 1).astype(np.float32)


def folds(truth: Truth) -> list[tuple[Rows, Rows]]:
    """Return (learn, judge) row numbers; each class is dealt out evenly."""
    n_folds = min(_FOLDS_OF_MANY if len(truth) > _MANY else _FOLDS, len(truth))
    order = np.random.default_rng(_SEED).permutation(len(truth))
    order = order[np.argsort(truth[order], kind="stable")]
    fold = np.empty(len(truth), dtype=np.int64)
    fold[order] = np.arange(len(truth)) % n_folds
    return [
        (np.flatnonzero(fold != each), np.flatnonzero(fold == each))
        for each in range(n_folds)
    ]


def held_out_scores(
    features: Any, truth: Truth, n_classes: int, plan: FittingPlan, n_ngrams: int
) -> tuple[FittingPlan, Floats]:
    """Return the best of the plan's costs, and each row's scores from a fit that had not seen it."""
    plans = [replace(plan, cost=cost) for cost in plan.costs or (plan.cost,)]
    scores = [
        np.zeros((len(truth), n_classes), dtype=np.float32) for _ in range(len(plans))
    ]
    for learn, judge in folds(truth):
        known = as_seen_by(features, learn, n_ngrams)
        for place, each in enumerate(plans):
            fitted = fit(known[learn], truth[learn], n_classes, each)
            scores[place][judge] = fitted.scores(known[judge])
    right = [(each.argmax(axis=1) == truth).mean() for each in scores]
    best = int(np.argmax(right))
    return plans[best], scores[best]


def as_seen_by(features: Any, learn: Rows, n_ngrams: int) -> Any:
    """Return *features* as a model of the rows *learn* alone would see them.

    N-grams it would not know are gone and rows are of length 1 again; otherwise unseen
    texts would look less telling than they will, and probabilities would come too high.
    """
    from scipy import sparse

    n_rows, n_columns = features.shape
    counts = np.bincount(features[learn].indices, minlength=n_columns)
    known = counts >= MIN_ROWS
    known[n_ngrams:] = True
    row = np.repeat(np.arange(n_rows), np.diff(features.indptr))
    value = np.where(known[features.indices], features.data, 0)
    ours = features.indices < n_ngrams
    length = np.sqrt(np.bincount(row[ours], weights=value[ours] ** 2, minlength=n_rows))
    value[ours] /= np.maximum(length, _TINY)[row[ours]]
    seen = sparse.csr_matrix(
        (value, features.indices.copy(), features.indptr.copy()), shape=features.shape
    )
    seen.eliminate_zeros()
    return seen


def trust(sure: Floats, right: npt.NDArray[np.bool_]) -> Floats:
    """Return slope and offset that make the logit of a chosen class come true."""
    from sklearn.linear_model import LogisticRegression

    if right.all() or not right.any():
        return np.array([1, 0], dtype=np.float32)
    found = LogisticRegression(C=_WEAK).fit(logit(sure)[:, None], right)
    return np.array([found.coef_[0, 0], found.intercept_[0]], dtype=np.float32)


def calibrate(scores: Floats, truth: Truth) -> tuple[Floats, Floats]:
    """Return the scale and shifts under which the softmax is likeliest (Platt, 1999)."""
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
        slope = [[(wrong * scores).sum()], wrong.sum(axis=0) + 2e-4 * parameters[1:]]
        return float(value), np.concatenate(slope)

    start = np.concatenate([[2.0], np.zeros(n_classes)])
    bounds = [_SCALES, *[_SHIFTS] * n_classes]
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    best = found.x.astype(np.float32)
    return best[:1], best[1:]


def choose_lean(chances: Floats, truth: Truth, worth: float | None = None) -> Floats:
    """Return what to add for rare classes: the best macro-F1 at hardly any cost.

    Accuracy may fall by no more than _PRICE below its best; with *worth*, a point of
    macro-F1 is worth that many points of accuracy instead.
    """
    shares = np.bincount(truth, minlength=chances.shape[1]) / len(truth)
    rarity = -np.log(np.maximum(shares, 1 / len(truth)))
    leans = [np.asarray(each * rarity, dtype=np.float32) for each in _LEANS]
    answers = [decided(chances, lean) for lean in leans]
    right = np.array([(each == truth).mean() for each in answers])
    macro = np.array([_macro_f1(each, truth) for each in answers])
    if worth is not None:
        return leans[int(np.argmax(right + worth * macro))]
    allowed = right >= right.max() - _PRICE
    return leans[int(np.argmax(np.where(allowed, macro, -1)))]


def _macro_f1(guessed: Truth, truth: Truth) -> float:
    tally = ClassTally()
    for right, given in zip(truth.tolist(), guessed.tolist(), strict=True):
        tally.add([str(right)], [str(given)])
    return tally.macro_f1(tally.told)
