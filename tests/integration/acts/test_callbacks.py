"""What endpoints report: once, in whatever order it arrives, and never back-dated."""

import base64
import datetime as dt
import itertools
import json

import pytest

from huixiang.domain.acts.act import ActFilter, ActOutcome, ActReason
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import judged_as
from huixiang.domain.items.outbox import RemoteTicket
from huixiang.domain.proof.verdict import VerdictKind
from huixiang.steps.acts.apply import TICKET_WAIT, apply_due
from huixiang.steps.acts.calls import CallAnswer, take_call
from tests.workbench import NOON, Said, open_item, report

DAY = dt.timedelta(days=1)
LATER = NOON + 9 * DAY


def at(hours):
    return (NOON + dt.timedelta(hours=hours)).isoformat()


@pytest.fixture
def told(bench):
    """A workspace whose desk knows the item as ticket T-ai_1."""
    bench.hear([Said(number="1", at=NOON - DAY)])
    open_item(bench)
    see_ticket(bench)
    return bench


def see_ticket(bench):
    with bench.run(NOON, "push") as context, context.transaction("see") as uow:
        uow.outbox.see_remote(
            RemoteTicket(
                item_id="ai_1", endpoint="desk", remote_ticket_id="T-ai_1",
                remote_status="new", seen_at=NOON,
            )
        )  # fmt: skip


def sync(bench, as_of=LATER, flow="status"):
    with bench.run(as_of, flow) as context:
        return dict(apply_due(context))


def calls(bench):
    with bench.app.store.reading() as uow:
        acts = uow.acts.find(ActFilter())
    return {(act.call_id or "").split(":")[-1]: act for act in acts}


def test_a_report_moves_the_item_and_says_who_claimed_it(told):
    answer = report(
        told, "1", item_id="ai_1", status="accepted", occurred_at=at(1), actor="店长"
    ).answer

    assert answer is CallAnswer.STORED
    assert sync(told) == {"applied": 1}
    assert told.item("ai_1").status is ActionStatus.ACCEPTED
    act = calls(told)["1"]
    assert (str(act.actor), act.claimed_name) == ("endpoint:desk", "店长")
    assert (act.outcome, act.settlement.item_id) == (ActOutcome.APPLIED, "ai_1")
    assert told.ledger_holds()


def test_a_ticket_number_is_as_good_as_our_id(told):
    report(told, "1", ticket_id="T-ai_1", status="accepted", occurred_at=at(1))

    sync(told)
    assert told.item("ai_1").status is ActionStatus.ACCEPTED


def test_the_same_call_again_is_no_second_call(told):
    body = {"item_id": "ai_1", "status": "accepted", "occurred_at": at(1)}
    report(told, "1", **body)
    sync(told)
    before = told.rows()

    assert report(told, "1", **body).answer is CallAnswer.DUPLICATE
    assert sync(told) == {}
    assert told.rows() == before


def test_reports_are_applied_in_the_order_they_happened(told):
    report(told, "b", item_id="ai_1", status="resolved", occurred_at=at(3))
    report(told, "a", item_id="ai_1", status="accepted", occurred_at=at(1))

    assert sync(told) == {"applied": 2}
    with told.app.store.reading() as uow:
        after = [move.after.value for move in uow.items.moves("ai_1")]
    assert after == ["open", "accepted", "resolved"]


FIVE = [
    ("accepted", 1),
    ("in_progress", 2),
    ("comment", 3),
    ("accepted", 4),
    ("resolved", 5),
]


@pytest.mark.parametrize("order", [(4, 0, 1, 2, 3), (3, 4, 2, 1, 0), (1, 0, 3, 4, 2)])
def test_each_run_takes_what_has_come_and_older_news_changes_nothing(told, order):
    for number in order:
        status, hours = FIVE[number]
        report(told, f"c{number}", item_id="ai_1", status=status, occurred_at=at(hours))
        sync(told)

    assert told.item("ai_1").status is ActionStatus.RESOLVED
    reasons = [act.settlement.reason for act in calls(told).values()]
    assert ActReason.OVERTAKEN in reasons
    assert set(reasons) == {None, ActReason.OVERTAKEN}


def test_every_order_of_four_reports_ends_in_the_same_state(desk):
    desk.hear([Said(number="1", at=NOON - DAY)])
    final = set()
    for number, order in enumerate(itertools.permutations((0, 1, 2, 4))):
        open_item(desk, f"ai_{number}")
        with desk.run(LATER, "status") as context:
            for step in order:
                status, hours = FIVE[step]
                report(
                    desk, f"{number}-{step}", item_id=f"ai_{number}", status=status,
                    occurred_at=at(hours),
                )  # fmt: skip
                apply_due(context)
        final.add(desk.item(f"ai_{number}").status)

    assert final == {ActionStatus.RESOLVED}


def test_what_happens_after_the_business_time_waits_for_it(told):
    report(told, "1", item_id="ai_1", status="accepted", occurred_at=at(240))

    assert sync(told) == {}
    assert told.item("ai_1").status is ActionStatus.OPEN
    assert sync(told, LATER + 9 * DAY) == {"applied": 1}


def test_a_ticket_nobody_knows_yet_waits_until_it_is_known(bench):
    bench.hear([Said(number="1", at=NOON - DAY)])
    open_item(bench)
    report(bench, "1", ticket_id="T-ai_1", status="accepted", occurred_at=at(1))
    assert sync(bench) == {"waiting": 1}

    see_ticket(bench)
    assert sync(bench) == {"applied": 1}
    assert bench.item("ai_1").status is ActionStatus.ACCEPTED


