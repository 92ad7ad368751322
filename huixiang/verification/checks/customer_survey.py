"""Are customers who were answered happier than such customers become anyway?

They are asked because they complained, so their next rating rises by itself
(regression to the mean; Bland & Altman, BMJ 1994, 309:780). That part is learnt from
customers who complained alike and got no answer: with first rating x and next rating y,
E[y | x] = a + b x, where b is the reliability of repeated ratings. The corrected change
is the mean of y - a - b x over those answered (analysis of covariance; Linden, BMC Med
Res Methodol 2013, 13:119).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, stdtrit

from huixiang.domain.proof.verdict import Effect, InconclusiveReason, VerdictKind
from huixiang.verification.engine.boundary import critical_constant
from huixiang.verification.engine.panel import FloatArray

LEAST_ANSWERED = 12
LEAST_COMPARED = 30
MINIMUM_EFFECT = 0.2  # stars
ALPHA = 0.025  # one-sided, over all looks
POCOCK = 0.5
USUAL_RELIABILITY = 0.3  # what b is pulled to where first ratings hardly differ
RELIABILITY_SD = 0.3
LEAST_VARIANCE = 0.25  # of one rating about its expectation: whole stars are coarse


@dataclass(frozen=True, kw_only=True, slots=True)
class Repeat:
    """One customer's rating when complaining, and the next one, in stars."""

    before: float
    after: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CustomerSurvey:
    """What the customers of one department and period said afterwards.

    `raw` is the plain change; `corrected` what is left of it beyond what customers who
    got no answer changed by. `by_reliability`: too few of those complained, so the
    expectation was drawn from everybody who rated twice.
    """

    n_asked: int
    n_answered: int
    n_compared: int
    raw: float | None
    corrected: Effect | None
    by_reliability: bool
    kind: VerdictKind
    reason: InconclusiveReason | None


def customer_survey(
    answered: Sequence[Repeat],
    alike: Sequence[Repeat],
    everybody: Sequence[Repeat],
    *,
    n_asked: int,
) -> CustomerSurvey:
    """Judge the customers who *answered* again, of *n_asked* who were helped.

    *alike* complained too and got no help; *everybody* rated twice, whatever was said
    first, without help. The interval allows a look after every answer, up to *n_asked*.
    """
    by_reliability = len(alike) < LEAST_COMPARED
    compared = everybody if by_reliability else alike
    before, after = _columns(answered)
    raw = float((after - before).mean()) if len(answered) else None
    corrected = None
    if len(answered) >= LEAST_ANSWERED and len(compared) >= LEAST_COMPARED:
        corrected = _corrected(before, after, *_columns(compared), n_asked)
    kind, reason = _said(corrected, len(answered))
    return CustomerSurvey(
        n_asked=n_asked,
        n_answered=len(answered),
        n_compared=len(compared),
        raw=raw,
        corrected=corrected,
        by_reliability=by_reliability,
        kind=kind,
        reason=reason,
    )


def _columns(pairs: Sequence[Repeat]) -> tuple[FloatArray, FloatArray]:
    """Return the first and the next ratings."""
    both = np.array([(pair.before, pair.after) for pair in pairs], float).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def _corrected(
    before: FloatArray,
    after: FloatArray,
    first: FloatArray,
    following: FloatArray,
    n_asked: int,
) -> Effect:
    """Return the change beyond the expected one, with its interval."""
    slope, variance_of_slope = _reliability(first, following)
    gap = float(before.mean() - first.mean())
    value = float(after.mean() - following.mean()) - slope * gap
    variance = (
        _variance(after - slope * before) / len(before)
        + _variance(following - slope * first) / len(first)
        + gap**2 * variance_of_slope
    )
    half = _critical(len(before), n_asked) * math.sqrt(variance)
    return Effect(value=value, low=value - half, high=value + half)


def _reliability(first: FloatArray, following: FloatArray) -> tuple[float, float]:
    """Return b with its variance, pulled to the usual value (normal prior)."""
    centred = first - first.mean()
    squares = float(centred @ centred)
    own = float(centred @ following) / squares if squares > 0 else 0.0
    residual = _variance(following - own * first)
    known, usual = squares / residual, RELIABILITY_SD**-2
    slope = (known * own + usual * USUAL_RELIABILITY) / (known + usual)
    return slope, 1 / (known + usual)


def _variance(values: FloatArray) -> float:
    return max(float(values.var(ddof=1)), LEAST_VARIANCE)


def _critical(n: int, n_asked: int) -> float:
    """Return the half-width in standard errors: Pocock's line, then Student's t."""
    ratio = max(n_asked, n) / LEAST_ANSWERED
    constant = critical_constant(ratio=ratio, alpha=ALPHA, shape=POCOCK)
    return float(stdtrit(n - 1, ndtr(constant)))


def _said(
    corrected: Effect | None, n_answered: int
) -> tuple[VerdictKind, InconclusiveReason | None]:
    """Return the verdict, with the reason where there is none."""
    if n_answered < LEAST_ANSWERED:
        return VerdictKind.INCONCLUSIVE, InconclusiveReason.TOO_FEW_FEEDBACKS
    if corrected is None:
        return VerdictKind.INCONCLUSIVE, InconclusiveReason.NO_BASELINE
    if corrected.low > 0:
        return VerdictKind.IMPROVED, None
    if corrected.high < 0:
        return VerdictKind.WORSE, None
    if corrected.high < MINIMUM_EFFECT:
        return VerdictKind.NOT_IMPROVED, None
    return VerdictKind.INCONCLUSIVE, InconclusiveReason.NOT_SEPARABLE
