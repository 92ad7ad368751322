"""How fast an endpoint may be sent to: a token bucket whose state is a value.

Half of the minute's messages may go at once, the rest flows in over the minute, so
that no 60 seconds ever hold more than the limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass

_MINUTE = 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Pace:
    """How many messages may go at the moment `at` (seconds on any one clock)."""

    per_minute: int
    tokens: float
    at: float

    def __post_init__(self) -> None:
        if self.per_minute < 1:
            raise ValueError("per_minute must be at least 1")

    @property
    def burst(self) -> int:
        """How many may go at once after a silence."""
        return (self.per_minute + 1) // 2

    @property
    def per_second(self) -> float:
        """How many flow in each second."""
        return max(self.per_minute - self.burst, 1) / _MINUTE


def fresh_pace(per_minute: int, at: float) -> Pace:
    """Return the pace of an endpoint that has heard nothing for a minute."""
    pace = Pace(per_minute=per_minute, tokens=0, at=at)
    return Pace(per_minute=per_minute, tokens=pace.burst, at=at)


def take(pace: Pace, at: float) -> tuple[Pace, float]:
    """Reserve one message; return the state after it and the seconds to wait first."""
    elapsed = max(at - pace.at, 0.0)
    tokens = min(pace.tokens + elapsed * pace.per_second, float(pace.burst)) - 1
    wait = max(-tokens / pace.per_second, 0.0)
    return Pace(per_minute=pace.per_minute, tokens=tokens, at=max(at, pace.at)), wait


def pace_after(per_minute: int, sent_at: Iterable[float], at: float) -> Pace:
    """Return the pace given when earlier messages went, so that a restart forgets none."""
    earlier = sorted(moment for moment in sent_at if at - _MINUTE <= moment <= at)
    pace = fresh_pace(per_minute, at - _MINUTE)
    for moment in earlier:
        pace, _ = take(pace, moment)
    return pace
