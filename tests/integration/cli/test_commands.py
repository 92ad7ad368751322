"""Every command ends with 0, 1 or 2, and says in one line what to do next."""

import datetime as dt
import json

import pytest
import sqlalchemy as sa

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.outbox import DeliveryAttempt, MessageState, Outcome
from huixiang.errors import ConfigurationError
from tests.workbench import NOON, Said, answered, gone, open_item, refused

DAY = dt.timedelta(days=1)


@pytest.fixture
def item(bench):
    """A workspace with one open item and its message."""
    bench.hear([Said(number="1", at=NOON - DAY)])
    open_item(bench)
    with bench.app.store.reading() as uow:
        (row,) = uow.outbox.messages()
    return row.message_id


@pytest.fixture
def dead(bench, item):
    """The id of a dead letter."""
    with bench.run(flow="push") as context, context.transaction("die") as uow:
        (message,) = uow.outbox.claim_due(NOON, "r", ["desk"], 1)
        uow.outbox.record(
            message,
            DeliveryAttempt(outcome=Outcome.TERMINAL, attempted_at=NOON, reason=answered("no")),
            state=MessageState.DEAD, next_attempt_at=NOON, dead_reason=refused("no"),
        )  # fmt: skip
    return item


def one_line(text):
    assert text.strip()
    assert len(text.strip().splitlines()) == 1
    return text


def test_an_owner_takes_an_item_through_its_states(bench, item, huixiang):
    for words, status in (
        (["accept"], "accepted"),
        (["start"], "in_progress"),
        (["comment", "--text", "等配件"], "in_progress"),
        (["resolve", "--root-cause", "杯子没温"], "resolved"),
    ):
        ended = huixiang("item", words[0], "ai_1", "--by", "小王", "--json", *words[1:])
        assert ended.code == 0, ended.err
        assert ended.json["status"] == status
    assert bench.item("ai_1").root_cause == "杯子没温"
    listed = huixiang("item", "list", "--status", "resolved", "--json").json
    assert [row["item"] for row in listed] == ["ai_1"]
    assert huixiang("item", "list", "--department", "floor", "--json").json == []


def test_not_mine_names_the_new_department(bench, item, huixiang):
    ended = huixiang(
        "item", "reject", "ai_1", "--reason", "不归我", "--department", "floor"
    )
    assert ended.code == 0
    assert "floor" in ended.out

    unknown = huixiang(
        "item", "reject", "ai_1", "--reason", "不归我", "--department", "moon"
    )
    assert unknown.code == 2
    assert "known are kitchen, floor, office" in one_line(unknown.err)


def test_an_illegal_move_ends_with_1_and_names_both_states(bench, item, huixiang):
    ended = huixiang("item", "close", "ai_1")

    assert ended.code == 1
    assert "ai_1 cannot move from 'open' to 'closed'" in one_line(ended.err)


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["item", "show", "ai_none"], 1, "ids look like"),
        (["item", "accept", "ai_none"], 1, "huixiang item list"),
        (["item", "accept", "ai_1", "--as-of", "tomorrow"], 2, "2026-03-31T09:00"),
        (["item", "accept", "ai_1", "--as-of", "2020-01-01"], 2, "later --as-of"),
        (["item", "resolve", "ai_1"], 2, "--root-cause"),
        (["explain", "nothing"], 1, "ids look like"),
        (["run", "loop", "--direct", "--as-of", "soon"], 2, "2026-03-31T09:00"),
        (["run", "everything"], 2, "collect"),
        (["quarantine", "show", "ld_none"], 1, "huixiang quarantine list"),
        (["outbox", "show", "msg_none"], 1, "huixiang outbox list"),
        (["outbox", "replay", "msg_none"], 1, "--state dead"),
        (["endpoint", "test", "moon"], 2, "known: desk"),
        (["endpoint", "enable", "moon"], 2, "known: desk"),
        (["rules", "backtest", "--against", "none.yaml"], 2, "none.yaml"),
    ],
)
def test_wrong_use_is_answered_with_the_next_step(
    bench, item, huixiang, words, code, hint
):
    before = bench.untouched()
    ended = huixiang(*words)

    assert ended.code == code
    assert hint in ended.err
    assert bench.untouched() == before


def test_a_time_without_a_zone_is_the_workspace_s_clock(bench, item, huixiang):
    assert huixiang("item", "accept", "ai_1", "--as-of", "2026-03-13 09:00").code == 0

    with bench.app.store.reading() as uow:
        last = uow.items.moves("ai_1")[-1]
    assert last.moved_at == dt.datetime(2026, 3, 13, 1, 0, tzinfo=dt.UTC)


