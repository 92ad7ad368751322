"""When an issue becomes an action item, and when not, and why not."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.alerts.decide import decide_rates
from huixiang.alerts.decision import HoldReason, ParkReason, Priority
from huixiang.alerts.history import DepartmentLoad, ParkedItem
from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.alert import RateFacts, RateRule
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.route import Condition, Urgency

AS_OF = dt.date(2026, 6, 30)
RULE = RateRule(id="usual")
LOADS = {"catering": DepartmentLoad(capacity=3)}


@pytest.fixture
def decide(alerts):
    def _decide(*histories, rules=(RULE,), loads=LOADS, parked=()):
        return decide_rates(histories, alerts(*rules), loads, parked, AS_OF)

    return _decide


def only_reason(decisions):
    assert decisions.alerts == ()
    [held] = decisions.held
    return held.reason


def test_an_issue_far_above_its_own_past_opens_an_item(decide, history):
    decisions = decide(history(usual=1, recent=3, playbook="restock"))
    [alert] = decisions.alerts
    assert decisions.held == ()
    assert (alert.kind, alert.status) == (ItemKind.IMPROVEMENT, ActionStatus.OPEN)
    assert (alert.department, alert.playbook) == ("catering", "restock")
    assert (alert.rule, alert.rules_version) == ("usual", "3")
    assert alert.key == f"improvement:{alert.issue.issue_id}:2026-06-30"


def test_the_facts_hold_everything_the_decision_rests_on(decide, history):
    [alert] = decide(history(usual=1, recent=3)).alerts
    p_value = alert.facts.p_value
    assert alert.facts == RateFacts(
        rule="usual",
        rules_version="3",
        window_start_on=dt.date(2026, 6, 17),
        window_end_on=dt.date(2026, 6, 30),
        baseline_start_on=dt.date(2026, 3, 19),
        baseline_end_on=dt.date(2026, 6, 16),
        n_window=42,
        n_baseline=90,
        exposure_window=280,
        exposure_baseline=1800,
        days_known=90,
        expected=14.0,
        ratio=3.0,
        p_value=p_value,
        alpha=0.001,
        min_count=5,
        min_ratio=1.5,
        min_baseline_days=28,
        cooldown_days=28,
    )
    assert 0 < p_value < 1e-6


def test_the_same_look_gives_the_same_key(decide, history):
    first, second = (decide(history(recent=3)).alerts[0].key for _ in range(2))
    assert first == second


def test_a_chronic_issue_at_its_usual_level_opens_nothing(decide, history):
    assert only_reason(decide(history(usual=5, recent=5))) is HoldReason.NOT_UNUSUAL


def test_a_sure_but_small_rise_opens_nothing(decide, history):
    small = history(usual=10, recent=14, exposure=100)
    assert only_reason(decide(small)) is HoldReason.NOT_UNUSUAL


def test_too_few_mentions_open_nothing(decide, history):
    assert (
        only_reason(decide(history(usual=0, recent=2, n_recent=2)))
        is HoldReason.TOO_FEW
    )


def test_exactly_the_smallest_count_is_enough(decide, history):
    just = history(usual=0, recent=1, n_recent=5)
    assert len(decide(just).alerts) == 1


def test_an_issue_with_too_short_a_history_is_held_and_says_so(decide, history):
    young = decide(history(usual=0, recent=3, n_days=30))
    assert only_reason(young) is HoldReason.HISTORY_TOO_SHORT
    assert young.held[0].facts.days_known == 16


def test_a_new_complaint_where_people_have_long_been_heard_opens_an_item(
    decide, history
):
    assert len(decide(history(usual=0, recent=1)).alerts) == 1


def test_an_issue_with_a_live_item_gets_no_second_one(decide, history):
    busy = history(usual=1, recent=5, has_live_item=True)
    assert only_reason(decide(busy)) is HoldReason.LIVE_ITEM


@pytest.mark.parametrize("field", ["last_opened_on", "last_closed_on"])
def test_cooldown_holds_until_its_last_day_has_passed(decide, history, field):
    cooling = history(recent=5, **{field: AS_OF - dt.timedelta(days=27)})
    cooled = history(recent=5, **{field: AS_OF - dt.timedelta(days=28)})
    assert only_reason(decide(cooling)) is HoldReason.COOLDOWN
    assert len(decide(cooled).alerts) == 1


@pytest.mark.parametrize(
    ("rule", "is_about"),
    [
        (RateRule(id="r", when=Condition(theme=("lounge",))), True),
        (RateRule(id="r", when=Condition(theme=("queue",))), False),
        (RateRule(id="r", when=Condition(unit=("T2",), touchpoint=("waiting",))), True),
        (RateRule(id="r", when=Condition(unit=("T1",))), False),
        (RateRule(id="r", when=Condition(need_tier=(NeedTier.ITCH,))), False),
        (RateRule(id="r", department=("catering",)), True),
        (RateRule(id="r", department=("security",)), False),
        (RateRule(id="r", severity=(Urgency.MEDIUM,)), True),
        (RateRule(id="r", severity=(Urgency.HIGH,)), False),
    ],
)
def test_a_rule_counts_only_for_the_issues_it_is_about(decide, history, rule, is_about):
    decisions = decide(history(recent=5), rules=(rule,))
    assert bool(decisions.alerts) is is_about
    assert is_about or only_reason(decisions) is HoldReason.NO_RULE


def test_the_first_rule_about_an_issue_counts_even_if_a_later_one_is_laxer(
    decide, history
):
    strict = RateRule(id="strict", when=Condition(theme=("lounge",)), min_count=1000)
    decisions = decide(history(recent=5), rules=(strict, RULE))
    assert only_reason(decisions) is HoldReason.TOO_FEW
    assert decisions.held[0].rule == "strict"


def test_priority_shows_its_parts(decide, history):
    [alert] = decide(
        history(recent=3, severity=Urgency.HIGH, stars_baseline=4.0, stars_window=2.5)
    ).alerts
    assert alert.priority == Priority(excess=28.0, severity_weight=4.0, rating_gap=1.5)
    assert alert.priority.total == 28 * 4 * 2.5


def test_a_better_rating_never_lowers_a_priority(decide, history):
    [alert] = decide(history(recent=3, stars_baseline=2.0, stars_window=4.0)).alerts
    assert alert.priority.rating_gap == 0


def units(history, *recents, **fields):
    return [
        history(
            recent=recent,
            key=IssueKey(theme="lounge.drinks", unit=f"T{i}"),
            **fields,
        )
        for i, recent in enumerate(recents)
    ]


def test_a_full_department_gets_the_worst_first_and_the_rest_is_parked(decide, history):
    decisions = decide(
        *units(history, 3, 9, 5), loads={"catering": DepartmentLoad(capacity=2)}
    )
    assert [(a.issue.unit, a.status) for a in decisions.alerts] == [
        ("T1", ActionStatus.OPEN),
        ("T2", ActionStatus.OPEN),
        ("T0", ActionStatus.PARKED),
    ]
    assert [a.parked_because for a in decisions.alerts] == [
        None,
        None,
        ParkReason.CAPACITY,
    ]


def test_work_in_hand_takes_up_capacity(decide, history):
    full = {"catering": DepartmentLoad(capacity=2, n_working=2)}
    [alert] = decide(history(recent=5), loads=full).alerts
    assert alert.status is ActionStatus.PARKED


def test_a_department_that_is_gone_is_a_visible_reason(decide, history):
    [alert] = decide(history(recent=5), loads={}).alerts
    assert alert.parked_because is ParkReason.NO_DEPARTMENT


def parked_unit(unit, **fields):
    key = IssueKey(theme="lounge.drinks", unit=unit)
    return ParkedItem(item_id=f"item-{unit}", issue=key, **fields)


def test_a_parked_item_is_promoted_when_there_is_room(decide, history):
    [waiting] = units(history, 4, has_live_item=True)
    decisions = decide(waiting, parked=[parked_unit("T0")])
    [promotion] = decisions.promoted
    assert (promotion.item_id, promotion.facts.n_window) == ("item-T0", 56)
    assert decisions.alerts == ()


def test_parked_and_new_items_compete_for_the_same_room_by_priority(decide, history):
    waiting, new = units(history, 9, 3)
    waiting = dataclasses.replace(waiting, has_live_item=True)
    one = {"catering": DepartmentLoad(capacity=1)}
    decisions = decide(waiting, new, loads=one, parked=[parked_unit("T0")])
    assert [p.item_id for p in decisions.promoted] == ["item-T0"]
    assert [a.status for a in decisions.alerts] == [ActionStatus.PARKED]


def test_a_parked_item_whose_issue_has_calmed_down_stays_parked(decide, history):
    [calm] = units(history, 1, usual=1, has_live_item=True)
    assert decide(calm, parked=[parked_unit("T0")]).promoted == ()


def test_without_histories_nothing_is_decided(decide):
    decisions = decide()
    assert (decisions.alerts, decisions.held, decisions.promoted) == ((), (), ())


@given(
    recents=st.lists(st.integers(0, 9), max_size=6),
    capacity=st.integers(0, 4),
    working=st.integers(0, 4),
    data=st.data(),
)
def test_every_issue_is_in_one_place_and_no_department_is_overfilled(
    frozen_alerts, steady, recents, capacity, working, data
):
    histories = [
        steady(recent=recent, key=IssueKey(theme="queue", unit=f"T{i}"))
        for i, recent in enumerate(recents)
    ]
    shuffled = data.draw(st.permutations(histories))
    loads = {"catering": DepartmentLoad(capacity=capacity, n_working=working)}
    decisions = decide_rates(shuffled, frozen_alerts, loads, (), AS_OF)
    placed = [a.issue for a in decisions.alerts] + [h.issue for h in decisions.held]
    assert sorted(placed) == sorted(h.key for h in histories)
    opened = [a for a in decisions.alerts if a.status is ActionStatus.OPEN]
    assert len(opened) <= max(0, capacity - working)
    parked = [a for a in decisions.alerts if a.status is ActionStatus.PARKED]
    worst_parked = max((a.priority.total for a in parked), default=0)
    assert all(a.priority.total >= worst_parked for a in opened)
    again = decide_rates(histories, frozen_alerts, loads, (), AS_OF)
    assert again.alerts == decisions.alerts


@pytest.fixture(scope="module")
def frozen_alerts():
    from huixiang.alerts.compile import compile_alerts
    from huixiang.configuration.patterns import compile_pattern
    from huixiang.domain.coding.codeframe import Codeframe
    from huixiang.domain.items.alert import AlertRules

    rules = AlertRules(version="3", rates=(RULE,))
    return compile_alerts(rules, Codeframe(version="1", themes=()), compile_pattern)


@pytest.fixture(scope="module")
def steady():
    from huixiang.alerts.history import IssueHistory

    days = [AS_OF - dt.timedelta(days=i) for i in range(104)]

    def _steady(recent, key):
        return IssueHistory(
            key=key,
            department="catering",
            severity=Urgency.MEDIUM,
            negatives={d: recent if i < 14 else 1 for i, d in enumerate(days)},
            exposure=dict.fromkeys(days, 20),
        )

    return _steady
