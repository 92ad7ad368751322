"""Acts are written once, in one order, and whoever changes one is found out."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from huixiang.domain.acts.act import (
    ActDoor,
    ActFilter,
    Actor,
    ActorKind,
    ActOutcome,
    ActReason,
    ActTarget,
    ChainFault,
    NewAct,
    Settlement,
    SignedCall,
    TargetKind,
)
from huixiang.domain.acts.decision import ActVerb, CommentItem, ReleaseRecord
from huixiang.errors import NotFound
from huixiang.store.tables.acts import ActHeadRow, ActOutcomeRow, ActRow

NOON = dt.datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)
LI = Actor(kind=ActorKind.CLI, name="li")
OA = Actor(kind=ActorKind.ENDPOINT, name="oa")


def comment(words="等配件", item="ai_1", **more):
    fields = {"actor": LI, "door": ActDoor.CLI, "claimed_name": "小王"} | more
    return NewAct(
        target=ActTarget(kind=TargetKind.ITEM, id=item),
        payload=CommentItem(reason=words),
        **fields,
    )


def add(store, *acts, at=NOON):
    with store.transaction("record") as uow:
        return [uow.acts.add(each, at) for each in acts]


def settle(store, act, outcome=ActOutcome.APPLIED, **more):
    settlement = Settlement(outcome=outcome, settled_at=NOON, run_id="run_1", **more)
    with store.transaction("settle") as uow:
        uow.acts.settle(act.act_id, settlement)


def broken(store):
    with store.reading() as uow:
        return uow.acts.broken()


def change(store, statement):
    """Do what somebody with the database's password can do."""
    with store._engine.begin() as connection:
        assert connection.execute(statement).rowcount


@pytest.fixture
def three(store):
    """Three acts, the second of them applied."""
    acts = add(store, comment("一"), comment("二"), comment("三"))
    settle(store, acts[1], item_id="ai_1", facts={"n": 1})
    return acts


def test_an_act_comes_back_as_it_was_written(store):
    claimed = NOON - dt.timedelta(days=1)
    (act,) = add(store, comment(claimed_at=claimed))

    with store.reading() as uow:
        assert uow.acts.get(act.act_id) == act
    assert (act.number, act.verb, str(act.actor)) == (1, ActVerb.ITEM_COMMENT, "cli:li")
    assert (act.claimed_at, act.recorded_at, act.moment) == (claimed, NOON, claimed)
    assert (act.payload, act.who) == (CommentItem(reason="等配件"), "小王")
    assert (act.outcome, act.settlement) == (ActOutcome.WAITING, None)


def test_what_became_of_it_is_written_once(store, three):
    with store.reading() as uow:
        waiting = uow.acts.waiting()
        settled = uow.acts.get(three[1].act_id).settlement

    assert [act.number for act in waiting] == [1, 3]
    assert (settled.outcome, settled.item_id, settled.run_id, settled.facts) == (
        ActOutcome.APPLIED, "ai_1", "run_1", {"n": 1},
    )  # fmt: skip
    with pytest.raises(sa.exc.IntegrityError):
        settle(store, three[1], ActOutcome.REFUSED, reason=ActReason.NOT_ALLOWED)


def test_acts_that_wait_come_in_the_order_they_count(store):
    hour = dt.timedelta(hours=1)
    add(store, comment("2", claimed_at=NOON), comment("1", claimed_at=NOON - hour),
        comment("3", claimed_at=NOON))  # fmt: skip

    with store.reading() as uow:
        said = [act.payload.reason for act in uow.acts.waiting()]
    assert said == ["1", "2", "3"]


def test_an_untouched_chain_holds(store, three):
    assert broken(store) is None


def test_a_chain_without_acts_holds(store):
    assert broken(store) is None


def test_erased_words_leave_the_chain_as_it_was(store, three):
    with store.transaction("erase") as uow:
        for act in three:
            uow.acts.erase(act.act_id)

    assert broken(store) is None
    with store.reading() as uow:
        act = uow.acts.get(three[0].act_id)
    assert (act.payload, act.claimed_name) == (CommentItem(reason=""), "")


def test_what_is_sealed_goes_when_it_is_applied_and_the_chain_holds(store):
    new = NewAct(
        actor=LI,
        door=ActDoor.CLI,
        target=ActTarget(kind=TargetKind.RECORD, id="ld_1"),
        payload=ReleaseRecord(reason="补上日期", changes={"phone": "13800138000"}),
    )
    (act,) = add(store, new)
    assert act.payload.changes == {"phone": "13800138000"}
    assert broken(store) is None
    settle(store, act)

    assert broken(store) is None
    with store.reading() as uow:
        assert uow.acts.get(act.act_id).payload.changes == {}


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"target": "ai_2"}, ChainFault.FACTS),
        ({"actor": "wang"}, ChainFault.FACTS),
        ({"verb": ActVerb.ITEM_CLOSE}, ChainFault.FACTS),
        ({"facts": {"n": 2}}, ChainFault.FACTS),
        ({"recorded_at": NOON + dt.timedelta(microseconds=1)}, ChainFault.FACTS),
        ({"claimed_at": NOON}, ChainFault.FACTS),
        ({"digests": {}}, ChainFault.FACTS),
        ({"salt": "00"}, ChainFault.FACTS),
        ({"hash": "00"}, ChainFault.FACTS),
        ({"previous_hash": "00"}, ChainFault.ORDER),
        ({"words": {"reason": "别的话"}}, ChainFault.WORDS),
        ({"claimed_name": "老李"}, ChainFault.WORDS),
    ],
)
def test_a_changed_act_is_named(store, three, values, fault):
    change(store, sa.update(ActRow).where(ActRow.number == 2).values(**values))

    link = broken(store)
    assert (link.number, link.act_id, link.fault) == (2, three[1].act_id, fault)


