"""The sample's OA as it really runs: a process, sockets, kills, and status back."""

import base64
import contextlib
import datetime as dt
import threading

import pytest
import requests

from huixiang.clock import utc_now
from huixiang.console.door import InboundCall, create_door
from huixiang.console.serving import serve_door
from huixiang.delivery.platforms.webhook import CONTENT_TYPE
from huixiang.delivery.platforms.webhook_body import event_body
from huixiang.delivery.signing import signed_headers
from huixiang.delivery.status import StatusUpdate, read_status
from huixiang.delivery.transport import send
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.item_card import ItemCard, Named
from huixiang.domain.items.outbox import (
    EndpointGreeting,
    EventType,
    NeutralEvent,
    OutboxMessage,
    Outcome,
    Rendered,
    TicketReply,
)
from huixiang.domain.items.route import Urgency
from huixiang.domain.text import Bilingual
from huixiang.errors import HuixiangError
from huixiang.sample.receiver_process import SECRET_VARIABLE, start_receiver
from huixiang.steps.acts.calls import CallAnswer, TakenCall

MONDAY = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
LOUNGE = ("lounge.drinks", "lounge", "T2")
TAXI = ("transport.taxi", "ground_transport", "T3")
FOREIGN_SECRET = "whsec_" + base64.b64encode(bytes(24)).decode()


def day(number):
    return MONDAY + dt.timedelta(days=number)


def named(code):
    return Named(id=code, name=Bilingual(zh=code, en=code))


def item_message(
    message_id,
    item_id="it_1",
    event=EventType.OPENED,
    at=MONDAY,
    issue=LOUNGE,
    status=ActionStatus.OPEN,
    department="lounge",
    kind=ItemKind.IMPROVEMENT,
):
    card = ItemCard(
        item_id=item_id,
        kind=kind,
        status=status,
        issue_id="is_1",
        title=Bilingual(zh="休息室", en="lounge"),
        theme=named(issue[0]),
        touchpoint=named(issue[1]),
        unit=named(issue[2]),
        department=named(department),
        severity=Urgency.HIGH,
        severity_name=Bilingual(zh="高", en="high"),
        opened_at=at,
        due_at=at,
        why=Bilingual(zh="排队", en="queues"),
    )
    return to_message(message_id, event, at, card, item_id)


def to_message(message_id, event, at, card, item_id=None):
    told = NeutralEvent(
        message_id=message_id, type=event, occurred_at=at, source_uri="/x", card=card
    )
    rendered = Rendered(body=event_body(told, endpoint="oa"), content_type=CONTENT_TYPE)
    return OutboxMessage(
        message_id=message_id, endpoint="oa", event=event, item_id=item_id,
        content=told, rendered=rendered,
    )  # fmt: skip


@pytest.fixture
def environment(secret):
    return {SECRET_VARIABLE: secret, "PYTHONPATH": "."}


@pytest.fixture
def run(tmp_path, environment):
    """Start the receiver on this test's state; a second start finds the same state."""

    def start(**options):
        return start_receiver(tmp_path / "oa", environment=environment, **options)

    return start


@contextlib.contextmanager
def open_door(secret, n_refused=0):
    """Serve the inbound door; the first calls cannot be stored."""
    calls: list[InboundCall] = []
    lock, refusals = threading.Lock(), iter(range(n_refused))

    def accept(call):
        with lock:
            if next(refusals, None) is not None:
                raise OSError("disk full")
            known = {each.webhook_id for each in calls}
            calls.append(call)
        is_known = call.webhook_id in known
        return TakenCall(answer=CallAnswer.DUPLICATE if is_known else CallAnswer.STORED)

    app = create_door(accept=accept, secrets=lambda endpoint: [secret], now=utc_now)
    with serve_door(app) as served:
        yield served.url + "/hooks/status/oa", calls


def reports(calls):
    read = [read_status(call.body, received_at=call.received_at) for call in calls]
    understood = [each for each in read if isinstance(each, StatusUpdate)]
    assert len(understood) == len(calls)
    return [(each.item_id, each.status.value, each.occurred_at) for each in understood]


def test_a_message_becomes_a_ticket_and_its_number_comes_back(run, endpoint_at):
    with run() as oa:
        attempt = send(item_message("m1"), endpoint_at(oa.items_url), now=utc_now)
        (ticket,) = oa.tickets()
    assert attempt.outcome is Outcome.DELIVERED
    assert attempt.reply == TicketReply(ticket_id="OA-000001", status="open")
    assert (ticket["item_id"], ticket["theme"]) == ("it_1", "lounge.drinks")


