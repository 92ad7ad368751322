"""What a unit's score would do without the fix: channel mix, noise, common trend.

Channel offsets and unit levels rest on days before *cut* (the opening) only; the
trend of a day rests on that day. So nothing here knows a day's future.
"""

from dataclasses import dataclass

import numpy as np

from huixiang.domain.proof.verdict import NoteCode
from huixiang.verification.engine.design import Design
from huixiang.verification.engine.history import History, row_sums
from huixiang.verification.engine.panel import BoolArray, FloatArray
from huixiang.verification.engine.rates import dispersion, relative, usual_rates

TYPICAL_VARIANCE = 1.5  # of one rating on a 1-5 scale; sets the scale of the priors
WANDER = 0.03  # variance of a unit's own wander, in typical units
SHRINK_DF = 20.0
LEAST_UNITS_VARIANCE = 10  # with a variance of their own, to read others off them
MOST_DF = 1000.0  # one large unit must not decide alone
N_PASSES = 12
SMOOTH_DAYS = 14
FEWEST_CONTROLS = 3


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Baseline:
    """Everything known at *cut*, with the trend continued day by day."""

    cut: int
    scale: float  # typical SD of one rating, relative to a 1-5 scale
    offsets: FloatArray  # per channel
    noise: FloatArray  # per unit: variance of one rating
    adjusted: FloatArray  # units x days: daily mean at the reference mix
    n: FloatArray  # units x days; of a count over exposure: counts usual for it
    usual: FloatArray  # per unit: what 1 stands for; 1 but for counts over exposure
    trend: FloatArray  # days
    trend_variance: FloatArray  # days
    levels: FloatArray  # rows; NaN where unknown
    level_centre: float
    level_variance: float
    residual: FloatArray  # rows x days, 0 where weight is 0
    weight: FloatArray  # rows x days
    n_controls: int
    notes: tuple[NoteCode, ...]


def baseline(
    past: History, *, unit: int, cut: int, until: int, design: Design
) -> Baseline:
    """Fit the baseline of *unit* as of *cut*, for the days before *until*."""
    rows_unit = past.unit_of_row
    past, usual, noise = _in_its_unit(past, cut, design)
    typical = 1.0 if design.spec.over_exposure else float(np.median(noise))
    scale = float(np.sqrt(typical / TYPICAL_VARIANCE))
    offsets = _channel_offsets(past, cut)
    n = past.n[:, :until]
    moved = past.total[:, :until] - past.panel.n[:, :until] @ offsets
    adjusted = np.where(n > 0, moved / np.maximum(n, 1e-9), 0.0)
    precision = n / (WANDER * scale**2 * n + noise[:, None])
    weight = np.where(past.mask[:, :until], precision[rows_unit], 0.0)
    score = adjusted[rows_unit]
    controls = np.where((rows_unit == unit)[:, None], 0.0, weight)
    n_controls = _count_controls(past, rows_unit != unit, cut, design)
    trend, variance = _trend(score, controls, cut, n_controls, design)
    levels = _levels(score - trend, weight, cut)
    known = np.isfinite(levels)
    weight = np.where(known[:, None], weight, 0.0)
    residual = np.where(weight > 0, score - trend - np.nan_to_num(levels)[:, None], 0.0)
    centre, spread = _spread(levels[known], weight[known, :cut].sum(1), scale)
    return Baseline(
        cut=cut, scale=scale, offsets=offsets, noise=noise, adjusted=adjusted, n=n, usual=usual,
        trend=trend, trend_variance=variance, levels=levels, level_centre=centre,
        level_variance=spread, residual=residual, weight=weight,
        n_controls=n_controls, notes=_notes(n_controls, design),
    )  # fmt: skip


def _in_its_unit(
    past: History, cut: int, design: Design
) -> tuple[History, FloatArray, FloatArray]:
    """Return the history, what 1 stands for and the variance of one, per unit."""
    if not design.spec.over_exposure:
        ones = np.ones(len(past.panel.units))
        return past, ones, _response_variance(past, cut)
    usual = usual_rates(past, cut)
    past = relative(past, usual)
    return past, usual, np.full(len(usual), dispersion(past, cut))


def _channel_offsets(past: History, cut: int) -> FloatArray:
    """Fit score = row + channel with counts as weights (additive case mix)."""
    n = row_sums(past, past.cum_n, cut)
    total = row_sums(past, past.cum_total, cut)
    offsets = np.zeros(n.shape[1])
    for _ in range(N_PASSES * 2):
        level = (total.sum(1) - n @ offsets) / np.maximum(n.sum(1), 1e-9)
        offsets = (total - n * level[:, None]).sum(0) / np.maximum(n.sum(0), 1e-9)
        offsets -= offsets @ n.sum(0) / max(n.sum(), 1e-9)
    return np.asarray(offsets, float)


