"""Old rows of runs, sources and records, in every form the code before 0009 wrote."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import yaml

from huixiang.store.vault import Vault
from tests.imitations import IMITATIONS
from tests.integration.store.old.database import NOON, OldDatabase
from tests.workbench import SHOP

RULEBOOK = "d3aead5f97c9ebc248e20c9a405ea75edc4f0e424e9af3b093d78205c7e5a106"
N_FEEDBACK = 90
UNITS = ("南门店", "北门店", None)
TOUCHPOINTS = ("counter", None)
THE_DAY = NOON - dt.timedelta(days=1)

_NO_WORDS = {
    "rule": "text.required", "severity": "critical", "column": "words",
    "message_zh": "没有反馈文字（正文和标题都是空的）",
    "message_en": "there are no words: text and title are empty",
}  # fmt: skip
_OFF_SCALE = {
    "rule": "rating.in_scale", "severity": "warning", "column": "rating_problem",
    "message_zh": "评分不是数字，或超出量表范围，已忽略评分",
    "message_en": "the rating is no number or off its scale; it is left out",
}  # fmt: skip
_NO_TIME = {
    "rule": "record.has_time", "severity": "critical", "column": "occurred_at",
    "message_zh": "没有可识别的发生时间",
    "message_en": "there is no time that can be read",
}  # fmt: skip
_BY_A_SUITE = {
    "rule": "record.not_a_test", "severity": "info", "column": "words",
    "message_zh": "这是一条测试数据", "message_en": "the record cannot be read: a test",
}  # fmt: skip


def _unreadable(detail: str) -> dict[str, str]:
    return {
        "rule": "record.readable", "severity": "critical", "column": "",
        "message_zh": f"无法读取该记录：{detail}",
        "message_en": f"the record cannot be read: {detail}",
    }  # fmt: skip


VIOLATIONS = (
    [_NO_WORDS],
    [_NO_TIME, _OFF_SCALE],
    [_unreadable("undecodable: byte 115 of the line")],
    [_unreadable("the record cannot be read: twice")],
    [_BY_A_SUITE, _NO_WORDS],
)


def write_records(old: OldDatabase, vault: Vault) -> None:
    """Write everything up to the feedback."""
    _runs(old)
    _sources(old)
    _feedback(old)
    _duplicates(old)
    _quarantine(old, vault)
    _waiting(old, vault)


def rule_texts(home: Path = SHOP) -> dict[str, str]:
    """Return the rules of the shop as a rulebook keeps them."""
    folder = home / "rules"
    return {
        path.name: path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.yaml"))
    }


def frame() -> dict[str, Any]:
    """Return the shop's codeframe as a version keeps it."""
    text = (SHOP / "rules" / "codeframe.yaml").read_text(encoding="utf-8")
    return {"themes": yaml.safe_load(text)["themes"]}


RUN_DETAILS: tuple[dict[str, Any], ...] = (
    {},
    {
        "pull": {"counter": {
            "source": "counter", "n_new": 3, "error": None, "ok": False,
            "problems": [{"position": "inbox/old.csv", "reason": "its header lacks 'id'",
                          "next_step": "correct the file and run again"}],
        }},
        "push": {"delivered": 2, "not_configured": {}},
        "problems": ["source counter, inbox/old.csv: its header lacks 'id'"],
        "ledger": {"holds": True, "broken": []},
    },
    {"train": {"model": "model_1", "promoted": True, "why": "first_model"}},
    {"problems": list(IMITATIONS)},
)  # fmt: skip


def _runs(old: OldDatabase) -> None:
    old.put("rulebook", rulebook_hash=RULEBOOK, first_used_at=old.moment(),
            content=rule_texts())  # fmt: skip
    old.put("rulebook", rulebook_hash="0" * 64, first_used_at=old.moment(), content={})
    old.put("lease", name="writer", holder="", token=10, until=NOON)
    states = ("completed", "completed", "failed", "abandoned")
    for number, flow in enumerate(("loop", "train", "act", "collect", "deliver") * 3):
        began = THE_DAY + dt.timedelta(minutes=number)
        old.put(
            "run", run_id=f"run_{number}", flow=flow, as_of=THE_DAY, started_at=began,
            finished_at=began + dt.timedelta(seconds=9), state=old.pick(*states),
            rulebook_hash=RULEBOOK, detail=old.pick(*RUN_DETAILS),
        )  # fmt: skip
    old.put(
        "run", run_id="run_died", flow="loop", as_of=THE_DAY, rulebook_hash=RULEBOOK,
        started_at=THE_DAY + dt.timedelta(hours=1), state="running", detail={},
    )  # fmt: skip


def _sources(old: OldDatabase) -> None:
    cursor = {"files": {"inbox/a.csv": {"sha256": "10408c", "size": 68535,
              "n_records": 387, "row": "388", "done": True}}}  # fmt: skip
    old.put("source", source="counter", cursor=cursor, pulled_at=THE_DAY)
    old.put("source", source="never", cursor={}, last_error="the folder is not there",
            last_error_at=THE_DAY)  # fmt: skip
    for number, solved_at in enumerate((None, THE_DAY)):
        position = f"inbox/{number}.csv"
        old.put(
            "source_problem", problem_id=f"counter:{position}", source="counter",
            position=position, reason="its header lacks '意见'",
            next_step="correct the file", first_seen_at=THE_DAY, solved_at=solved_at,
        )  # fmt: skip
    n_records = N_FEEDBACK + N_DUPLICATES + N_QUARANTINED + N_WAITING
    for number, part in enumerate((n_records - 7, 7)):
        old.put("pull_batch", batch_id=f"pb_{number}", source="counter",
                run_id=f"run_{number}", pulled_at=THE_DAY, n_records=part)  # fmt: skip


