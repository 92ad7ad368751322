"""Critical values that allow a look every day of a follow-up of known length.

Wang-Tsiatis family: reject when Z >= C (I / I_max)^(shape - 1/2). shape 1/2 is
Pocock's constant line, 0 is O'Brien-Fleming's. C is found by the recursive
integration of Armitage, McPherson & Rowe (1969) over looks evenly spaced in log I.
"""

import functools
import math

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from huixiang.verification.engine.panel import FloatArray

N_LOOKS = 48
GRID = 48
REACH = 6.0
RATIO_STEP = 1.2
LAST_STEP = 32
LOWEST, HIGHEST = 0.5, 8.0  # of the constant


def critical_constant(*, ratio: float, alpha: float, shape: float) -> float:
    """Return C for I_max / I_min = *ratio*; ratios are rounded up to a 20 % grid."""
    return _constant(_step(ratio), alpha, shape)


def crossing_probability(*, ratio: float, constant: float, shape: float) -> float:
    """Return the chance that the line of *constant* is ever crossed; 1 if it is low."""
    if constant <= LOWEST:
        return 1.0
    times = _times(_step(ratio))
    return min(1.0, crossing(times, constant * times ** (shape - 0.5)))


def _step(ratio: float) -> int:
    """Round a ratio up to the grid."""
    step = math.ceil(math.log(max(ratio, RATIO_STEP)) / math.log(RATIO_STEP) - 1e-9)
    return min(step, LAST_STEP)


def _times(step: int) -> FloatArray:
    """Return looks evenly spaced in the log of their share of information."""
    return np.asarray(RATIO_STEP ** (step * np.linspace(-1, 0, N_LOOKS)), float)


@functools.cache
def _constant(step: int, alpha: float, shape: float) -> float:
    """Return the constant whose crossing probability is *alpha*."""
    times = _times(step)
    shape_of = times ** (shape - 0.5)

    def excess(constant: float) -> float:
        return crossing(times, constant * shape_of) - alpha

    return float(brentq(excess, LOWEST, HIGHEST, xtol=1e-3))


def crossing(times: FloatArray, bounds: FloatArray) -> float:
    """Return P(W(t) / sqrt(t) >= bound at any time) for a Brownian motion W."""
    crossed, mass, at = 0.0, np.ones(1), np.zeros(1)
    before = 0.0
    for time, bound in zip(times, bounds, strict=True):
        sd, edge = math.sqrt(time - before), bound * math.sqrt(time)
        crossed += float(mass @ ndtr((at - edge) / sd))
        cells = np.linspace(-REACH * math.sqrt(time), edge, GRID + 1)
        kept = ndtr((cells[None, :] - at[:, None]) / sd)
        mass = mass @ np.diff(kept, axis=1)
        at, before = (cells[1:] + cells[:-1]) / 2, time
    return crossed
