"""Compare two versions of a codeframe on the same feedback: do trends cross the bridge?"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from huixiang.domain.coding.codeframe import (
    Bridge,
    Codeframe,
    MoveKind,
    Polarity,
    ThemeMove,
)
from huixiang.domain.proof.share import share_interval

Said = Mapping[str, Polarity]
"""What one feedback says, as one version codes it: theme and polarity."""

_WORST = (Polarity.NEGATIVE, Polarity.NEUTRAL, Polarity.POSITIVE)


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


@dataclass(frozen=True, kw_only=True, slots=True)
class MoveAgreement:
    """How far two versions agree about the themes of one move, and each new one's share.

    `error` is the share of disagreement with its interval; None: nothing compared.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: MoveKind
    n: int
    n_disagree: int
    error: float | None
    low: float | None
    high: float | None
    shares: Mapping[str, float]

    @classmethod
    def of(cls, move: ThemeMove, tally: Tally) -> "MoveAgreement":
        """Return what *tally* amounts to."""
        found = disagreement(tally.n_disagree, tally.n)
        return cls(
            old=move.old,
            new=move.new,
            kind=move.kind,
            n=tally.n,
            n_disagree=tally.n_disagree,
            error=found.value if found else None,
            low=found.low if found else None,
            high=found.high if found else None,
            shares=dict(shares(move, tally)),
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class CrossedBridge:
    """A change of version that was crossed, on feedback of which days, and how well."""

    from_version: str
    to_version: str
    crossed_at: dt.datetime
    first_on: dt.date
    last_on: dt.date
    n_feedback: int
    n_mentions: int
    n_disagree: int
    max_error: float
    figures: tuple[MoveAgreement, ...]

    @property
    def disagreement(self) -> Disagreement | None:
        """The pooled error; None where there was nothing to compare."""
        return disagreement(self.n_disagree, self.n_mentions)

    @property
    def holds(self) -> bool:
        """Say whether trends cross it; nothing compared is nothing proved."""
        error = self.disagreement
        return error is not None and error.value <= self.max_error


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemePart:
    """A theme that was split off another, with its measured share of it."""

    whole: str
    part: str
    share: float | None
    since_at: dt.datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class IssueSuccession:
    """What an issue was called before a version, or which issue it went on as."""

    issue_id: str
    to_version: str
    old_theme: str
    continues_as: str
    moved_at: dt.datetime

    @property
    def has_joined(self) -> bool:
        """Say whether it goes on as another issue."""
        return self.continues_as != self.issue_id


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
    low, high = share_interval(n_disagree, n)
    return Disagreement(value=n_disagree / n, low=low, high=high)


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