N_DUPLICATES, N_QUARANTINED, N_WAITING = 8, 15, 3


def _landing(old: OldDatabase, key: str, number: int, state: str, **more: Any) -> str:
    landing_id = f"ld_{key}_{number}"
    old.put(
        "landing", landing_id=landing_id, source="counter", sequence=number,
        position=f"inbox/a.csv@09aca146:{key}{number}", pulled_at=THE_DAY, state=state,
        **more,
    )  # fmt: skip
    return landing_id


SAID = ("端上来的咖啡凉了，等了二十分钟。", "排队太久", *IMITATIONS)


def _feedback(old: OldDatabase) -> None:
    for number in range(N_FEEDBACK):
        landing_id = _landing(old, "f", number, "stored")
        occurred_at = old.moment(40)
        old.put(
            "feedback", feedback_id=f"fb_{number}", landing_id=landing_id,
            source="counter", source_record_id=f"r{number}",
            content_key=f"{number:032x}", occurred_at=occurred_at,
            occurred_on=occurred_at.date(), title=old.pick("", "必须说说"),
            verbatim=SAID[number % len(SAID)], attributes=old.pick({}, {"票": "12"}),
            marks=old.pick([], [], [_OFF_SCALE], [_BY_A_SUITE]),
            **_whose(old), **_rating(old), **_understood(old, number),
        )  # fmt: skip


def _whose(old: OldDatabase) -> dict[str, Any]:
    return {
        "channel": old.pick("survey", "call_center", "complaint", "app_store"),
        "ownership": old.pick("owned", "public"),
        "touchpoint": old.pick(*TOUCHPOINTS),
        "unit": old.pick(*UNITS),
        "customer_ref": old.pick(None, "cu_1", "cu_2"),
        "segment": old.pick(None, "gold"),
        "stored_at": old.pick(None, THE_DAY),
    }


def _rating(old: OldDatabase) -> dict[str, Any]:
    scale = old.pick(None, ("stars", 4.0), ("points10", 2.0), ("csat", 5.0))
    if scale is None:
        return {}
    return {"rating_scale": scale[0], "rating_value": scale[1], "stars": 1.5}


def _understood(old: OldDatabase, number: int) -> dict[str, Any]:
    if number % 9 == 0:
        return {"coding_state": "waiting"}
    silent = {3: "no_theme", 5: "no_words"}.get(number % 9)
    return {
        "coding_state": "not_codable" if silent else "coded",
        "not_codable": silent,
        "polarity": old.pick("positive", "neutral", "negative"),
        "polarity_confidence": 0.9971007704734802,
        "suggested_department": old.pick(None, "kitchen"),
        "department_confidence": old.pick(None, 0.35),
        "coded_at": THE_DAY,
    }


def _duplicates(old: OldDatabase) -> None:
    for number in range(N_DUPLICATES):
        landing_id = _landing(old, "d", number, "duplicate")
        old.put("duplicate", landing_id=landing_id, source="counter",
                feedback_id=f"fb_{number}", kind=old.pick("same_id", "same_content"),
                stored_at=old.pick(None, THE_DAY))  # fmt: skip


def sealed(vault: Vault, number: int) -> bytes:
    """Return a record's fields as they were sealed."""
    fields = {"id": f"q{number}", "text": SAID[number % len(SAID)], "at": None}
    return vault.seal(json.dumps(fields, ensure_ascii=False).encode())


def _quarantine(old: OldDatabase, vault: Vault) -> None:
    for number in range(N_QUARANTINED):
        is_discarded = number % 3 == 2
        landing_id = _landing(
            old, "q", number, "discarded" if is_discarded else "quarantined",
            **({} if is_discarded else {"payload": sealed(vault, number)}),
        )  # fmt: skip
        decided = {
            "state": "discarded", "decided_at": THE_DAY, "decided_by": "person:小王",
            "reason": IMITATIONS[number],
        }  # fmt: skip
        old.put(
            "quarantine", landing_id=landing_id, source="counter",
            position=f"inbox/a.csv@09aca146:q{number}", quarantined_at=THE_DAY,
            violations=VIOLATIONS[number % len(VIOLATIONS)],
            **(decided if is_discarded else {"state": "waiting"}),
        )  # fmt: skip
    _released(old)


def _released(old: OldDatabase) -> None:
    """A record that a person let in: its feedback is among those above."""
    old.put(
        "quarantine", landing_id="ld_f_1", source="counter", position="released",
        violations=[_NO_TIME], state="released", quarantined_at=THE_DAY,
        decided_at=THE_DAY, decided_by="小王", reason="the time is on the receipt",
    )  # fmt: skip


def _waiting(old: OldDatabase, vault: Vault) -> None:
    for number in range(N_WAITING):
        _landing(old, "w", number, "waiting", payload=sealed(vault, number))
