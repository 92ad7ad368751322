"""Which need a theme is, by evidence: what praise and complaints do to the rating.

Penalty-reward contrast analysis (Brandt 1987; asymmetry as in Mikulić and Prebežac
2008), on feedback that mentions a theme one way only, each source compared with itself.
It is an association within ratings, no proof of a cause.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import NeedTier, Polarity
from huixiang.domain.coding.insight import Estimate, NeedEvidence, Undecided
from huixiang.understanding.voices.estimates import Sums, add_up, around

MIN_MENTIONS = 30
"""Rated feedbacks of each side that a tier needs."""
MIN_SHOWN = 10
"""Rated feedbacks of a side that its penalty or reward needs."""
CLEAR_ASYMMETRY = 0.2
SAME_BOTH_WAYS = 0.3
"""An asymmetry surely within ± this is none: more is better, less is worse."""
LOWEST, HIGHEST, LEAST_ROOM = 1.0, 5.0, 0.25


@dataclass(frozen=True, kw_only=True, slots=True)
class RatedSide:
    """Stars of a source's feedback that mentions a theme in one way only.

    Neutral stands for neutral and for mixed mentions.
    """

    source: str
    theme: str
    side: Polarity
    stars: Sums


@dataclass(frozen=True, kw_only=True, slots=True)
class Contrast:
    """Mentions of one side against silence: the difference and the silent mean."""

    difference: Estimate
    silent_mean: float
    variance: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeContrasts:
    """A theme's two contrasts, each None where too few say so."""

    theme: str
    n_rated: int
    n_negative: int
    n_positive: int
    negative: Contrast | None
    positive: Contrast | None


def contrasts(
    rated: Mapping[str, Sums], sides: Iterable[RatedSide]
) -> tuple[ThemeContrasts, ...]:
    """Return every theme's contrasts; *rated* is all rated feedback by source."""
    by_theme: dict[str, dict[tuple[str, Polarity], Sums]] = defaultdict(dict)
    for row in sides:
        by_theme[row.theme][row.source, row.side] = row.stars
    everything = add_up(rated.values())
    usual = everything.deviance / everything.n if everything.n else 1.0
    return tuple(
        _theme(theme, rated, cells, usual) for theme, cells in sorted(by_theme.items())
    )


def _theme(
    theme: str,
    rated: Mapping[str, Sums],
    cells: Mapping[tuple[str, Polarity], Sums],
    usual: float,
) -> ThemeContrasts:
    silent = {
        source: every - add_up(cells.get((source, side), Sums()) for side in Polarity)
        for source, every in rated.items()
    }
    said = {
        side: {
            source: cells[source, side]
            for source in rated
            if (source, side) in cells and silent[source].n >= MIN_SHOWN
        }
        for side in (Polarity.NEGATIVE, Polarity.POSITIVE)
    }
    negative, positive = said[Polarity.NEGATIVE], said[Polarity.POSITIVE]
    return ThemeContrasts(
        theme=theme,
        n_rated=add_up(cells.values()).n,
        n_negative=add_up(negative.values()).n,
        n_positive=add_up(positive.values()).n,
        negative=_contrast(negative, silent, usual),
        positive=_contrast(positive, silent, usual),
    )


def _contrast(
    said: Mapping[str, Sums], silent: Mapping[str, Sums], usual: float
) -> Contrast | None:
    """Return the difference, each source weighed by how many of it say so."""
    n = add_up(said.values()).n
    if n < MIN_SHOWN:
        return None
    weights = {source: each.n / n for source, each in said.items()}
    quiet = {source: silent[source] for source in said}
    silent_mean = sum(weights[source] * each.mean for source, each in quiet.items())
    said_mean = add_up(said.values()).mean
    variance = _within(said, usual) / n + _within(quiet, usual) * sum(
        weights[source] ** 2 / each.n for source, each in quiet.items()
    )
    return Contrast(
        difference=around(said_mean - silent_mean, variance, n),
        silent_mean=silent_mean,
        variance=variance,
    )


def _within(cells: Mapping[str, Sums], usual: float) -> float:
    """Return the variance within sources, with one imagined number's worth of usual."""
    freedom = sum(each.n - 1 for each in cells.values())
    return (sum(each.deviance for each in cells.values()) + usual) / (freedom + 1)


def need_evidence(contrast: ThemeContrasts, declared: NeedTier) -> NeedEvidence:
    """Return what a theme's contrasts say of its need tier."""
    asymmetry = _asymmetry(contrast)
    tier, undecided = _tier(contrast, asymmetry)
    return NeedEvidence(
        theme=contrast.theme,
        declared=declared,
        n_rated=contrast.n_rated,
        n_negative=contrast.n_negative,
        n_positive=contrast.n_positive,
        penalty=contrast.negative.difference if contrast.negative else None,
        reward=contrast.positive.difference if contrast.positive else None,
        asymmetry=asymmetry,
        tier=tier,
        undecided=undecided,
    )


def _asymmetry(contrast: ThemeContrasts) -> Estimate | None:
    """Compare both in shares of their room: a mean of 4.5 leaves little room up."""
    if contrast.negative is None or contrast.positive is None:
        return None
    down = max(contrast.negative.silent_mean - LOWEST, LEAST_ROOM)
    up = max(HIGHEST - contrast.positive.silent_mean, LEAST_ROOM)
    value = (
        contrast.positive.difference.value / up
        + contrast.negative.difference.value / down
    )
    variance = contrast.positive.variance / up**2 + contrast.negative.variance / down**2
    return around(value, variance, contrast.n_negative + contrast.n_positive)


def _tier(
    contrast: ThemeContrasts, asymmetry: Estimate | None
) -> tuple[NeedTier | None, Undecided | None]:
    if contrast.n_negative < MIN_MENTIONS or contrast.negative is None:
        return None, Undecided.TOO_FEW_NEGATIVE
    if contrast.n_positive < MIN_MENTIONS or contrast.positive is None:
        return None, Undecided.TOO_FEW_POSITIVE
    hurts = contrast.negative.difference.high < 0
    pleases = contrast.positive.difference.low > 0
    if not (hurts or pleases) or asymmetry is None:
        return None, Undecided.NO_EFFECT
    tier = _by_asymmetry(asymmetry, hurts=hurts, pleases=pleases)
    return (tier, None) if tier else (None, Undecided.NOT_SEPARABLE)


def _by_asymmetry(
    asymmetry: Estimate, *, hurts: bool, pleases: bool
) -> NeedTier | None:
    if hurts and asymmetry.value <= -CLEAR_ASYMMETRY and asymmetry.high < 0:
        return NeedTier.PAIN
    if pleases and asymmetry.value >= CLEAR_ASYMMETRY and asymmetry.low > 0:
        return NeedTier.DELIGHT
    even = max(abs(asymmetry.low), abs(asymmetry.high)) <= SAME_BOTH_WAYS
    return NeedTier.ITCH if hurts and pleases and even else None