def test_only_dead_letters_are_replayed_and_all_or_none(bench, dead, huixiang):
    refused = huixiang("outbox", "replay", dead, "msg_none")
    assert refused.code == 1
    assert huixiang("outbox", "list", "--state", "dead", "--json").json

    assert huixiang("outbox", "replay", dead).out == "1 queued\n"
    again = huixiang("outbox", "replay", dead)
    assert again.code == 2
    assert "queued, not dead" in one_line(again.err)


@pytest.mark.parametrize("name", ["resume", "enable"])
def test_replaying_to_a_disabled_endpoint_says_how_to_resume_it(
    bench, dead, huixiang, name
):
    with bench.run(flow="x") as context, context.transaction("off") as uow:
        uow.outbox.disable(gone("desk"))
    (row,) = huixiang("endpoint", "list", "--json").json
    assert (row["state"], row["why"]) == ("disabled", "接收端回答 410：moved away")

    assert "huixiang endpoint resume desk" in huixiang("outbox", "replay", dead).err
    assert huixiang("endpoint", name, "desk").code == 0
    assert huixiang("endpoint", "list", "--json").json[0]["state"] == "ready"


def test_an_endpoint_can_be_tried_and_its_silence_is_a_problem(
    bench, huixiang, receiver, monkeypatch
):
    heard = huixiang("endpoint", "test", "desk")
    assert heard.code == 0
    assert "delivered" in heard.out
    assert receiver[0]["type"] == "huixiang.endpoint.test"

    monkeypatch.setenv("SHOP_DESK_URL", "http://127.0.0.1:9/")
    assert huixiang("endpoint", "test", "desk").code == 1
    monkeypatch.delenv("SHOP_DESK_SECRET")
    missing = huixiang("endpoint", "test", "desk")
    assert missing.code == 2
    assert "SHOP_DESK_SECRET is not set" in one_line(missing.err)


def test_settings_show_everything_but_secrets(bench, huixiang, monkeypatch):
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", "sqlite:////tmp/secret-path.db")
    monkeypatch.setenv("HUIXIANG_KEY", "a-very-secret-key")
    for words in ([], ["--json"]):
        ended = huixiang("settings", *words)
        assert ended.code == 0
        assert "secret-path" not in ended.out
        assert "a-very-secret-key" not in ended.out
    rows = {row["setting"]: row for row in huixiang("settings", "--json").json}
    assert rows["HUIXIANG_TIME_ZONE"]["value"] == "Asia/Shanghai"
    assert rows["HUIXIANG_KEY"]["value"] == "**********"
    assert all(row["help"] for row in rows.values())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HUIXIANG_TIME_ZONE", "Mars/Olympus"),
        ("HUIXIANG_LANGUAGE", "fr"),
        ("HUIXIANG_BATCH_SIZE", "0"),
        ("HUIXIANG_KEY", "short"),
        ("HUIXIANG_DATABASE_URL", "mysql://x"),
    ],
)
def test_a_wrong_setting_is_named_and_ends_with_2(
    bench, huixiang, monkeypatch, name, value
):
    monkeypatch.setenv(name, value)
    ended = huixiang("ledger")

    assert ended.code == 2
    assert name in one_line(ended.err)


def test_a_folder_that_is_no_workspace_says_how_to_make_one(tmp_path, huixiang):
    ended = huixiang("ledger", "--home", tmp_path)

    assert ended.code == 2
    assert "huixiang init DIR" in one_line(ended.err)
    assert list(tmp_path.iterdir()) == []


def test_check_says_where_and_what(bench, huixiang):
    assert huixiang("check").code == 0
    assert huixiang("check").out.startswith("OK: 1 sources")
    path = bench.home / "rules" / "routing.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("department: floor", "department: moon"), encoding="utf-8"
    )

    ended = huixiang("check", "--json")
    assert ended.code == 1
    assert any(line.startswith("routing.yaml:") for line in json.loads(ended.out))
    assert "errors in rules/: 1" in ended.err


def test_check_names_what_an_endpoint_still_needs(bench, huixiang, monkeypatch):
    monkeypatch.delenv("SHOP_DESK_URL", raising=False)

    ended = huixiang("check")

    assert ended.code == 0
    assert "SHOP_DESK_URL is not set" in ended.err


