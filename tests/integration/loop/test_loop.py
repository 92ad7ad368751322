"""Once around the loop, on both databases, with a real OA."""

from pathlib import Path

from huixiang.cli.flow_runs import rehearse, run_direct
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.outbox import MessageState
from tests.shop import AS_OF, write_csv


def test_every_record_ends_in_exactly_one_place(shop):
    facts = run_direct("loop", shop.home, AS_OF)

    assert facts["pull"]["counter"]["n_new"] == 424
    assert facts["validate"] == {"n_stored": 421, "n_duplicates": 1, "n_quarantined": 2}
    with shop.open().store.reading() as uow:
        ledger = uow.ledgers.read()
    assert [each.name for each in ledger.broken] == []
    assert len(ledger.equations) == 7


def test_an_issue_that_got_worse_and_a_critical_voice_become_items(shop):
    run_direct("loop", shop.home, AS_OF)

    with shop.open().store.reading() as uow:
        items = {item.kind: item for item in uow.items.find()}
        delivered = uow.outbox.messages(MessageState.DELIVERED)
    assert set(items) == {ItemKind.IMPROVEMENT, ItemKind.RECOVERY}
    assert items[ItemKind.IMPROVEMENT].department == "kitchen"
    assert items[ItemKind.RECOVERY].department == "office"
    assert {row.item_id for row in delivered} == {i.item_id for i in items.values()}
    tickets = shop.office.tickets()
    assert {each["item_id"] for each in tickets} == {
        item.item_id for item in items.values()
    }


def test_a_second_run_changes_nothing_but_the_list_of_runs(shop):
    run_direct("loop", shop.home, AS_OF)
    before, sent = shop.business_rows(), shop.office.deliveries()

    run_direct("loop", shop.home, AS_OF)

    assert shop.business_rows() == before
    assert shop.office.deliveries() == sent


def test_a_rehearsal_shows_everything_and_keeps_and_sends_nothing(shop):
    shop.open().prepare()
    before = shop.business_rows()

    facts = rehearse("loop", shop.home, AS_OF)

    assert len(facts["would_open"]) == 2
    assert {each["endpoint"] for each in facts["would_send"]} == {"desk"}
    assert shop.business_rows() == before
    assert shop.office.deliveries() == {}


def test_a_new_file_in_the_inbox_is_picked_up_by_the_next_run(shop):
    run_direct("loop", shop.home, AS_OF)
    late = [["n1", "店员帮我找回了雨伞", "2026-03-11 18:00", "5", "door", "南门店", ""]]
    write_csv(shop.home / "inbox" / "late.csv", late)

    facts = run_direct("loop", shop.home, AS_OF)

    assert facts["pull"]["counter"]["n_new"] == 1


def test_a_run_that_names_no_time_takes_the_one_of_the_workspace(shop):
    name = "name: {zh: 小店, en: Shop}"
    text = f"{name}\nas_of: {AS_OF.isoformat()}\n"
    (shop.home / "rules" / "workspace.yaml").write_text(text, encoding="utf-8")

    run_direct("loop", shop.home, None)

    with shop.open().store.reading() as uow:
        assert {item.opened_at for item in uow.items.find()} == {AS_OF}


def test_what_the_oa_reports_moves_the_item_once(shop):
    run_direct("loop", shop.home, AS_OF)
    shop.office.advance(AS_OF)
    run_direct("loop", shop.home, AS_OF)
    with shop.open().store.reading() as uow:
        statuses = {item.status for item in uow.items.find()}
        waiting = uow.acts.waiting()
    assert statuses <= {ActionStatus.OPEN, ActionStatus.ACCEPTED}
    assert waiting == []


def test_personal_data_is_masked_in_all_that_is_stored_sent_or_reported(shop):
    facts = run_direct("loop", shop.home, AS_OF)

    stored = repr(shop.business_rows())
    report = Path(facts["report"]["html"]).read_text(encoding="utf-8")
    told = repr(shop.office.tickets())
    assert "玻璃渣" in stored
    assert "玻璃渣" in report
    assert "13800138000" not in stored + report + told
