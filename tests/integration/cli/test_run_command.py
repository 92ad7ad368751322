"""`huixiang run`: once around, rehearsed, with problems, and looked at afterwards."""

import json

import pytest

from tests.shop import AS_OF

T = AS_OF.isoformat()


@pytest.fixture
def gone_round(shop, huixiang, receiver):
    """The shop after one loop."""
    ended = huixiang("run", "loop", "--direct", "--as-of", T, "--json")
    assert ended.code == 0, ended.err
    return shop, ended.json


def test_a_loop_ends_with_0_although_records_were_quarantined(
    gone_round, huixiang, receiver
):
    home, facts = gone_round

    assert facts["validate"]["n_quarantined"] == 2
    assert facts["problems"] == []
    assert facts["push"]["delivered"] == len(receiver) == 2
    ledger = huixiang("ledger", "--json").json
    assert ledger["holds"]
    assert all(
        sum(each["left"].values()) == sum(each["right"].values()) == each["left_total"]
        for each in ledger["equations"]
    )
    assert (home / ".huixiang" / "reports").is_dir()
    _every_table_prints(huixiang)
    _every_id_explains(huixiang)
    _the_quarantine_is_emptied_by_hand(huixiang)
    _a_rule_change_is_tried_on_the_past(home, huixiang)


def _every_table_prints(huixiang):
    for words in (
        ["item", "list"],
        ["quarantine", "list", "--all"],
        ["outbox", "list"],
        ["endpoint", "list"],
        ["ledger"],
    ):
        ended = huixiang(*words)
        assert ended.code == 0
        assert ended.out.strip()
        if words != ["ledger"]:
            assert huixiang(*words, "--json").json


def _every_id_explains(huixiang):
    item = huixiang("item", "list", "--json").json[0]["item"]
    message = huixiang("outbox", "list", "--json").json[0]["message_id"]
    landed = huixiang("quarantine", "list", "--json").json[0]["landing_id"]
    issue = json.loads(huixiang("explain", item, "--json").out)["facts"]["issue_id"]
    for key in (item, message, landed, issue):
        ended = huixiang("explain", key)
        assert ended.code == 0
        assert key in ended.out
    assert huixiang("item", "show", item).out == huixiang("explain", item).out
    assert huixiang("outbox", "show", message).json["attempts"]


def _the_quarantine_is_emptied_by_hand(huixiang):
    rows = huixiang("quarantine", "list", "--json").json
    by_rule = {row["violations"][0]["rule"]: row["landing_id"] for row in rows}
    undated = by_rule["time.readable"]
    assert huixiang("quarantine", "show", undated).json["fields"]["at"] == "someday"

    refused = huixiang(
        "quarantine", "release", undated, "--by", "小王", "--reason", "看过"
    )
    assert refused.code == 2
    assert "occurred_at" in refused.err
    malformed = huixiang(
        "quarantine", "release", undated, "--by", "小王", "--reason", "x", "--set", "at"
    )
    assert malformed.code == 2
    assert "FIELD=VALUE" in malformed.err
    released = huixiang(
        "quarantine", "release", undated, "--by", "小王", "--reason", "问过柜台",
        "--set", "occurred_at=2026-03-01 10:00",
    )  # fmt: skip
    assert released.code == 0
    assert released.out.startswith("fb_")
    assert huixiang("explain", released.out.strip()).code == 0

    (left,) = huixiang("quarantine", "list", "--json").json
    assert (
        huixiang(
            "quarantine",
            "discard",
            left["landing_id"],
            "--by",
            "小王",
            "--reason",
            "空",
        ).code
        == 0
    )
    assert huixiang("quarantine", "list", "--json").json == []
    states = {
        row["state"] for row in huixiang("quarantine", "list", "--all", "--json").json
    }
    assert states == {"released", "discarded"}
    assert huixiang("ledger").code == 0


def _a_rule_change_is_tried_on_the_past(home, huixiang):
    text = (home / "rules" / "routing.yaml").read_text(encoding="utf-8")
    changed = home / "changed.yaml"
    changed.write_text(
        text.replace(
            "department: kitchen\n    severity", "department: floor\n    severity"
        ),
        encoding="utf-8",
    )
    tried = huixiang("rules", "backtest", "--against", changed, "--json")
    assert tried.code == 0
    assert tried.json["n_moved"] > 0
    assert tried.json["moved"][0]["before"] == "kitchen"
    strict = huixiang("rules", "backtest", "--against", changed, "--max-share", "0.01")
    assert strict.code == 1
    assert "moved" in strict.err

    changed.write_text("rules: [", encoding="utf-8")
    broken = huixiang("rules", "backtest", "--against", changed)
    assert broken.code == 2
    assert "routing.yaml:" in broken.err


def test_a_rehearsal_prints_what_would_happen_and_keeps_nothing(
    shop, huixiang, receiver
):
    ended = huixiang("run", "loop", "--dry-run", "--as-of", T, "--json")

    assert ended.code == 0, ended.err
    assert {each["kind"] for each in ended.json["would_open"]} == {
        "improvement", "recovery",
    }  # fmt: skip
    assert receiver == []
    assert huixiang("item", "list", "--json").json == []
    assert not (shop / ".huixiang" / "reports").exists()


def test_a_file_that_cannot_be_read_ends_with_1_and_the_rest_is_done(
    shop, huixiang, receiver
):
    (shop / "inbox" / "january.csv").rename(shop / "good.csv")
    (shop / "inbox" / "broken.csv").write_bytes(b"PK\x03\x04 not a workbook")

    ended = huixiang("run", "collect", "--direct", "--as-of", T)

    assert ended.code == 1
    assert "broken.csv" in ended.err
    assert "pull" in ended.out
    assert huixiang("ledger").code == 0