def test_tests_of_the_rules_run_and_a_failed_one_ends_with_1(bench, huixiang):
    passed = huixiang("rules", "test", "--json")
    assert passed.code == 0
    assert [row["passed"] for row in passed.json] == ["✓"]
    path = bench.home / "rules" / "routing.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("expect: {department: kitchen", "expect: {department: floor"),
        encoding="utf-8",
    )

    failed = huixiang("rules", "test")
    assert failed.code == 1
    assert "1 of 1 rule tests failed" in failed.err


def test_schemas_are_json(huixiang, tmp_path):
    assert "routing.yaml" in json.dumps(huixiang("rules", "schema").json)
    written = huixiang("rules", "schema", "--out", tmp_path)
    assert written.code == 0
    assert all(json.loads(path.read_bytes()) for path in tmp_path.iterdir())


def test_a_new_workspace_is_made_once_and_passes_its_own_check(tmp_path, huixiang):
    home = tmp_path / "new"
    assert huixiang("init", home).code == 0
    names = {path.name for path in home.iterdir()}
    assert {"rules", "expectations", "inbox", "prefect.yaml", ".env.example"} <= names
    assert huixiang("check", "--home", home).code == 0
    assert huixiang("rules", "test", "--home", home).code == 0

    again = huixiang("init", home)
    assert again.code == 2
    assert "not empty" in one_line(again.err)


def test_while_a_run_is_writing_an_owner_is_heard_and_told_when_it_counts(
    bench, item, huixiang
):
    bench.clock.now = dt.datetime(2126, 1, 1, tzinfo=dt.UTC)
    with bench.run():
        ended = huixiang("item", "accept", "ai_1", "--json")
        assert bench.item("ai_1").status is ActionStatus.OPEN
    assert (ended.code, ended.json["outcome"]) == (0, "waiting")
    assert "正在写入的运行会让它生效" in ended.err
    assert bench.item("ai_1").status is ActionStatus.ACCEPTED


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_done(
    tmp_path, bench, huixiang, monkeypatch
):
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    url = f"sqlite:///{blocked / 'x.db'}"
    monkeypatch.setenv("HUIXIANG_DATABASE_URL", url)

    ended = huixiang("ledger")
    assert ended.code == 2
    assert "HUIXIANG_DATABASE_URL" in one_line(ended.err)


def test_the_audit_says_who_decided_what_and_what_became_of_it(bench, item, huixiang):
    huixiang("item", "accept", "ai_1", "--by", "小王", "--reason", "今天看")
    huixiang("item", "close", "ai_1")

    refused, applied = huixiang("act", "list", "--target", "ai_1", "--json").json
    assert (applied["verb"], applied["claimed_name"]) == ("item.accept", "小王")
    assert applied["actor"].startswith("cli:")
    assert applied["payload"] == {"reason": "今天看"}
    assert (applied["outcome"], applied["item"]) == ("applied", "ai_1")
    assert (refused["outcome"], refused["reason"]) == ("refused", "illegal_move")
    assert refused["facts"] == {"before": "accepted", "after": "closed"}
    shown = huixiang("act", "show", refused["act"])
    assert "accepted" in shown.out
    assert huixiang("act", "list", "--outcome", "waiting", "--json").json == []
    assert "关闭行动项" in huixiang("act", "list", "--verb", "item.close").out
    assert huixiang("act", "list", "--since", "2100-01-01", "--json").json == []


def test_the_ledger_names_the_first_act_that_was_changed(bench, item, huixiang):
    huixiang("item", "accept", "ai_1", "--by", "小王")
    assert huixiang("ledger", "--json").json["broken_act"] is None
    with bench.app.store._engine.begin() as connection:
        connection.execute(sa.text("UPDATE act SET actor = 'somebody'"))

    ended = huixiang("ledger", "--json")
    assert ended.code == 1
    assert ended.json["broken_act"]["fault"] == "facts"
    assert "the chain of acts is broken at number 1 act_" in one_line(ended.err)


@pytest.mark.parametrize(
    "words", [["comment", "--text", " "], ["resolve", "--root-cause", ""]]
)
def test_words_that_say_nothing_are_refused(bench, item, huixiang, words):
    ended = huixiang("item", words[0], "ai_1", *words[1:])
    assert ended.code == 2
    assert "it is empty" in ended.err
    assert huixiang("act", "list", "--json").json == []


def test_more_acts_than_a_database_can_count_are_no_crash(bench, huixiang):
    assert huixiang("act", "list", "--limit", "9" * 20).code == 2


def test_what_is_decided_while_no_rules_can_be_used_is_kept_and_says_so(
    item, huixiang, monkeypatch
):
    def fails(_):
        raise ConfigurationError("the rules cannot be used")

    monkeypatch.setattr("huixiang.steps.acts.decide.apply_decisions", fails)
    ended = huixiang("item", "comment", "ai_1", "--text", "等配件")
    (act,) = huixiang("act", "list", "--json").json
    assert ended.code == 2
    assert f"已记录为 {act['act']}" in ended.err
    assert "the rules cannot be used" in ended.err
    assert act["outcome"] == "waiting"
