"""The plain before/after comparison that a spreadsheet would show."""

import enum
import math

from huixiang.domain.proof.verdict import Effect, PlainComparison, Verdict, VerdictKind
from huixiang.verification.engine.design import METRICS
from huixiang.verification.engine.panel import FloatArray, Panel

WINDOW_DAYS = 28
Z = 1.96


class ComparisonGap(enum.StrEnum):
    """Why a plain comparison shows what it shows beside the verdict."""

    ABSENT = "absent"  # it cannot be made
    UNJUDGED = "unjudged"  # there is nothing to hold it against, or too little apart
    AGREE = "agree"
    FLATTERING = "flattering"  # the item opened at a low point
    HARSH = "harsh"  # without the fix the score would have fallen


def compare(
    panel: Panel,
    *,
    unit: int,
    opened: int,
    fixed: int,
    last: int,
    direction: int,
    one: float = 1.0,
) -> PlainComparison | None:
    """Compare the 28 days before opening with up to 28 days after the fix (Welch).

    The panel's scores are turned so that up is better; the answer is turned back,
    and told in multiples of *one*.
    """
    before = _window(panel, unit, opened - WINDOW_DAYS, opened)
    after = _window(panel, unit, fixed, min(fixed + WINDOW_DAYS, last + 1))
    if min(before[0], after[0]) < 2:  # noqa: PLR2004  # a variance needs two
        return None
    change = (after[1] - before[1]) / one
    half = Z * math.sqrt(before[2] / before[0] + after[2] / after[0]) / one
    return PlainComparison(
        effect=_turned(change, half, direction),
        verdict=_verdict(change, half),
        n_before=int(before[0]),
        n_after=int(after[0]),
    )


def _window(
    panel: Panel, unit: int, start: int, stop: int
) -> tuple[float, float, float]:
    """Return count, mean and variance of the days from *start* to before *stop*."""
    days = slice(max(start, 0), max(stop, 0))
    parts: tuple[FloatArray, ...] = (panel.n, panel.total, panel.squares)
    n, total, squares = (float(part[unit, days].sum()) for part in parts)
    if n < 2:  # noqa: PLR2004
        return n, 0.0, 0.0
    mean = total / n
    return n, mean, max(squares - n * mean**2, 0.0) / (n - 1)


def _verdict(change: float, half: float) -> VerdictKind:
    """Return what a reader of the plain comparison would conclude."""
    if change > half:
        return VerdictKind.IMPROVED
    return VerdictKind.WORSE if change < -half else VerdictKind.NOT_IMPROVED


def _turned(change: float, half: float, direction: int) -> Effect:
    """Return the change in the metric's own sign."""
    change *= direction
    return Effect(value=change, low=change - half, high=change + half)


def gap_of(verdict: Verdict) -> ComparisonGap:
    """Return why the plain comparison shows something else, or that it agrees."""
    plain, effect = verdict.plain_comparison, verdict.effect
    if plain is None:
        return ComparisonGap.ABSENT
    if effect is None:
        return ComparisonGap.UNJUDGED
    better = METRICS[verdict.criterion.metric].direction
    gap = better * (plain.effect.value - effect.value)
    same = plain.verdict is verdict.kind
    if abs(gap) < verdict.criterion.minimum_effect / (1 if same else 4):
        return ComparisonGap.AGREE if same else ComparisonGap.UNJUDGED
    return ComparisonGap.FLATTERING if gap > 0 else ComparisonGap.HARSH
