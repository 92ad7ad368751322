"""What endpoints report: once, in whatever order it arrives, and never back-dated."""

import datetime as dt
import itertools

import pytest

from huixiang.domain.action import ActionStatus
from huixiang.domain.inbox import InboxState
from huixiang.domain.move import judged_as
from huixiang.domain.outbox import RemoteTicket
from huixiang.domain.verdict import VerdictKind
from huixiang.steps.items.callbacks import sync_status
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
        return dict(sync_status(context))


def calls(bench):
    with bench.app.store.reading() as uow:
        return {row.call_id.split(":")[-1]: row for row in uow.inbox.calls()}


def test_a_report_moves_the_item_and_its_words_are_purged(told):
    report(
        told, "1", item_id="ai_1", status="accepted", occurred_at=at(1), actor="李四"
    )

    assert sync(told) == {"applied": 1}
    assert told.item("ai_1").status is ActionStatus.ACCEPTED
    assert calls(told)["1"].state is InboxState.APPLIED
    assert "body=None" not in repr(calls(told))
    assert all("李四" not in row for row in told.rows()["inbox_call"])
    assert told.ledger_holds()


def test_a_ticket_number_is_as_good_as_our_id(told):
    report(told, "1", ticket_id="T-ai_1", status="accepted", occurred_at=at(1))

    sync(told)
    assert told.item("ai_1").status is ActionStatus.ACCEPTED


def test_the_same_call_again_is_no_second_call(told):
    body = {"item_id": "ai_1", "status": "accepted", "occurred_at": at(1)}
    assert report(told, "1", **body)
    sync(told)
    before = told.rows()

    assert not report(told, "1", **body)
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
    overtaken = [row for row in calls(told).values() if row.state is InboxState.IGNORED]
    assert overtaken
    assert all("overtaken" in row.reason for row in overtaken)


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
                sync_status(context)
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

    assert sync(told) == {"ignored": 1, "applied": 1}
    assert told.item("ai_1").status is ActionStatus.IN_PROGRESS


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ({"item_id": "ai_1", "status": "perfect"}, "status is none of"),
        ({"status": "accepted"}, "neither item_id nor ticket_id"),
        ({"item_id": "ai_1", "status": "accepted", "occurred_at": "soon"}, "ISO 8601"),
    ],
)
def test_what_is_not_understood_is_set_aside_with_the_reason(told, body, reason):
    report(told, "1", **body)

    assert sync(told) == {"not understood": 1}
    assert calls(told)["1"].state is InboxState.IGNORED
    assert reason in calls(told)["1"].reason
    assert told.item("ai_1").status is ActionStatus.OPEN


def test_a_move_the_table_forbids_is_ignored_and_both_states_are_named(told):
    report(told, "1", item_id="ai_1", status="cancelled", occurred_at=at(1))
    report(told, "2", item_id="ai_1", status="accepted", occurred_at=at(2))

    assert sync(told) == {"applied": 1, "ignored": 1}
    assert "'cancelled' to 'accepted'" in calls(told)["2"].reason
    assert told.ledger_holds()


def test_an_endpoint_may_not_speak_of_an_item_it_never_heard_of(told):
    report(told, "1", item_id="ai_none", status="accepted", occurred_at=at(1))

    assert sync(told) == {"ignored": 1}
    assert calls(told)["1"].reason


def test_personal_data_in_a_report_is_masked(told):
    report(
        told, "1", item_id="ai_1", status="resolved", occurred_at=at(1),
        actor="13800138000", root_cause="客户13800138000说杯子凉",
    )  # fmt: skip
    sync(told)

    assert "13800138000" not in repr(told.rows())
    assert "杯子凉" in (told.item("ai_1").root_cause or "")
