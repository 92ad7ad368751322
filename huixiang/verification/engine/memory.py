"""How scores wander on their own: one covariance in time, pooled over all units."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from huixiang.verification.engine.baseline import WANDER, Baseline
from huixiang.verification.engine.panel import FloatArray, IntArray

TAUS = np.array([1.5, 3, 6, 12, 24, 48, 96, 200, 400])  # days
N_LAGS = 150
SLOW_TAU = 200.0  # from here on a component is slow drift
LEAST_SLOW = 0.015  # short panels cannot show it, but every unit drifts
COLD_TAUS = np.array([6.0, 24.0, 96.0, 400.0])
COLD_VARIANCES = np.array([0.01, 0.02, 0.01, LEAST_SLOW])
COLD_NUGGET = 0.008
LEAST_DAYS, LEAST_ROWS = 90, 20


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Memory:
    """Variances of exponential components and of independent days."""

    taus: FloatArray
    variances: FloatArray
    nugget: float
    measured: bool

    def covariance(self, days: FloatArray) -> FloatArray:
        """Return the covariance of the wander between *days*, without the nugget."""
        lag = np.abs(days[:, None] - days[None, :]).astype(np.intp)
        lags = np.arange(lag.max(initial=0) + 1)
        by_lag = self.variances @ np.exp(-lags / self.taus[:, None])
        return np.asarray(by_lag[lag], float)


def cold_memory(scale: float) -> Memory:
    """Return typical values, for panels too small to measure their own."""
    return Memory(
        taus=COLD_TAUS,
        variances=COLD_VARIANCES * scale**2,
        nugget=COLD_NUGGET * scale**2,
        measured=False,
    )


def fit_memory(base: Baseline, unit_of_row: IntArray) -> Memory:
    """Fit the variogram of the residuals before the cut by non-negative least squares."""
    weight = base.weight[:, : base.cut] > 0
    if base.cut < LEAST_DAYS or (weight.sum(1) >= LEAST_DAYS // 3).sum() < LEAST_ROWS:
        return cold_memory(base.scale)
    gamma, precision = _variogram(base, unit_of_row)
    lags = np.arange(1, len(gamma) + 1)
    used = TAUS[np.newaxis, :]
    design = np.hstack([1 - np.exp(-lags[:, None] / used), np.ones((len(lags), 1))])
    root = np.sqrt(precision)
    solution, _ = nnls(design * root[:, None], gamma * root)
    variances = solution[:-1]
    missing = LEAST_SLOW * base.scale**2 - variances[TAUS >= SLOW_TAU].sum()
    variances[-1] += max(missing, 0.0)
    return Memory(
        taus=TAUS, variances=variances, nugget=float(solution[-1]), measured=True
    )


def _variogram(base: Baseline, unit: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return half the mean squared change per lag, noise removed, and its weight.

    V(h) = mean[(r_t - r_{t+h})^2 - s2/N_t - s2/N_{t+h}] / 2, each pair weighted by
    w_t w_{t+h} with w = 1 / (1 + s2 / (0.03 N)); the sums are correlations, so FFT.
    """
    cut = base.cut
    n = base.n[unit][:, :cut]
    noise = base.noise[unit][:, None] / np.maximum(n, 1e-9)
    live = base.weight[:, :cut] > 0
    w = np.where(live, 1 / (1 + noise / (WANDER * base.scale**2)), 0.0)
    r = base.residual[:, :cut]
    size = 2 ** int(np.ceil(np.log2(2 * cut)))
    fw, fwr, fwq = (
        np.fft.rfft(part, size, axis=1)
        for part in (w, w * r, w * (r**2 - np.where(live, noise, 0.0)))
    )
    spectrum = (fw.conj() * fwq + fwq.conj() * fw - 2 * fwr.conj() * fwr).sum(0)
    n_lags = min(N_LAGS, cut - 1)
    top = np.fft.irfft(spectrum, size)[1 : n_lags + 1]
    pairs = np.fft.irfft((fw.conj() * fw).sum(0), size)[1 : n_lags + 1]
    pairs = np.maximum(pairs, 1e-9)
    return np.asarray(top / pairs / 2, float), np.asarray(pairs, float)
