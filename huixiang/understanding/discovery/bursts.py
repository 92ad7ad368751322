"""Words that are suddenly said more often than their own past explains.

A word's count in the last days is compared with what its history predicts: a Poisson
rate per feedback of each source with its gamma posterior (DuMouchel 1999), widened by
how unevenly the word came week by week. Counting per feedback takes out volume, whole
weeks take out weekdays, each source with itself takes out the mix of sources. The share
of false ones among all words is held down by Benjamini and Hochberg (1995).
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

PRIOR_COUNT = 0.5
"""What a word never heard before is taken to have been said in the history."""
SOURCE_PRIOR = 200.0
"""Feedbacks' worth of the word's overall rate mixed into its rate in one source."""
DISPERSION_WEEKS = 8.0
"""Weeks' worth of the usual unevenness mixed into a word's own."""
MIN_HISTORY = 30
"""Feedbacks of history below which a source has no past to compare with."""

Vector = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Heard:
    """Which feedback says which word, and when and where it came from.

    `says` is a sparse 0/1 matrix of feedbacks × words; `age_days` counts back from the
    last day (0); `source` numbers the sources.
    """

    says: Any
    age_days: npt.NDArray[np.int64]
    source: npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class WordBurst:
    """A word said more often than its past explains; `word` is its column."""

    word: int
    n: int
    n_before: int
    expected: float
    p_value: float
    q_value: float


@dataclass(frozen=True, kw_only=True, slots=True)
class BurstRule:
    """What counts as a burst."""

    days: int = 14
    min_count: int = 6
    min_ratio: float = 2.0
    false_share: float = 0.01


def find_bursts(heard: Heard, rule: BurstRule) -> list[WordBurst]:
    """Return the words that burst in the last days, the clearest first."""
    recent = (heard.age_days < rule.days) & _known_sources(heard, rule)
    history = heard.age_days >= rule.days
    if not recent.any() or not history.any():
        return []
    n, before = _count(heard, recent), _count(heard, history)
    expected = _expected(heard, recent, history, before)
    p = _p_values(n, before, expected, _dispersion(heard, history, before))
    q = false_shares(p[n > 0])
    q_values = np.ones_like(p)
    q_values[n > 0] = q
    found = np.flatnonzero(
        (n >= rule.min_count)
        & (n >= rule.min_ratio * expected)
        & (q_values <= rule.false_share)
    )
    bursts = [
        WordBurst(
            word=int(word),
            n=int(n[word]),
            n_before=int(before[word]),
            expected=float(expected[word]),
            p_value=float(p[word]),
            q_value=float(q_values[word]),
        )
        for word in found
    ]
    return sorted(bursts, key=lambda each: (each.p_value, -each.n, each.word))


def _known_sources(heard: Heard, rule: BurstRule) -> npt.NDArray[np.bool_]:
    """Say which feedback is of a source with a past: what is new there is not news."""
    past = np.bincount(
        heard.source[heard.age_days >= rule.days], minlength=_n_sources(heard)
    )
    known: npt.NDArray[np.bool_] = (past >= MIN_HISTORY)[heard.source]
    return known


def _n_sources(heard: Heard) -> int:
    return int(heard.source.max()) + 1 if len(heard.source) else 0


def _count(heard: Heard, rows: npt.NDArray[np.bool_]) -> Vector:
    return np.asarray(heard.says[rows].sum(axis=0), dtype=np.float64).ravel()


def _expected(
    heard: Heard,
    recent: npt.NDArray[np.bool_],
    history: npt.NDArray[np.bool_],
    before: Vector,
) -> Vector:
    """Return how often the recent feedback would say each word at its past rates."""
    overall = (before + PRIOR_COUNT) / history.sum()
    expected = np.zeros_like(before)
    for source in range(_n_sources(heard)):
        mine = heard.source == source
        n_now, n_past = (recent & mine).sum(), (history & mine).sum()
        if n_now:
            said = _count(heard, history & mine)
            expected += (
                n_now * (said + SOURCE_PRIOR * overall) / (n_past + SOURCE_PRIOR)
            )
    return expected


def _dispersion(heard: Heard, history: npt.NDArray[np.bool_], before: Vector) -> Vector:
    """Return how many times the Poisson variance a word's weekly counts have."""
    weeks = heard.age_days[history] // 7
    numbers = np.unique(weeks)
    rate = before / history.sum()
    chi = np.zeros_like(before)
    says = heard.says[history]
    for week in numbers:
        mine = weeks == week
        mean = rate * mine.sum()
        seen = np.asarray(says[mine].sum(axis=0), dtype=np.float64).ravel()
        chi += np.divide(
            (seen - mean) ** 2, mean, out=np.zeros_like(mean), where=mean > 0
        )
    freedom = max(len(numbers) - 1, 1)
    common = before >= len(numbers)
    usual = float(np.mean(chi[common])) / freedom if common.any() else 1.0
    mixed = (chi + DISPERSION_WEEKS * usual) / (freedom + DISPERSION_WEEKS)
    return np.maximum(mixed, 1.0)


def _p_values(n: Vector, before: Vector, expected: Vector, uneven: Vector) -> Vector:
    """Return P(at least n): negative binomial, for the rate itself is uncertain."""
    from scipy.special import betainc

    rate_variance = expected**2 / (before + PRIOR_COUNT)
    extra = np.maximum(uneven * (expected + rate_variance) - expected, 1e-9)
    size = expected**2 / extra
    tail = betainc(np.maximum(n, 1.0), size, expected / (expected + size))
    return np.where(n > 0, tail, 1.0)


def false_shares(p_values: Vector) -> Vector:
    """Return for each p-value the share of false ones among those as small."""
    from scipy.stats import false_discovery_control  # half a second to load

    if not len(p_values):
        return p_values
    shares: Vector = false_discovery_control(p_values)
    return shares
