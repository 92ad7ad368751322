"""A panel cut into stretches without a fresh fix, with running sums: made once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from huixiang.verification.engine.design import ActionWindow
from huixiang.verification.engine.panel import BoolArray, FloatArray, IntArray, Panel

SETTLE_DAYS = 84  # after a fix, before a unit serves as a control again


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class UnitStretch:
    """A stretch of one unit without a fresh fix; the piece a control is made of."""

    unit: int
    start: int
    stop: int


@dataclass(frozen=True, kw_only=True, eq=False, slots=True)
class History:
    """A panel with what every baseline needs, computed once."""

    panel: Panel
    rows: tuple[UnitStretch, ...]
    unit_of_row: IntArray
    mask: BoolArray  # rows x days: untreated
    n: FloatArray  # units x days
    total: FloatArray
    cum_n: FloatArray  # units x (days + 1) x channels
    cum_total: FloatArray
    cum_within: FloatArray  # units x (days + 1): squares inside unit-day-channel
    cum_df: FloatArray


def history(panel: Panel, actions: Iterable[ActionWindow]) -> History:
    """Prepare *panel*; days after a fix leave the controls until it has settled."""
    place = {unit: k for k, unit in enumerate(panel.units)}
    fixes: dict[int, list[int]] = {k: [] for k in range(len(panel.units))}
    for action in actions:
        if action.resolved_on is not None and action.unit in place:
            fixes[place[action.unit]].append(panel.day(action.resolved_on))
    rows = tuple(
        row for unit, days in fixes.items() for row in _rows(unit, days, panel.n_days)
    )
    mask = np.zeros((len(rows), panel.n_days), bool)
    for k, row in enumerate(rows):
        mask[k, row.start : row.stop] = True
    with np.errstate(divide="ignore", invalid="ignore"):
        within = panel.squares - np.where(panel.n > 0, panel.total**2 / panel.n, 0.0)
    return History(
        panel=panel,
        rows=rows,
        unit_of_row=np.array([row.unit for row in rows], dtype=np.intp),
        mask=mask,
        n=panel.n.sum(-1),
        total=panel.total.sum(-1),
        cum_n=_running(panel.n),
        cum_total=_running(panel.total),
        cum_within=_running(np.maximum(within, 0.0).sum(-1)),
        cum_df=_running(np.maximum(panel.n - 1, 0.0).sum(-1)),
    )


def _rows(unit: int, fixes: Sequence[int], n_days: int) -> list[UnitStretch]:
    """Cut a unit's days at its fixes; a new row begins once a fix has settled."""
    rows, start = [], 0
    for fix in sorted(fixes):
        if fix > start:
            rows.append(UnitStretch(unit=unit, start=start, stop=min(fix, n_days)))
        start = max(start, fix + SETTLE_DAYS)
    return (
        [*rows, UnitStretch(unit=unit, start=start, stop=n_days)]
        if start < n_days
        else rows
    )


def _running(values: FloatArray) -> FloatArray:
    """Return sums up to and without each day."""
    first = np.zeros_like(values[:, :1])
    return np.concatenate([first, np.cumsum(values, axis=1)], axis=1)


def row_sums(past: History, running: FloatArray, cut: int) -> FloatArray:
    """Return each row's sum over its days before *cut*."""
    unit = past.unit_of_row
    start = [min(row.start, cut) for row in past.rows]
    stop = [min(row.stop, cut) for row in past.rows]
    sums: FloatArray = running[unit, stop] - running[unit, start]
    return sums
