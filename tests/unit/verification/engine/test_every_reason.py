"""For every reason of "cannot be told" there is a planted panel that reaches it."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from huixiang.domain.proof.verdict import InconclusiveReason
from huixiang.verification.engine.design import ActionWindow, Circumstances
from huixiang.verification.engine.judging import judge
from huixiang.verification.engine.panel import Panel

OPENED, FIXED = 120, 130


def keep(panel: Panel) -> Panel:
    """Give the unit a steady five feedbacks a day and channel, of which nothing comes."""
    values = [x.copy() for x in (panel.n, panel.total, panel.squares)]
    values[0][0], values[1][0], values[2][0] = 5.0, 18.0, 72.0
    return dataclasses.replace(panel, n=values[0], total=values[1], squares=values[2])


def thinned(cells: Any, share: float) -> Callable[[Panel], Panel]:
    """Leave a share of the feedback of some cells."""

    def plant(panel: Panel) -> Panel:
        values = [x.copy() for x in (panel.n, panel.total, panel.squares)]
        for value in values:
            value[cells] *= share
        return dataclasses.replace(
            panel, n=values[0], total=values[1], squares=values[2]
        )

    return plant


def slightly_better(panel: Panel) -> Panel:
    """Let a unit of little feedback become a little better with the fix."""
    panel = thinned(np.s_[0], 0.05)(panel)
    total = panel.total.copy()
    total[0, FIXED:] += 0.35 * panel.n[0, FIXED:]
    return dataclasses.replace(panel, total=total)


def other_channel(panel: Panel) -> Panel:
    """Let the one channel be followed by the other."""
    values = [x.copy() for x in (panel.n, panel.total, panel.squares)]
    values[0][0, :FIXED], values[0][0, FIXED:] = [10.0, 0.0], [0.0, 10.0]
    for value, each in zip(values[1:], (3.6, 14.4), strict=True):
        value[0] = values[0][0] * each
    return dataclasses.replace(panel, n=values[0], total=values[1], squares=values[2])


def day(panel: Panel, number: int) -> dt.date:
    return panel.first_day + dt.timedelta(days=number)


def silent_source(panel: Panel) -> Circumstances:
    days = [day(panel, k) for k in range(panel.n_days)]
    return Circumstances(
        source_volumes={name: dict.fromkeys(days, 500) for name in panel.channels}
    )


@dataclass(frozen=True, kw_only=True)
class Planted:
    """What was planted, and when it is looked at."""

    panel: Callable[[Panel], Panel] = keep
    facts: Callable[[Panel], Circumstances] = field(default=lambda _: Circumstances())
    resolved: int | None = FIXED
    other: int | None = None
    as_of: int | None = None


REASON = InconclusiveReason
PLANTED = {
    REASON.NOT_RESOLVED: Planted(resolved=None),
    REASON.FOLLOWING: Planted(as_of=FIXED + 10),
    REASON.TOO_FEW_FEEDBACKS: Planted(
        panel=thinned(np.s_[0, FIXED:], 0.0), facts=silent_source
    ),
    REASON.NOT_SEPARABLE: Planted(panel=slightly_better),
    REASON.NO_BASELINE: Planted(panel=thinned(np.s_[0, :FIXED], 0.0)),
    REASON.FEED_DIED: Planted(panel=thinned(np.s_[0, FIXED:], 0.0)),
    REASON.CHANNEL_DIED: Planted(panel=thinned(np.s_[:, FIXED:, 0], 0.0)),
    REASON.MIX_MOVED: Planted(panel=other_channel),
    REASON.CODEFRAME_CHANGED: Planted(
        facts=lambda p: Circumstances(codeframe_changes=(day(p, FIXED + 3),))
    ),
    REASON.MODEL_CHANGED: Planted(
        facts=lambda p: Circumstances(model_changes=(day(p, FIXED + 3),))
    ),
    REASON.OVERLAPPING_ACTION: Planted(other=FIXED + 5),
}


def test_every_reason_is_planted():
    assert set(PLANTED) == set(InconclusiveReason)


@pytest.mark.parametrize("expected", PLANTED, ids=str)
def test_the_planted_panel_reaches_its_reason(quiet, expected):
    planted = PLANTED[expected]
    panel = planted.panel(keep(quiet))
    fix = ActionWindow(
        action_id="a",
        unit=panel.units[0],
        opened_on=day(panel, OPENED),
        resolved_on=None if planted.resolved is None else day(panel, planted.resolved),
    )
    fixes = [fix]
    if planted.other is not None:
        later = day(panel, planted.other)
        fixes.append(dataclasses.replace(fix, action_id="b", resolved_on=later))
    as_of = panel.last_day if planted.as_of is None else day(panel, planted.as_of)
    found = judge(
        panel, fixes, as_of=as_of, circumstances=planted.facts(panel), only={"a"}
    )
    assert [each.verdict.reason for each in found] == [expected]
