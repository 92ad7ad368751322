"""When a verified fix is looked at again, and what follows from what is seen."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.proof.assurance import LookDetail, SustainedLook
from huixiang.domain.proof.verdict import Sustained
from huixiang.steps.verify.lasting import (
    EARLY_DAYS,
    FULL_DAYS,
    AfterLook,
    look_days,
    next_look,
    step_after,
)
from huixiang.verification.checks.relapse import WINDOW_DAYS

FIXED = dt.date(2026, 1, 1)


@pytest.mark.parametrize(
    ("outcome", "days", "step"),
    [
        (Sustained.RELAPSED, 48, AfterLook.REOPEN),
        (Sustained.RELAPSED, 90, AfterLook.REOPEN),
        (Sustained.SUSTAINED, 76, AfterLook.WAIT),
        (Sustained.SUSTAINED, 90, AfterLook.CLOSE),
        (Sustained.UNCLEAR, 90, AfterLook.WAIT),
        (Sustained.SUSTAINED, 118, AfterLook.CLOSE),
        (Sustained.UNCLEAR, 146, AfterLook.CLOSE),
    ],
)
def test_what_follows_from_a_look(outcome, days, step):
    assert step_after(outcome, days) is step


@given(st.integers(6, 83))
def test_no_look_rests_on_days_that_the_verdict_saw(seen):
    verified_on = FIXED + dt.timedelta(days=seen)
    days = look_days(FIXED, verified_on)
    early = [each for each in days if each in EARLY_DAYS]
    assert days[-len(FULL_DAYS) :] == FULL_DAYS
    assert all(each - WINDOW_DAYS > seen for each in early)


def look(days, *, final=False, resolved_on=FIXED):
    on = resolved_on + dt.timedelta(days=days - 1)
    return SustainedLook(
        look_id=f"sl_{days}", item_id="ai_1", resolved_on=resolved_on, after_days=days,
        looked_on=on, as_of=dt.datetime.combine(on, dt.time(), dt.UTC),
        outcome=Sustained.UNCLEAR, final=final, detail=LookDetail(effect=None),
        method_version="1",
    )  # fmt: skip


def test_the_next_full_look_is_known_until_the_last_word():
    assert next_look(FIXED, []) == FIXED + dt.timedelta(days=89)
    assert next_look(FIXED, [look(62), look(90)]) == FIXED + dt.timedelta(days=117)
    assert next_look(FIXED, [look(90, final=True)]) is None
    assert next_look(FIXED, [look(118)]) == FIXED + dt.timedelta(days=145)
    assert next_look(FIXED, [look(146)]) is None
    earlier = [look(90, final=True, resolved_on=FIXED - dt.timedelta(days=200))]
    assert next_look(FIXED, earlier) == FIXED + dt.timedelta(days=89)
