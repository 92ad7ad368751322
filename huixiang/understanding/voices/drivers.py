"""Which themes move the mean rating most, and which of them do badly."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.coding.insight import Driver, Estimate, Quadrant
from huixiang.understanding.voices.estimates import around
from huixiang.understanding.voices.needs import Contrast, ThemeContrasts


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentions:
    """How many feedbacks mention a theme, rated or not, by how (mixed is neutral)."""

    theme: str
    counts: Mapping[Polarity, int]

    def of(self, side: Polarity) -> int:
        """How many mention it this way."""
        return self.counts.get(side, 0)

    @property
    def n(self) -> int:
        """How many mention it."""
        return sum(self.counts.values())


@dataclass(frozen=True, kw_only=True, slots=True)
class _Weight:
    theme: str
    mentions: Mentions
    n: int
    cost: Estimate | None
    gain: Estimate | None
    importance: Estimate


def drivers(
    contrasts: Sequence[ThemeContrasts],
    mentions: Mapping[str, Mentions],
    n_feedbacks: int,
) -> tuple[Driver, ...]:
    """Return every theme whose weight can be told, the heaviest first."""
    known = [
        weight
        for each in contrasts
        if each.theme in mentions
        and (weight := _weight(each, mentions[each.theme], n_feedbacks))
    ]
    if not known:
        return ()
    heavy = statistics.median(each.importance.value for each in known)
    usual = _usual_net([each.mentions for each in known])
    found = (_driver(each, heavy, usual) for each in known)
    return tuple(sorted(found, key=lambda each: (-each.importance.value, each.theme)))


def _weight(contrast: ThemeContrasts, said: Mentions, n: int) -> _Weight | None:
    cost, cost_variance = _moved(contrast.negative, said.of(Polarity.NEGATIVE), n)
    gain, gain_variance = _moved(contrast.positive, said.of(Polarity.POSITIVE), n)
    if cost is None and gain is None:
        return None
    value = (gain.value if gain else 0.0) - (cost.value if cost else 0.0)
    n_said = contrast.n_negative + contrast.n_positive
    return _Weight(
        theme=contrast.theme,
        mentions=said,
        n=n,
        cost=cost,
        gain=gain,
        importance=around(value, cost_variance + gain_variance, n_said),
    )


def _moved(
    contrast: Contrast | None, n_said: int, n: int
) -> tuple[Estimate | None, float]:
    """Return share × difference: how far the mean of everybody moves, and its variance.

    The variance of a product of two independent estimates (delta method).
    """
    if contrast is None:
        return None, 0.0
    share, difference = n_said / n, contrast.difference
    variance = (
        share**2 * contrast.variance + difference.value**2 * share * (1 - share) / n
    )
    return around(share * difference.value, variance, difference.n), variance


def _usual_net(mentions: Sequence[Mentions]) -> float:
    """Return (praise − complaints) / mentions over all themes."""
    good = sum(each.of(Polarity.POSITIVE) for each in mentions)
    bad = sum(each.of(Polarity.NEGATIVE) for each in mentions)
    return (good - bad) / max(sum(each.n for each in mentions), 1)


def _driver(weight: _Weight, heavy: float, usual: float) -> Driver:
    said = weight.mentions
    bad, good = said.of(Polarity.NEGATIVE), said.of(Polarity.POSITIVE)
    net = _usual_net([said])
    return Driver(
        theme=weight.theme,
        n_mentions=said.n,
        share_negative=bad / weight.n,
        share_positive=good / weight.n,
        cost=weight.cost,
        gain=weight.gain,
        importance=weight.importance,
        net=net,
        quadrant=_quadrant(
            is_heavy=weight.importance.value >= heavy, is_weak=net < usual
        ),
    )


def _quadrant(*, is_heavy: bool, is_weak: bool) -> Quadrant:
    if is_weak:
        return Quadrant.FIX_FIRST if is_heavy else Quadrant.WATCH
    return Quadrant.KEEP_UP if is_heavy else Quadrant.LEAVE
