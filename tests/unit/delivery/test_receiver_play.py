"""The sample's departments follow their story by business time alone."""

import datetime as dt

from huixiang.sample.receiver_play import (
    Notice,
    accepting_plan,
    after,
    due_steps,
    hear,
    story_plan,
)
from huixiang.sample.story import Plan

MONDAY = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
FIXES = Plan(
    accept_after_days=1,
    resolve_after_days=9,
    root_cause_zh="换货",
    root_cause_en="swapped",
    actor="林主管",
    again_after_days=4,
)
REFUSES = Plan(
    accept_after_days=2,
    resolve_after_days=None,
    root_cause_zh="",
    root_cause_en="",
    actor="调度室",
    reject=True,
    reject_reason_zh="不归我们",
    reject_reason_en="not ours",
)


def day(number):
    return MONDAY + dt.timedelta(days=number)


def notice(type_="opened", at=MONDAY, **changes):
    fields = {
        "type": f"huixiang.action_item.{type_}",
        "at": at,
        "item_id": "it_1",
        "status": "open",
        "department": "lounge",
        "kind": "improvement",
        "theme": "lounge.drinks",
        "touchpoint": "lounge",
        "unit": "T2",
    }
    return Notice(**(fields | changes))


def played(ticket, plan, to):
    steps = due_steps(ticket, plan, to)
    return after(ticket, steps), [(step.status, step.occurred_at) for step in steps]


def test_an_item_is_accepted_worked_on_and_resolved_on_its_days():
    _, steps = played(hear(None, notice()), FIXES, day(30))
    assert steps == [
        ("accepted", day(1)),
        ("in_progress", day(3)),
        ("resolved", day(9)),
    ]


def test_only_what_is_due_happens_and_only_once():
    ticket, first = played(hear(None, notice()), FIXES, day(2))
    ticket, second = played(ticket, FIXES, day(9))
    _, third = played(ticket, FIXES, day(30))
    assert [status for status, _ in first] == ["accepted"]
    assert [status for status, _ in second] == ["in_progress", "resolved"]
    assert third == []


def test_an_item_without_a_fix_stays_in_progress():
    ticket, steps = played(
        hear(None, notice()), accepting_plan(hear(None, notice())), day(99)
    )
    assert [status for status, _ in steps] == ["accepted", "in_progress"]
    assert ticket.status == "in_progress"


def test_a_refused_item_is_taken_by_the_department_it_is_handed_to():
    ticket, steps = played(hear(None, notice()), REFUSES, day(30))
    assert steps == [("rejected", day(2))]
    ticket = hear(ticket, notice("updated", day(5), department="customer_care"))
    assert (ticket.status, ticket.since, ticket.was_rejected) == ("open", day(5), True)


def test_a_refused_item_rests_until_it_is_handed_over():
    ticket, _ = played(hear(None, notice()), REFUSES, day(30))
    assert played(ticket, FIXES, day(60))[1] == []


def test_whoever_takes_over_a_refused_item_does_not_refuse_it_again():
    taxi = notice(theme="transport.taxi", touchpoint="ground_transport", unit="T3")
    ticket = hear(None, taxi)
    assert story_plan(ticket).reject
    ticket, _ = played(ticket, story_plan(ticket), day(30))
    assert not story_plan(ticket).reject


def test_a_reopened_item_is_resolved_a_second_time():
    ticket, _ = played(hear(None, notice()), FIXES, day(30))
    ticket = hear(ticket, notice("reopened", day(40), status="reopened"))
    _, steps = played(ticket, FIXES, day(60))
    assert steps == [
        ("accepted", day(41)),
        ("in_progress", dt.datetime(2026, 4, 12, 18, tzinfo=dt.UTC)),
        ("resolved", day(44)),
    ]


def test_a_verified_item_is_closed_and_can_still_be_reopened():
    ticket, _ = played(hear(None, notice()), FIXES, day(30))
    closed = hear(ticket, notice("verified", day(60), status="verified"))
    assert closed.status == "closed"
    assert played(closed, FIXES, day(90))[1] == []
    assert hear(closed, notice("reopened", day(70))).n_reopened == 1


def test_a_cancelled_item_is_left_alone():
    ticket = hear(hear(None, notice()), notice("updated", day(1), status="cancelled"))
    assert played(ticket, FIXES, day(30))[1] == []


def test_a_message_that_comes_late_changes_nothing():
    ticket = hear(hear(None, notice()), notice("verified", day(60)))
    assert hear(ticket, notice("reopened", day(50))) == ticket


def test_hearing_the_opening_twice_changes_nothing_that_was_done():
    ticket, _ = played(hear(None, notice()), FIXES, day(30))
    assert hear(ticket, notice()) == ticket