@pytest.mark.parametrize(
    "values",
    [
        {"outcome": ActOutcome.REFUSED},
        {"reason": ActReason.OVERTAKEN},
        {"facts": {}},
        {"settled_at": NOON + dt.timedelta(hours=1)},
        {"run_id": None},
    ],
)
def test_a_changed_outcome_is_named(store, three, values):
    change(store, sa.update(ActOutcomeRow).values(**values))

    assert broken(store).fault is ChainFault.OUTCOME
    assert broken(store).act_id == three[1].act_id


def test_an_outcome_that_was_removed_is_missed(store, three):
    change(store, sa.delete(ActOutcomeRow))

    link = broken(store)
    assert (link.act_id, link.fault) == (three[0].act_id, ChainFault.OUTCOME_REMOVED)


def test_outcomes_that_were_never_written_are_found(store, three):
    change(store, sa.update(ActHeadRow).values(number=0, hash=""))
    change(store, sa.delete(ActRow).where(ActRow.act_id == three[2].act_id))

    assert broken(store) is not None


@pytest.mark.parametrize("table", ["act", "act_outcome"])
def test_an_act_that_cannot_be_read_any_more_is_named(store, three, table):
    statement = {
        "act": "UPDATE act SET verb = 'nope' WHERE number = 2",
        "act_outcome": "UPDATE act_outcome SET outcome = 'nope'",
    }
    change(store, sa.text(statement[table]))

    link = broken(store)
    assert (link.number, link.act_id) == (2, three[1].act_id)
    assert link.fault is ChainFault.UNREADABLE


def test_words_that_were_never_said_are_found(store):
    add(store, comment("", claimed_name=""))
    change(store, sa.update(ActRow).values(words={"reason": "我同意"}))

    assert broken(store).fault is ChainFault.WORDS


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_removed_act_is_missed(store, three, number):
    act_id = three[number - 1].act_id
    if number == 2:
        change(store, sa.delete(ActOutcomeRow))
    change(store, sa.delete(ActRow).where(ActRow.act_id == act_id))

    assert (broken(store).number, broken(store).fault) == (number, ChainFault.MISSING)


def test_two_acts_that_change_places_are_found(store, three):
    for old, new in ((1, 100), (2, 1), (100, 2)):
        change(store, sa.update(ActRow).where(ActRow.number == old).values(number=new))

    assert broken(store).number == 1


def test_a_head_that_was_taken_back_hides_nothing(store, three):
    change(store, sa.update(ActHeadRow).values(number=2))

    assert broken(store).fault is ChainFault.MISSING


def test_many_at_once_make_one_chain(store):
    def write(number):
        add(store, comment(str(number), item=f"ai_{number % 3}"))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(40)))

    assert broken(store) is None
    with store.reading() as uow:
        acts = uow.acts.find(ActFilter())
    assert [act.number for act in acts] == list(range(40, 0, -1))
    assert {act.payload.reason for act in acts} == set(map(str, range(40)))


def test_a_transaction_that_fails_leaves_no_gap(store):
    def fail():
        with store.transaction("record") as uow:
            uow.acts.add(comment(), NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    add(store, comment())

    assert broken(store) is None


def test_a_call_is_known_by_its_id_and_by_what_it_said(store):
    first, other = (SignedCall(call_id="oa:1", content=each) for each in (b"a", b"b"))
    add(store, comment(actor=OA, door=ActDoor.CALL, call=first))

    with store.transaction("call") as uow:
        assert [each.is_same for each in uow.acts.of_call(first)] == [True]
        assert [each.is_same for each in uow.acts.of_call(other)] == [False]
        assert uow.acts.of_call(SignedCall(call_id="oa:2", content=b"a")) == []


def test_acts_are_found_by_who_what_when_and_what_became_of_them(store):
    day = dt.timedelta(days=1)
    add(store, comment(), comment(item="ai_2"))
    (call,) = add(store, comment(actor=OA, door=ActDoor.CALL), at=NOON + day)
    settle(store, call, ActOutcome.REFUSED, reason=ActReason.OVERTAKEN)

    def numbers(**wanted):
        with store.reading() as uow:
            return [act.number for act in uow.acts.find(ActFilter(**wanted))]

    assert numbers() == [3, 2, 1]
    assert numbers(actor="endpoint:oa") == numbers(actor="oa") == [3]
    assert numbers(actor="cli:oa") == []
    assert numbers(target="ai_2") == numbers(target="item:ai_2") == [2]
    assert numbers(target="ticket:ai_2") == numbers(target="item:") == []
    assert numbers(verb=ActVerb.ITEM_COMMENT, limit=2) == [3, 2]
    assert numbers(since=NOON + day) == [3]
    assert numbers(until=NOON + day) == [2, 1]
    assert numbers(outcome=ActOutcome.WAITING) == [2, 1]
    assert numbers(outcome=ActOutcome.REFUSED) == [3]


def test_an_act_that_nobody_wrote_is_not_found(store):
    with pytest.raises(NotFound, match="huixiang act list"), store.reading() as uow:
        uow.acts.get("act_none")