def _response_variance(past: History, cut: int) -> FloatArray:
    """Return each unit's variance of one rating, shrunk to that of its level."""
    squares, df = past.cum_within[:, cut], past.cum_df[:, cut]
    pooled = squares.sum() / df.sum() if df.sum() >= SHRINK_DF else TYPICAL_VARIANCE
    pooled = max(float(pooled), 1e-6)
    usual = _variance_at_level(past, cut, pooled)
    return np.asarray((squares + SHRINK_DF * usual) / (df + SHRINK_DF), float)


def _variance_at_level(past: History, cut: int, pooled: float) -> FloatArray:
    """Return the variance of one rating that a unit's level makes likely.

    Scales end: a low unit scatters more than a high one, a share as p(1 - p). Few
    feedbacks a day hold no variance of their own, so it is read off the other units.
    """
    squares, df = past.cum_within[:, cut], past.cum_df[:, cut]
    n, total = past.cum_n[:, cut].sum(-1), past.cum_total[:, cut].sum(-1)
    usual = np.full(len(df), pooled)
    told = df >= SHRINK_DF
    if told.sum() < LEAST_UNITS_VARIANCE:
        return usual
    centre = total.sum() / n.sum()
    level = (total + SHRINK_DF * centre) / (n + SHRINK_DF) - centre
    powers = np.column_stack([np.ones_like(level), level, level**2])
    root = np.sqrt(np.minimum(df, MOST_DF))[told]
    found, *_ = np.linalg.lstsq(
        powers[told] * root[:, None], squares[told] / df[told] * root, rcond=1e-6
    )
    return np.asarray(np.clip(powers @ found, pooled / 3, pooled * 3), float)


def _count_controls(past: History, other: BoolArray, cut: int, design: Design) -> int:
    """Count untreated rows with enough volume over the 90 days before *cut*."""
    since = max(0, cut - 90)
    days = np.maximum(past.mask[:, since:cut].sum(1), 1)
    n = row_sums(past, past.cum_n, cut).sum(-1) - row_sums(past, past.cum_n, since).sum(
        -1
    )
    alive = past.mask[:, max(cut - 1, 0)]
    return int((other & alive & (n / days >= design.min_control_volume)).sum())


def _trend(
    score: FloatArray, weight: FloatArray, cut: int, n_controls: int, design: Design
) -> tuple[FloatArray, FloatArray]:
    """Fit score = level + day over the controls; smooth or drop it when they are few."""
    n_days = score.shape[1]
    if n_controls < FEWEST_CONTROLS:
        return np.zeros(n_days), np.zeros(n_days)
    trend = np.zeros(n_days)
    for _ in range(N_PASSES):
        level = _levels(score - trend, weight, cut)
        known = np.where(np.isfinite(level)[:, None], weight, 0.0)
        day_weight = known.sum(0)
        gap = (known * (score - np.nan_to_num(level)[:, None])).sum(0)
        trend = np.where(day_weight > 0, gap / np.maximum(day_weight, 1e-12), 0.0)
    if n_controls < design.min_control_units:
        trend, day_weight = _smooth(trend, day_weight)
    return trend, 1.0 / np.maximum(day_weight, 1.0)


def _smooth(trend: FloatArray, weight: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the trailing mean of the days' trend, and its weight per day."""
    kernel = np.ones(SMOOTH_DAYS)
    n_days = len(trend)
    sums = np.convolve(trend * weight, kernel)[:n_days]
    weights = np.convolve(weight, kernel)[:n_days]
    # neighbouring smoothed days share their data: count each day's own part only
    return sums / np.maximum(weights, 1e-12), weights / SMOOTH_DAYS


def _levels(score: FloatArray, weight: FloatArray, cut: int) -> FloatArray:
    """Return each row's weighted mean before *cut*; NaN where it has no data."""
    w = weight[:, :cut]
    total = w.sum(1)
    level = (w * score[:, :cut]).sum(1) / np.maximum(total, 1e-12)
    return np.where(total > 0, level, np.nan)


def _spread(
    levels: FloatArray, weight: FloatArray, scale: float
) -> tuple[float, float]:
    """Return the middle of the units' levels and the variance of the true ones."""
    if len(levels) < FEWEST_CONTROLS:
        return float(np.median(levels)) if len(levels) else 0.0, (1.0 * scale) ** 2
    seen = max(float(levels.var()), 1e-12)
    trust = weight * seen / (1 + weight * seen)
    apart = float(np.average((levels - levels.mean()) ** 2 - 1 / weight, weights=trust))
    return float(np.median(levels)), max(apart, (0.1 * scale) ** 2)


def _notes(n_controls: int, design: Design) -> tuple[NoteCode, ...]:
    """Say how far the common trend can be trusted."""
    if n_controls < FEWEST_CONTROLS:
        return (NoteCode.WEAK_NO_CONTROLS,)
    if n_controls < design.min_control_units:
        return (NoteCode.WEAK_FEW_CONTROLS,)
    return ()
