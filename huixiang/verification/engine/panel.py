"""Daily summaries per unit and channel: the only data the engine sees; addable."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True, slots=True)
class DailySummary:
    """Feedbacks of one unit, day and channel: count, sum, sum of squares.

    A rate with an exposure (complaints per contact) is the same thing: n is the
    exposure, total and squares the number of complaints.
    """

    unit: str
    on: dt.date
    channel: str
    n: float
    total: float
    squares: float

    def __post_init__(self) -> None:
        if self.n < 0:
            raise ValueError(f"{self.unit} {self.on}: a count cannot be below 0")


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class Panel:
    """Summaries of all units, dense over (unit, day, channel)."""

    units: tuple[str, ...]
    channels: tuple[str, ...]
    first_day: dt.date
    n: FloatArray
    total: FloatArray
    squares: FloatArray

    def __post_init__(self) -> None:
        if not self.n.shape == self.total.shape == self.squares.shape:
            raise ValueError("n, total and squares must share one shape")
        if self.n.shape[::2] != (len(self.units), len(self.channels)):
            raise ValueError("units and channels must name the first and last axis")

    @classmethod
    def of(cls, summaries: Iterable[DailySummary]) -> Self:
        """Add summaries up; the same cell may come many times."""
        rows = list(summaries)
        if not rows:
            raise ValueError("a panel needs at least one summary")
        units = tuple(sorted({row.unit for row in rows}))
        channels = tuple(sorted({row.channel for row in rows}))
        first = min(row.on for row in rows)
        n_days = (max(row.on for row in rows) - first).days + 1
        sums = np.zeros((3, len(units), n_days, len(channels)))
        place = (
            _positions(units, [row.unit for row in rows]),
            np.array([(row.on - first).days for row in rows]),
            _positions(channels, [row.channel for row in rows]),
        )
        for k, column in enumerate(("n", "total", "squares")):
            np.add.at(sums[k], place, [getattr(row, column) for row in rows])
        return cls(
            units=units, channels=channels, first_day=first,
            n=sums[0], total=sums[1], squares=sums[2],
        )  # fmt: skip

    def __add__(self, other: Self) -> "Panel":
        """Return the summaries of both, over all units, channels and days of either."""
        units = tuple(sorted({*self.units, *other.units}))
        channels = tuple(sorted({*self.channels, *other.channels}))
        first = min(self.first_day, other.first_day)
        n_days = (max(self.last_day, other.last_day) - first).days + 1
        sums = np.zeros((3, len(units), n_days, len(channels)))
        for panel in (self, other):
            days = np.arange(panel.n_days) + (panel.first_day - first).days
            cells = np.ix_(
                _positions(units, panel.units), days,
                _positions(channels, panel.channels),
            )  # fmt: skip
            for k, values in enumerate((panel.n, panel.total, panel.squares)):
                sums[k][cells] += values
        return Panel(
            units=units, channels=channels, first_day=first,
            n=sums[0], total=sums[1], squares=sums[2],
        )  # fmt: skip

    @property
    def n_days(self) -> int:
        """Days from the first to the last, both included."""
        return int(self.n.shape[1])

    @property
    def last_day(self) -> dt.date:
        """The last day of the panel."""
        return self.first_day + dt.timedelta(days=self.n_days - 1)

    def day(self, on: dt.date) -> int:
        """Return the position of *on* on the day axis; may lie outside it."""
        return (on - self.first_day).days

    def until(self, on: dt.date) -> "Panel":
        """Return what was known at the end of *on*, padded with empty days up to it."""
        wanted = max(self.day(on) + 1, 0)
        kept = min(wanted, self.n_days)
        missing = ((0, 0), (0, max(wanted, 1) - kept), (0, 0))
        n, total, squares = (
            np.pad(values[:, :kept], missing)
            for values in (self.n, self.total, self.squares)
        )
        return Panel(
            units=self.units, channels=self.channels, first_day=self.first_day,
            n=n, total=total, squares=squares,
        )  # fmt: skip

    def pooled(self, units: Sequence[str], name: str) -> "Panel":
        """Return the panel with *units* added up into one unit called *name*."""
        mine = _positions(self.units, units)
        others = np.setdiff1d(np.arange(len(self.units)), mine)
        n, total, squares = (
            np.concatenate([values[others], values[mine].sum(0, keepdims=True)])
            for values in (self.n, self.total, self.squares)
        )
        return Panel(
            units=(*(self.units[k] for k in others), name), channels=self.channels,
            first_day=self.first_day, n=n, total=total, squares=squares,
        )  # fmt: skip

    def times(self, factor: float) -> "Panel":
        """Return the panel of the scores multiplied by *factor*."""
        return Panel(
            units=self.units, channels=self.channels, first_day=self.first_day,
            n=self.n, total=self.total * factor, squares=self.squares * factor**2,
        )  # fmt: skip


def _positions(names: Sequence[str], wanted: Sequence[str]) -> npt.NDArray[np.intp]:
    """Return where each of *wanted* stands in *names*."""
    place = {name: k for k, name in enumerate(names)}
    return np.array([place[name] for name in wanted], dtype=np.intp)
