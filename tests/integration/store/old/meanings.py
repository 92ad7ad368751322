"""What today's rows say in the words of the version before: read back, row by row.

Written from what the rows mean, without any of the migrations' code. A row that is read
back as it was has lost nothing and means the same.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from tests.integration.store.old.database import Row, Rows
from tests.integration.store.old.sentences import (
    as_attempt,
    as_coding_reason,
    as_dead,
    as_move,
    as_part,
    as_proposal,
    as_violation,
)

Document = dict[str, Any]
STATUS_OF = {
    "item.accept": "accepted", "item.start": "in_progress", "item.resolve": "resolved",
    "item.reject": "rejected", "item.cancel": "cancelled", "item.comment": "comment",
}  # fmt: skip
KEYS: Mapping[str, tuple[str, ...]] = {
    "run": ("run_id",), "lease": ("name",), "rulebook": ("rulebook_hash",),
    "source": ("source",), "pull_batch": ("batch_id",),
    "source_problem": ("problem_id",), "landing": ("landing_id",),
    "feedback": ("feedback_id",), "duplicate": ("landing_id",),
    "quarantine": ("landing_id",), "coding": ("coding_id",), "route": ("coding_id",),
    "issue": ("issue_id",), "action_item": ("item_id",), "move": ("item_id", "number"),
    "announcement": ("announcement_id",), "outbox_message": ("message_id",),
    "delivery_attempt": ("message_id", "number"), "endpoint": ("endpoint",),
    "remote_ticket": ("item_id", "endpoint"), "inbox_call": ("call_id",),
    "verdict": ("verdict_id",), "model": ("model_id",), "report": ("report_id",),
    "codeframe_version": ("version",), "second_coding": ("coding_id",),
    "codeframe_bridge": ("from_version", "to_version"),
    "theme_succession": ("codeframe_version", "theme"), "theme_part": ("whole", "part"),
    "issue_succession": ("issue_id", "to_version"), "emerging_theme": ("proposal_id",),
    "language_call": ("call_id",), "language_model": ("prompt_version",),
    "digest": ("message_id",), "summary": ("name",),
    "score_day": ("day", "theme", "touchpoint", "unit"),
    "complaint_day": ("day", "issue_id"),
    "place_day": ("day", "source", "touchpoint", "unit"), "review": ("review_id",),
    "superseded_coding": ("coding_id",), "model_decision": ("decision_id",),
    "outlook": ("item_id",), "placebo_audit": ("audit_id",),
    "sustained_look": ("look_id",),
}  # fmt: skip
"""Every table of the version before, and what a row of it is known by."""


def by_key(table: str, rows: Iterable[Row]) -> dict[tuple[Any, ...], Row]:
    """Return rows by what they are known by."""
    return {tuple(row[name] for name in KEYS[table]): row for row in rows}


def read_back(table: str, now: Rows) -> list[Row]:
    """Return the rows of *table* as the version before would have written them."""
    if table == "inbox_call":
        return list(_calls(now))
    if table == "outbox_message":
        return list(map(_message, now[table]))
    if table == "placebo_audit":
        return [_renamed(row, check_id="audit_id") for row in now["placebo_check"]]
    return [_BACK.get(table, dict)(dict(row)) for row in now[table]]


def kept(table: str, row: Row) -> Row:
    """Return what is still kept of an old row.

    Left out on purpose: sentences about figures that are kept, and a state that nobody
    ever set.
    """
    if table == "remote_ticket":
        assert row["state"] == "present"
        return {name: value for name, value in row.items() if name != "state"}
    if table in {"verdict", "sustained_look"}:
        return {**row, "detail": _KEPT[table](row["detail"])}
    return row


def _without(document: Document, *names: str) -> Document:
    return {name: value for name, value in document.items() if name not in names}


def _renamed(row: Row, **names: str) -> Document:
    return {names.get(name, name): value for name, value in row.items()}


def _effects(effects: Document | None) -> Document | None:
    if effects is None:
        return None
    harmed = [_without(each, "name") for each in effects["harmed"]]
    return {**_without(effects, "words"), "harmed": harmed}


def _kept_verdict(detail: Document) -> Document:
    alike = detail.get("consistency")
    return {
        **_without(detail, "sentences", "difference"),
        "side_effects": _effects(detail.get("side_effects")),
        "consistency": alike and _without(alike, "words", "alike"),
    }


def _kept_look(detail: Document) -> Document:
    kept = _without(detail, "words")
    return {**kept, "side_effects": _effects(kept["side_effects"])}


_KEPT = {"verdict": _kept_verdict, "sustained_look": _kept_look}


def _move(row: Document) -> Row:
    reason = as_move(row.pop("reason_code"), row.pop("reason_facts"), row.pop("words"))
    return {**row, "reason": reason}


def _route(row: Document) -> Row:
    return {**row, "matched": list(map(as_part, row["matched"]))}


def _coding(row: Document) -> Row:
    return {**row, "reasons": list(map(as_coding_reason, row["reasons"]))}


def _superseded(row: Document) -> Row:
    route = row["route"] and _route(row["route"])
    return {**row, "coding": _coding(row["coding"]), "route": route}


def _issue(row: Document) -> Row:
    person, by = row.pop("department_person"), row["department_by"]
    return {**row, "department_by": by if person is None else f"{by}:{person}"}


def _decision(row: Document) -> Row:
    words, reason = row.pop("words"), row["reason"]
    return {**row, "reason": words if reason == "person" else reason}


def _proposal(row: Document) -> Row:
    detail = row["detail"]
    return {**row, "detail": {**detail, "why": as_proposal(detail["why"])}}


def _verdict(row: Document) -> Row:
    detail = _renamed(row["detail"], placebo_check_id="audit_id")
    detail["verdict"] = _renamed(detail["verdict"], plain_comparison="naive")
    return {**row, "detail": detail}


def _feedback(row: Document) -> Row:
    return {**row, "marks": list(map(as_violation, row["marks"]))}


def _quarantined(row: Document) -> Row:
    return {**row, "violations": list(map(as_violation, row["violations"]))}


def _attempt(row: Document) -> Row:
    code, facts = row.pop("reason_code"), row.pop("reason_facts")
    detail = as_attempt(code, facts, row["detail"], row["status_code"])
    return {**row, "detail": detail}


def _endpoint(row: Document) -> Row:
    code, facts, words = (row.pop(f"disabled_{n}") for n in ("code", "facts", "words"))
    reason = code and as_attempt("answered", {}, words, facts["status_code"])
    return {**row, "disabled_reason": reason}


def _run(row: Document) -> Row:
    assert row.pop("lane") == "writer"
    return row


def _message(row: Row) -> Row:
    code = row["dead_code"]
    reason = code and as_dead(code, row["dead_facts"], row["dead_words"])
    gone = ("content", "form", "earlier_body", "dead_code", "dead_facts", "dead_words")
    assert row["body"] is None
    assert row["content"] is None
    return {
        **_without(dict(row), *gone),
        "body": row["earlier_body"],
        "dead_reason": reason,
    }


_BACK: Mapping[str, Callable[[Document], Row]] = {
    "move": _move,
    "route": _route,
    "coding": _coding,
    "superseded_coding": _superseded,
    "issue": _issue,
    "model_decision": _decision,
    "emerging_theme": _proposal,
    "verdict": _verdict,
    "feedback": _feedback,
    "quarantine": _quarantined,
    "delivery_attempt": _attempt,
    "endpoint": _endpoint,
    "run": _run,
}


def _calls(now: Rows) -> Iterable[Row]:
    """Read back every act that was a call."""
    outcomes = {row["act_id"]: row for row in now["act_outcome"]}
    for act in now["act"]:
        outcome = outcomes.get(act["act_id"])
        yield {
            "call_id": act["call_id"],
            "door": "status",
            "name": act["actor"],
            "received_at": act["recorded_at"],
            "body": act["sealed"],
            "claimed_at": act["claimed_at"],
            **(_settled(act, outcome) if outcome else _WAITING),
        }


_WAITING = {"state": "waiting", "applied_at": None, "reason": None, "item_id": None}


def _settled(act: Row, outcome: Row) -> Document:
    applied = outcome["outcome"] == "applied"
    assert (act["target"] or None) == outcome["item_id"]
    return {
        "state": "applied" if applied else "ignored",
        "applied_at": outcome["settled_at"],
        "reason": STATUS_OF[act["verb"]] if applied else act["words"]["note"],
        "item_id": outcome["item_id"],
    }
