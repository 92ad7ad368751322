"""The story: what departments do with what is planted, and when."""

import pytest

from huixiang.domain.items.issue import NOWHERE
from huixiang.sample.landscape import UNITS, grounds
from huixiang.sample.story import (
    BY_KEY,
    RECOVERY,
    STORY,
    UNPLANNED,
    Planted,
    Truth,
    plan_for,
)
from huixiang.sample.timeline import N_DAYS, RUN_DAYS

LONGEST_FIX_DAYS = 18


@pytest.mark.parametrize("planted", STORY, ids=lambda each: each.key.theme)
def test_a_dip_is_seen_soon_and_its_follow_up_ends_inside_the_story(
    planted: Planted,
) -> None:
    opens = next(run for run in RUN_DAYS if run >= planted.onset_day + 9)
    assert opens - planted.onset_day <= 14
    if planted.plan.resolve_after_days is not None:
        assert 7 <= planted.plan.resolve_after_days <= LONGEST_FIX_DAYS
        assert opens + planted.plan.resolve_after_days + 56 <= N_DAYS


def test_the_plan_of_a_planted_issue_is_found_by_its_key() -> None:
    planted = STORY[0]
    key = planted.key
    assert plan_for(key.theme, key.touchpoint, key.unit) is planted.plan


def test_an_issue_without_a_unit_may_be_named_either_way() -> None:
    planted = next(each for each in STORY if each.key.unit == NOWHERE)
    assert plan_for(planted.key.theme, planted.key.touchpoint, "") is planted.plan


def test_an_unplanned_issue_is_taken_on_but_not_finished() -> None:
    plan = plan_for("shop.food", "shop", "T1")
    assert plan is UNPLANNED
    assert plan.resolve_after_days is None
    assert not plan.reject


def test_one_customer_is_answered_within_two_days() -> None:
    key = STORY[0].key
    assert plan_for(key.theme, key.touchpoint, key.unit, kind="recovery") is RECOVERY
    assert RECOVERY.resolve_after_days is not None
    assert RECOVERY.accept_after_days < RECOVERY.resolve_after_days <= 2


def test_the_department_that_refuses_says_why_and_who_instead() -> None:
    refused = [each for each in STORY if each.plan.reject]
    assert [each.truth for each in refused] == [Truth.NOT_MINE]
    assert refused[0].plan.reject_reason_zh
    assert refused[0].plan.suggested_department


def test_every_fix_has_its_root_cause_in_both_languages() -> None:
    fixed = [each.plan for each in STORY if each.plan.resolve_after_days is not None]
    assert all(plan.root_cause_zh and plan.root_cause_en for plan in fixed)


def test_no_ground_is_laid_twice() -> None:
    keys = [ground.key for ground in grounds()]
    assert len(keys) == len(set(keys))
    assert set(BY_KEY) <= set(keys)
    assert {key.unit for key in keys} == {*UNITS, NOWHERE}
