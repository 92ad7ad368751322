"""Sending: one message, one id, whatever happens between claim and record."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from huixiang.delivery.endpoint import resolve_endpoint
from huixiang.delivery.platforms.kinds import platforms
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.outbox import DeliveryAttempt, MessageState, Outcome
from huixiang.domain.items.statement import OwnerStatement, StatementKind
from huixiang.steps.items.owner import apply_statement
from huixiang.steps.messages.push import push_due
from huixiang.store.tables.items import MessageRow
from huixiang.wording.items.messages import dead_words
from tests.workbench import NOON, Said, answered, delivered, open_item

HOUR = dt.timedelta(hours=1)


class Net:
    """A network that answers as told, and remembers what it was sent."""

    def __init__(self, clock):
        self.clock = clock
        self.sent = []
        self.answers = {}

    def __call__(self, message, endpoint):
        self.sent.append(message)
        outcome, more = self.answers.get(message.item_id, (Outcome.DELIVERED, {}))
        if outcome is Outcome.DELIVERED:
            return delivered(message, self.clock())
        return DeliveryAttempt(outcome=outcome, attempted_at=self.clock(), **more)


@pytest.fixture
def net(bench):
    return Net(bench.clock)


@pytest.fixture
def queued(bench):
    """A workspace with one message to send."""
    bench.hear([Said(number="1", at=NOON - HOUR)])
    open_item(bench)
    return bench


def push(bench, net, **endpoint):
    book = bench.app.rulebook.endpoints
    ready = {
        name: resolve_endpoint(e, platforms()[e.kind], bench.app.variables)
        for name, e in book.items()
    }
    with bench.run(flow="push") as context:
        return dict(push_due(context, ready, net))


def messages(bench):
    with bench.app.store.reading() as uow:
        return uow.outbox.messages()


def why_dead(message):
    return dead_words(message.dead_reason).en


def test_a_message_is_sent_once_and_its_ticket_is_kept(queued, net):
    assert push(queued, net) == {"delivered": 1}
    assert push(queued, net) == {}

    (row,) = messages(queued)
    assert row.state is MessageState.DELIVERED
    with queued.app.store.reading() as uow:
        (ticket,) = uow.outbox.remote_tickets("ai_1")
        assert uow.outbox.item_of_ticket("desk", "T-ai_1") == "ai_1"
    assert ticket.remote_status == "new"
    assert json.loads(net.sent[0].rendered.body)["id"] == net.sent[0].message_id
    assert queued.ledger_holds()


def test_failures_walk_the_schedule_with_the_same_id_and_end_as_a_dead_letter(
    queued, net
):
    queued.rewrite(
        "endpoints.yaml", "timeout_seconds: 10",
        "timeout_seconds: 10\n    delays_seconds: [60, 3600]",
    )  # fmt: skip
    net.answers["ai_1"] = (Outcome.TRANSIENT, {"status_code": 503})
    gaps = []
    for seconds in (0, 72, 4320):  # the delays with their jitter of up to a fifth
        queued.clock.pass_(seconds=seconds)
        before = queued.clock()
        push(queued, net)
        gaps.append((messages(queued)[0].next_attempt_at - before).total_seconds())

    assert 60 <= gaps[0] <= 72
    assert 3600 <= gaps[1] <= 4320
    (row,) = messages(queued)
    assert row.state is MessageState.DEAD
    assert "gave up after 3 attempts" in why_dead(row)
    assert len({message.message_id for message in net.sent}) == 1
    with queued.app.store.reading() as uow:
        attempts = uow.outbox.attempts(row.message_id)
    assert [each.number for each in attempts] == [1, 2, 3]
    assert queued.ledger_holds()


def test_nothing_is_sent_before_its_time(queued, net):
    net.answers["ai_1"] = (Outcome.TRANSIENT, {"retry_after": HOUR})
    push(queued, net)
    queued.clock.pass_(minutes=59)
    assert push(queued, net) == {}

    queued.clock.pass_(minutes=2)
    assert push(queued, net) == {"queued again": 1}


def test_a_dead_letter_can_be_sent_again_by_hand_and_keeps_its_id(queued, net):
    net.answers["ai_1"] = (
        Outcome.TERMINAL,
        {"status_code": 400, "reason": answered("bad")},
    )
    push(queued, net)
    (dead,) = messages(queued)
    assert (dead.state, why_dead(dead)) == (
        MessageState.DEAD,
        "endpoint answered 400: bad",
    )

    net.answers.clear()
    with queued.run(flow="outbox") as context, context.transaction("replay") as uow:
        assert uow.outbox.replay([dead.message_id], context.now()) == 1
        assert uow.outbox.replay(["msg_none"], context.now()) == 0
    assert push(queued, net) == {"delivered": 1}
    assert net.sent[0].message_id == net.sent[1].message_id


def test_an_endpoint_that_is_gone_hears_nothing_more_of_the_same_batch(queued, net):
    for number in range(2, 5):
        open_item(queued, f"ai_{number}")
    gone = (Outcome.TERMINAL, {"status_code": 410, "disable_endpoint": True})
    net.answers = {f"ai_{number}": gone for number in range(1, 5)}

    assert push(queued, net) == {"dead letter": 1, "postponed": 3}
    assert len(net.sent) == 1
    assert push(queued, net) == {}
    with queued.app.store.reading() as uow:
        assert set(uow.outbox.disabled()) == {"desk"}

    net.answers.clear()
    with queued.run(flow="endpoint") as context, context.transaction("on") as uow:
        uow.outbox.enable("desk")
    assert push(queued, net) == {"delivered": 3}
    assert queued.ledger_holds()


def test_a_message_that_a_dead_run_was_sending_is_sent_again_with_the_same_id(
    queued, net
):
    class Killed(BaseException):
        pass

    def die(name):
        if name == "sent":
            raise Killed

    queued.app.store.boundary = die
    with pytest.raises(Killed):
        push(queued, net)
    assert messages(queued)[0].state is MessageState.SENDING

    queued.app.store.boundary = lambda _: None
    assert push(queued, net) == {"delivered": 1}
    assert len(net.sent) == 2
    assert net.sent[0].message_id == net.sent[1].message_id
    assert net.sent[0].rendered == net.sent[1].rendered
    assert queued.ledger_holds()


def test_the_bytes_of_a_message_are_fixed_before_it_is_first_sent(queued, net):
    class Killed(BaseException):
        pass

    def die(name):
        if name == "after claim":
            raise Killed

    assert messages(queued)[0].rendered is None
    queued.app.store.boundary = die
    with pytest.raises(Killed):
        push(queued, net)
    fixed = messages(queued)[0].rendered
    queued.app.store.boundary = lambda _: None

    assert push(queued, net) == {"delivered": 1}
    assert [message.rendered for message in net.sent] == [fixed]


def test_a_name_of_the_rules_may_hold_any_character(bench, net):
    bench.rewrite("departments.yaml", "zh: 吧台", 'zh: "吧\\0台"')
    bench.hear([Said(number="1", at=NOON - HOUR)])
    open_item(bench)

    assert push(bench, net) == {"delivered": 1}
    assert "吧 台".encode() in net.sent[0].rendered.body


def test_what_was_sent_is_kept_sealed(queued, net):
    push(queued, net)

    assert "咖啡".encode() in messages(queued)[0].rendered.body
    with queued.app.store.reading() as uow:
        row = uow._connection.execute(sa.select(MessageRow.__table__)).one()
    assert "咖啡".encode() not in row.body
    assert queued.app.store._vault.open(row.body) == net.sent[0].rendered.body


def test_where_a_second_copy_would_be_a_second_notice_a_person_decides(queued, net):
    queued.rewrite(
        "endpoints.yaml",
        "timeout_seconds: 10",
        "timeout_seconds: 10\n    idempotent: false",
    )
    with queued.run(flow="push") as context, context.transaction("claim") as uow:
        uow.outbox.claim_due(context.now(), "a run that died", ["desk"], 10)

    assert push(queued, net) == {"dead letter": 1}
    assert net.sent == []
    assert "second notice" in why_dead(messages(queued)[0])


def test_a_pace_postpones_what_is_too_much_for_now_and_remembers_over_runs(queued, net):
    for number in range(2, 5):
        open_item(queued, f"ai_{number}")
    queued.rewrite(
        "endpoints.yaml",
        "timeout_seconds: 10",
        "timeout_seconds: 10\n    per_minute: 4",
    )

    assert push(queued, net) == {"delivered": 2, "postponed": 2}
    queued.clock.pass_(seconds=15)
    assert push(queued, net) == {}
    queued.clock.pass_(seconds=16)
    assert push(queued, net) == {"delivered": 1, "postponed": 1}
    queued.clock.pass_(minutes=1)
    assert push(queued, net) == {"delivered": 1}
    assert queued.ledger_holds()


def test_an_endpoint_that_is_not_set_up_keeps_its_messages_waiting(queued, net):
    with queued.run(flow="push") as context:
        assert push_due(context, {}, net) == {}

    assert messages(queued)[0].state is MessageState.QUEUED
    assert queued.ledger_holds()


def _accept(bench):
    statement = OwnerStatement(
        item_id="ai_1", kind=StatementKind.ACCEPTED, stated_at=NOON, actor="x"
    )
    with bench.run() as context, context.transaction("answer") as uow:
        apply_statement(context, uow, statement)


def test_a_change_and_its_message_are_stored_together_or_not_at_all(queued):
    def die(name):
        if name == "before answer":
            raise ZeroDivisionError

    queued.app.store.boundary = die
    before = queued.rows()
    with pytest.raises(ZeroDivisionError):
        _accept(queued)

    assert queued.rows() == before
    assert queued.item("ai_1").status is ActionStatus.OPEN