def test_one_item_is_one_ticket_however_often_and_by_whatever_message(run, endpoint_at):
    with run() as oa:
        endpoint = endpoint_at(oa.items_url)
        messages = [item_message("m1"), item_message("m1"), item_message("m2")]
        replies = [send(each, endpoint, now=utc_now).reply for each in messages]
        assert [reply.ticket_id for reply in replies] == ["OA-000001"] * 3
        assert len(oa.tickets()) == 1
        assert oa.deliveries() == {"m1": 2, "m2": 1}


def test_copies_at_the_same_moment_are_one_ticket(run, endpoint_at):
    with run() as oa:
        endpoint = endpoint_at(oa.items_url)
        threads = [
            threading.Thread(
                target=send,
                args=(item_message("m1"), endpoint),
                kwargs={"now": utc_now},
            )
            for _ in range(10)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert oa.deliveries() == {"m1": 10}
        assert len(oa.tickets()) == 1


def test_a_test_message_makes_no_ticket(run, endpoint_at):
    message = to_message(
        "t1",
        EventType.TEST,
        MONDAY,
        EndpointGreeting(title=Bilingual(zh="喂", en="hello")),
    )
    with run() as oa:
        attempt = send(message, endpoint_at(oa.items_url), now=utc_now)
        assert attempt.reply == TicketReply(status="ok")
        assert oa.tickets() == []


def test_a_kill_loses_nothing(run, endpoint_at):
    with run() as oa:
        oa.arm(drops_reply=True)
        lost = send(item_message("m1"), endpoint_at(oa.items_url), now=utc_now)
        oa.kill()
    with run() as oa:
        again = send(item_message("m1"), endpoint_at(oa.items_url), now=utc_now)
        assert lost.outcome is Outcome.UNKNOWN
        assert again.outcome is Outcome.DELIVERED
        assert oa.deliveries() == {"m1": 2}
        assert len(oa.tickets()) == 1


@pytest.mark.parametrize("after_storing", [False, True])
def test_a_server_error_is_tried_again_and_still_makes_one_ticket(
    run, endpoint_at, after_storing
):
    with run() as oa:
        endpoint = endpoint_at(oa.items_url)
        oa.arm(count=2, status=500, after_storing=after_storing)
        outcomes = [
            send(item_message("m1"), endpoint, now=utc_now).outcome for _ in range(3)
        ]
        assert outcomes == [Outcome.TRANSIENT, Outcome.TRANSIENT, Outcome.DELIVERED]
        assert len(oa.tickets()) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
        ("Fri, 01 Jan 2100 00:00:00 GMT", 86400),
        ("315360000", 86400),
        ("tomorrow", None),
    ],
)
def test_retry_after_comes_through_in_every_form(run, endpoint_at, header, seconds):
    with run() as oa:
        oa.arm(status=429, headers={"Retry-After": header})
        attempt = send(item_message("m1"), endpoint_at(oa.items_url), now=utc_now)
    assert attempt.outcome is Outcome.TRANSIENT
    waited = attempt.retry_after and attempt.retry_after.total_seconds()
    assert (waited or 0) == (seconds or 0)
    assert (attempt.retry_after is None) is (seconds is None)


def test_a_forged_or_unreadable_message_is_refused_and_not_kept(run, secret):
    def post(url, body, key):
        headers = signed_headers(
            message_id="m1", at=utc_now(), body=body, secrets=[key]
        )
        return requests.post(url, data=body, headers=headers, timeout=20).status_code

    with run() as oa:
        assert post(oa.items_url, b"{}", FOREIGN_SECRET) == 401
        assert post(oa.items_url, b"{}", secret) == 400
        assert post(oa.items_url, b'{"type":"x","data":{"item_id":"i"}}', secret) == 400
        assert requests.post(oa.items_url, data=b"{}", timeout=20).status_code == 400
        assert requests.get(oa.url + "/nothing", timeout=20).status_code == 404
        assert oa.tickets() == []
        assert oa.deliveries() == {}


