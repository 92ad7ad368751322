"""What people decide waits for nobody to write it down, and is applied in order."""

import datetime as dt

import pytest

from huixiang.domain.acts.act import (
    ActDoor,
    ActFilter,
    Actor,
    ActorKind,
    ActOutcome,
    ActReason,
    ActTarget,
    NewAct,
    TargetKind,
)
from huixiang.domain.acts.decision import (
    AcceptItem,
    AcceptTheme,
    ActVerb,
    CancelItem,
    CloseItem,
    CommentItem,
    NoteReview,
    ResolveItem,
    ResumeEndpoint,
)
from huixiang.domain.items.action import ActionStatus
from huixiang.errors import ConfigurationError, IllegalMove, NotFound
from huixiang.steps.acts.apply import apply_due
from huixiang.steps.acts.handlers import HANDLERS
from huixiang.steps.acts.record import record_acts
from tests.workbench import NOON, Said, act_on, open_item

HOUR = dt.timedelta(hours=1)


@pytest.fixture
def shop(bench):
    """A workspace with two open items."""
    bench.hear([Said(number="1", at=NOON - 24 * HOUR)])
    open_item(bench)
    open_item(bench, "ai_2")
    return bench


def item(bench, payload, item_id="ai_1", **more):
    return act_on(bench, TargetKind.ITEM, item_id, payload, **more)


def outcomes(bench):
    with bench.app.store.reading() as uow:
        return [act.outcome.value for act in reversed(uow.acts.find(ActFilter()))]


def test_while_a_run_writes_acts_wait_and_its_end_applies_them_in_order(shop):
    shop.clock.pass_(hours=1)
    with shop.run():
        item(shop, AcceptItem(reason="今天看"))
        item(shop, CloseItem())
        item(shop, ResolveItem(root_cause="杯子没温"))
        item(shop, CommentItem(reason="等配件"), "ai_2")
        assert outcomes(shop) == ["waiting"] * 4
        assert shop.item("ai_1").status is ActionStatus.OPEN

    # What is refused holds up nothing behind it.
    assert outcomes(shop) == ["applied", "refused", "applied", "applied"]
    assert shop.item("ai_1").status is ActionStatus.RESOLVED
    assert shop.ledger_holds()


def test_a_fault_of_ours_holds_up_one_target_and_loses_nothing(shop, monkeypatch):
    def broken(context, uow, act):
        raise ZeroDivisionError

    with monkeypatch.context() as patch:
        patch.setitem(HANDLERS, ActVerb.ITEM_ACCEPT, broken)
        with shop.run():
            item(shop, AcceptItem())
            item(shop, CommentItem(reason="等配件"))
            item(shop, CommentItem(reason="等配件"), "ai_2")
        assert outcomes(shop) == ["waiting", "waiting", "applied"]
        with shop.run() as context:
            assert apply_due(context) == {"stuck": 1, "waiting": 1}

    with shop.run():
        pass
    assert outcomes(shop) == ["applied"] * 3
    assert shop.item("ai_1").status is ActionStatus.ACCEPTED


def write_down(bench, kind, target_id, payload):
    """Write an act down as a process that dies right after."""
    new = NewAct(
        actor=Actor(kind=ActorKind.CLI, name="till"),
        door=ActDoor.CLI,
        target=ActTarget(kind=kind, id=target_id),
        payload=payload,
    )
    record_acts(bench.app.store, bench.clock, [new])


def test_what_was_left_waiting_is_applied_when_the_next_run_begins(shop):
    write_down(shop, TargetKind.ITEM, "ai_1", AcceptItem())
    assert outcomes(shop) == ["waiting"]

    with shop.run(NOON + HOUR):
        assert shop.item("ai_1").status is ActionStatus.ACCEPTED
        before = shop.rows()
    assert shop.rows() == before


def test_the_time_a_person_claims_is_the_time_that_counts(shop):
    act = item(shop, AcceptItem(), as_of=NOON + 5 * HOUR)

    assert (act.claimed_at, act.recorded_at) == (NOON + 5 * HOUR, NOON)
    with shop.app.store.reading() as uow:
        assert uow.items.moves("ai_1")[-1].moved_at == NOON + 5 * HOUR


def test_a_refused_act_is_kept_with_its_code_and_facts_and_nobody_s_words(shop):
    item(shop, CancelItem(reason="电话13800138000"))
    with pytest.raises(IllegalMove):
        item(shop, AcceptItem())
    with pytest.raises(NotFound):
        item(shop, AcceptItem(), "ai_none")
    with pytest.raises(ConfigurationError):
        act_on(shop, TargetKind.ENDPOINT, "moon", ResumeEndpoint())
    with pytest.raises(NotFound):
        act_on(shop, TargetKind.FEEDBACK, "fb_none", NoteReview(review_id="rv_1"))

    with shop.app.store.reading() as uow:
        acts = uow.acts.find(ActFilter(outcome=ActOutcome.REFUSED))
    assert [act.settlement.reason for act in reversed(acts)] == [
        ActReason.ILLEGAL_MOVE,
        ActReason.NOT_FOUND,
        ActReason.UNKNOWN_ENDPOINT,
        ActReason.NOT_FOUND,
    ]
    assert acts[-1].settlement.facts == {"before": "cancelled", "after": "accepted"}
    assert "13800138000" not in repr(shop.rows())


def test_a_rehearsal_applies_nothing_that_writes_files(shop):
    theme = AcceptTheme(theme_id="face", name_zh="人脸", name_en="Face")
    write_down(shop, TargetKind.PROPOSAL, "et_1", theme)
    write_down(shop, TargetKind.ITEM, "ai_1", AcceptItem())

    with shop.app.store.rehearsal(), shop.run(NOON + HOUR):
        assert outcomes(shop) == ["waiting", "applied"]
    assert outcomes(shop) == ["waiting", "waiting"]