def test_a_fix_cannot_be_dated_back_before_our_last_look(told):
    sync(told, NOON + 5 * DAY, "loop")
    report(told, "1", item_id="ai_1", status="resolved", occurred_at=at(2))
    sync(told, NOON + 6 * DAY)

    assert told.item("ai_1").resolved_at == NOON + 5 * DAY


def test_a_fix_since_our_last_look_keeps_its_time(told):
    sync(told, NOON + 5 * DAY, "loop")
    report(told, "1", item_id="ai_1", status="resolved", occurred_at=at(126))
    sync(told, NOON + 6 * DAY)

    assert told.item("ai_1").resolved_at == NOON + dt.timedelta(hours=126)


def test_an_old_report_does_not_resolve_again_what_was_reopened(told):
    report(told, "1", item_id="ai_1", status="resolved", occurred_at=at(2))
    sync(told, NOON + DAY)
    with told.run(NOON + 3 * DAY) as context, context.transaction("verify") as uow:
        uow.items.move(
            "ai_1", ActionStatus.REOPENED, moved_at=context.as_of, actor="huixiang",
            reason=judged_as(VerdictKind.NOT_IMPROVED, None),
        )  # fmt: skip
    report(told, "again", item_id="ai_1", status="resolved", occurred_at=at(2))
    report(told, "new", item_id="ai_1", status="in_progress", occurred_at=at(80))

    assert sync(told) == {"refused": 1, "applied": 1}
    assert told.item("ai_1").status is ActionStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"item_id": "ai_1", "status": "perfect"}, ActReason.UNKNOWN_STATUS),
        ({"status": "accepted"}, ActReason.NO_TARGET),
        (
            {"item_id": "ai_1", "status": "accepted", "occurred_at": "soon"},
            ActReason.NOT_A_TIME,
        ),
        ({"item_id": "ai_none", "status": "accepted"}, ActReason.UNKNOWN_ITEM),
    ],
)
def test_what_cannot_be_used_is_refused_with_the_reason_and_kept(told, body, reason):
    first, again = report(told, "1", **body), report(told, "1", **body)

    assert (first.answer, first.reason.code) == (CallAnswer.UNUSABLE, reason)
    assert again == first
    assert sync(told) == {}
    (act,) = calls(told).values()
    assert (act.outcome, act.settlement.reason) == (ActOutcome.REFUSED, reason)
    assert json.loads(base64.b64decode(act.payload.body)) == body
    assert "perfect" not in repr(told.rows())
    assert told.item("ai_1").status is ActionStatus.OPEN
    assert told.ledger_holds()


def test_bytes_that_are_no_json_are_refused_and_kept(told):
    taken = take_call(
        told.app.store,
        endpoint="desk",
        webhook_id="1",
        received_at=NOON,
        body=b"\xff\xfe",
    )

    assert (taken.answer, taken.reason.code) == (
        CallAnswer.UNUSABLE,
        ActReason.NOT_JSON,
    )
    assert base64.b64decode(calls(told)["1"].payload.body) == b"\xff\xfe"


def test_another_call_under_the_same_id_is_refused_and_kept(told):
    body = {"item_id": "ai_1", "status": "accepted", "occurred_at": at(1)}
    report(told, "1", **body)
    other = report(told, "1", **body | {"status": "resolved"})
    again = report(told, "1", **body | {"status": "resolved"})

    assert other.answer is again.answer is CallAnswer.CONFLICT
    assert report(told, "1", **body).answer is CallAnswer.DUPLICATE
    with told.app.store.reading() as uow:
        acts = uow.acts.find(ActFilter())
    assert [act.outcome for act in acts] == [ActOutcome.REFUSED, ActOutcome.WAITING]
    assert sync(told) == {"applied": 1}
    assert told.item("ai_1").status is ActionStatus.ACCEPTED
    assert told.ledger_holds()


def test_a_move_the_table_forbids_is_refused_and_both_states_are_kept(told):
    report(told, "1", item_id="ai_1", status="cancelled", occurred_at=at(1))
    report(told, "2", item_id="ai_1", status="accepted", occurred_at=at(2))

    assert sync(told) == {"applied": 1, "refused": 1}
    settlement = calls(told)["2"].settlement
    assert settlement.reason is ActReason.ILLEGAL_MOVE
    assert settlement.facts == {"before": "cancelled", "after": "accepted"}
    assert told.ledger_holds()


def test_a_ticket_that_nobody_knows_holds_up_nothing_but_itself(told):
    report(told, "1", ticket_id="T-?", status="accepted", occurred_at=at(1))
    report(told, "2", item_id="ai_1", status="accepted", occurred_at=at(2))
    report(told, "3", ticket_id="T-?", status="resolved", occurred_at=at(3))

    assert sync(told) == {"waiting": 2, "applied": 1}


def test_a_ticket_that_never_turns_up_expires_visibly(told):
    report(told, "1", ticket_id="T-?", status="accepted", occurred_at=at(1))
    told.clock.now += TICKET_WAIT
    assert sync(told) == {"waiting": 1}
    told.clock.pass_(seconds=1)

    assert sync(told) == {"expired": 1}
    settlement = calls(told)["1"].settlement
    assert (settlement.outcome, settlement.reason) == (
        ActOutcome.EXPIRED,
        ActReason.UNKNOWN_TICKET,
    )
    assert sync(told) == {}
    assert told.ledger_holds()


def test_personal_data_in_a_report_is_masked(told):
    report(
        told, "1", item_id="ai_1", status="resolved", occurred_at=at(1),
        actor="13800138000", root_cause="客户13800138000说杯子凉",
    )  # fmt: skip
    sync(told)

    assert "13800138000" not in repr(told.rows())
    assert "杯子凉" in (told.item("ai_1").root_cause or "")
