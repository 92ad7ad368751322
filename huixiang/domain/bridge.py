"""Compare two versions of a codeframe on the same feedback: do trends cross the bridge?"""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from huixiang.domain.codeframe import Bridge, Codeframe, MoveKind, Polarity, ThemeMove

Said = Mapping[str, Polarity]
"""What one feedback says, as one version codes it: theme and polarity."""

_WORST = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)
_Z95 = 1.959964


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """How often two versions agreed about themes that mean the same; addable.

    `n` feedbacks are about the themes in one version or the other, `n_disagree` of
    them in one only or with another polarity; `n_old` in the old one; `parts` says
    how many each new theme has.
    """

    n: int = 0
    n_disagree: int = 0
    n_old: int = 0
    parts: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            n=self.n + other.n,
            n_disagree=self.n_disagree + other.n_disagree,
            n_old=self.n_old + other.n_old,
            parts=Counter(self.parts) + Counter(other.parts),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Disagreement:
    """A share with its interval (95 %, Wilson 1927)."""

    value: float
    low: float
    high: float


def all_moves(old: Collection[str], new: Codeframe, bridge: Bridge) -> list[ThemeMove]:
    """Return what became of every *old* theme: as written, else kept, else retired."""
    moved = {name for move in bridge.moves for name in move.old}
    rest = [
        ThemeMove(old=(name,), new=(name,) if name in new.by_id else ())
        for name in sorted(set(old) - moved)
    ]
    return [*bridge.moves, *rest]


def compare(move: ThemeMove, old: Said, new: Said) -> Tally:
    """Count one feedback: do both versions say the same of the themes of *move*?"""
    before, after = _polarity(move.old, old), _polarity(move.new, new)
    if before is None and after is None:
        return Tally()
    return Tally(
        n=1,
        n_disagree=int(before is not after),
        n_old=int(before is not None),
        parts={name: 1 for name in move.new if name in new},
    )


def _polarity(themes: Collection[str], said: Said) -> Polarity | None:
    """Return the worst that is said of any of *themes*."""
    found = {said[name] for name in themes if name in said}
    return next((each for each in _WORST if each in found), None)


def disagreement(n_disagree: int, n: int) -> Disagreement | None:
    """Return the share of disagreement; None where there was nothing to compare."""
    if not n:
        return None
    share, square = n_disagree / n, _Z95**2
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = math.sqrt(share * (1 - share) / n + square / (4 * n * n))
    half *= _Z95 / (1 + square / n)
    return Disagreement(
        value=share,
        low=min(share, max(0.0, centre - half)),
        high=max(share, min(1.0, centre + half)),
    )


def shares(move: ThemeMove, tally: Tally) -> Mapping[str, float]:
    """Return how many mentions of each new theme one of the old ones stands for."""
    if not tally.n_old:
        return {}
    return {name: tally.parts.get(name, 0) / tally.n_old for name in move.new}


def successions(moves: Collection[ThemeMove]) -> dict[str, str]:
    """Return what renamed and merged themes are called now."""
    return {
        name: move.new[0]
        for move in moves
        if move.kind in (MoveKind.RENAMED, MoveKind.MERGED)
        for name in move.old
        if name != move.new[0]
    }


def splits(moves: Collection[ThemeMove]) -> Iterator[tuple[str, str]]:
    """Yield each theme that was split, with each other theme it is now part of."""
    for move in moves:
        if move.kind is MoveKind.SPLIT:
            yield from (
                (move.old[0], part) for part in move.new if part not in move.old
            )