def test_departments_report_in_business_time_as_the_story_says(
    run, endpoint_at, secret
):
    with (
        open_door(secret) as (callback_url, calls),
        run(callback_url=callback_url, story=True) as oa,
    ):
        endpoint = endpoint_at(oa.items_url)
        for number, issue in enumerate([LOUNGE, TAXI]):
            message = item_message(f"m{number}", f"it_{number}", issue=issue)
            send(message, endpoint, now=utc_now)
        assert oa.advance(day(5)) == {"played": 3, "waiting": 0}
        assert reports(calls) == [
            ("it_0", "accepted", day(1)),
            ("it_1", "rejected", day(2)),
            ("it_0", "in_progress", MONDAY + dt.timedelta(days=3.75)),
        ]
        assert oa.advance(day(5)) == {"played": 0, "waiting": 0}
        oa.advance(day(30))
        assert reports(calls)[-1] == ("it_0", "resolved", day(12))
        (fix,) = oa.fixes()
        assert fix == {
            "item_id": "it_0",
            "kind": "improvement",
            "theme": "lounge.drinks",
            "touchpoint": "lounge",
            "unit": "T2",
            "resolved_at": day(12).isoformat(),
        }


def test_a_late_copy_of_the_opening_does_not_undo_a_refusal(run, endpoint_at):
    with run(story=True) as oa:
        endpoint = endpoint_at(oa.items_url)
        send(item_message("m1", issue=TAXI), endpoint, now=utc_now)
        oa.advance(day(4))
        copy = send(item_message("m1", issue=TAXI), endpoint, now=utc_now)
    assert copy.reply == TicketReply(ticket_id="OA-000001", status="rejected")


def test_answering_one_customer_is_no_fix_of_the_cause(run, endpoint_at):
    with run(story=True) as oa:
        message = item_message("m1", kind=ItemKind.RECOVERY)
        send(message, endpoint_at(oa.items_url), now=utc_now)
        oa.advance(day(30))
        assert oa.callbacks()[-1]["status"] == "resolved"
        assert oa.fixes() == []


def test_a_refused_item_is_taken_over_by_the_next_department_on_the_same_ticket(
    run, endpoint_at
):
    with run(story=True) as oa:
        endpoint = endpoint_at(oa.items_url)
        send(item_message("m1", issue=TAXI), endpoint, now=utc_now)
        oa.advance(day(4))
        handed_over = item_message(
            "m2", event=EventType.UPDATED, at=day(5), issue=TAXI, department="care"
        )
        reply = send(handed_over, endpoint, now=utc_now).reply
        oa.advance(day(30))
        history = [(each["status"], each["ticket_id"]) for each in oa.callbacks()]
    assert reply == TicketReply(ticket_id="OA-000001", status="open")
    assert history == [
        ("rejected", "OA-000001"),
        ("accepted", "OA-000001"),
        ("in_progress", "OA-000001"),
    ]


def test_without_a_story_everything_is_accepted_and_nothing_resolved(run, endpoint_at):
    with run() as oa:
        send(item_message("m1"), endpoint_at(oa.items_url), now=utc_now)
        oa.advance(day(300))
        assert [each["status"] for each in oa.callbacks()] == [
            "accepted",
            "in_progress",
        ]
        assert oa.fixes() == []


def test_a_report_is_repeated_until_the_door_has_stored_it(run, endpoint_at, secret):
    with (
        open_door(secret, n_refused=2) as (callback_url, calls),
        run(callback_url=callback_url) as oa,
    ):
        send(item_message("m1", "it.1"), endpoint_at(oa.items_url), now=utc_now)
        assert oa.advance(day(30)) == {"played": 2, "waiting": 0}
        assert [status for _, status, _ in reports(calls)] == [
            "accepted",
            "in_progress",
        ]


def test_reports_wait_for_a_closed_door_even_over_a_kill(run, endpoint_at, secret):
    with run() as oa:
        send(item_message("m1"), endpoint_at(oa.items_url), now=utc_now)
        oa.advance(day(30))
        assert [each["acknowledged"] for each in oa.callbacks()] == [False, False]
        oa.kill()
    with (
        open_door(secret) as (callback_url, calls),
        run(callback_url=callback_url) as oa,
    ):
        assert oa.advance(day(30)) == {"played": 0, "waiting": 0}
        assert [status for _, status, _ in reports(calls)] == [
            "accepted",
            "in_progress",
        ]


def test_a_receiver_that_cannot_start_says_so(tmp_path, capfd):
    with (
        pytest.raises(HuixiangError, match="did not start"),
        start_receiver(tmp_path, environment={"PYTHONPATH": "."}),
    ):
        pass
    assert SECRET_VARIABLE in capfd.readouterr().err


def test_it_ends_when_its_starter_is_gone(run):
    with run() as oa:
        oa.process.stdin.close()
        assert oa.process.wait(20) == 0


def test_it_answers_when_asked_for_its_health(run):
    with run() as oa:
        answer = requests.get(oa.url + "/healthz", timeout=20)
    assert answer.json() == {"status": "ok"}
