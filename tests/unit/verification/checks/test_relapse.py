"""Does an improvement last?"""

import dataclasses
import datetime as dt

import numpy as np

from huixiang.domain.proof.verdict import Sustained
from huixiang.verification.checks.relapse import relapse_look


def test_a_lasting_fix_is_sustained_and_a_fading_one_is_not(helped):
    action = helped.actions[0]
    panel, unit = helped.panel, helped.panel.units.index(action.unit)
    look = action.resolved_on + dt.timedelta(days=89)
    lasting = relapse_look(panel, action, helped.actions, as_of=look)
    assert lasting.outcome is not Sustained.RELAPSED
    late = panel.day(action.resolved_on) + 45
    total, squares = panel.total.copy(), panel.squares.copy()
    total[unit, late:] -= 1.2 * panel.n[unit, late:]
    squares[unit, late:] -= (2.4 * panel.total - 1.44 * panel.n)[unit, late:]
    fading = dataclasses.replace(panel, total=total, squares=squares)
    gone = relapse_look(fading, action, helped.actions, as_of=look)
    assert gone.outcome is Sustained.RELAPSED
    assert gone.effect.high < lasting.effect.high


def test_ninety_days_must_have_passed(helped):
    action = helped.actions[0]
    look = relapse_look(helped.panel, action, helped.actions, as_of=action.resolved_on)
    assert look.outcome is Sustained.WATCHED
    assert look.effect is None


def test_a_relapse_look_does_not_know_the_future(helped):
    action = helped.actions[0]
    day = action.resolved_on + dt.timedelta(days=89)
    looks = [
        relapse_look(panel, action, helped.actions, as_of=as_of)
        for panel, as_of in (
            (helped.panel, helped.panel.last_day), (helped.panel.until(day), day),
        )
    ]  # fmt: skip
    assert looks[0].outcome is looks[1].outcome
    assert np.isclose(looks[0].effect.value, looks[1].effect.value)
