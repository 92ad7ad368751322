"""Old rows of action items, their moves, messages, and the calls about them."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from typing import Any

from huixiang.store.vault import Vault
from tests.imitations import IMITATIONS
from tests.integration.store.old.codings import ISSUE_IDS
from tests.integration.store.old.database import NOON, OldDatabase
from tests.integration.store.old.records import RULEBOOK, THE_DAY

OPENED_AT = NOON - dt.timedelta(days=9)
LOOP, PERSON = "huixiang", "地面交通中心 调度室"
PARKED = (
    "the department has its hands full, so it is parked; when there is room, the "
    "highest priority opens first"
)
NO_DEPARTMENT = (
    "departments.yaml no longer has this department, so it is parked; route it again"
)
AGAIN = {"due_at": "2026-04-05T16:00:00+00:00"}
SOLVED: dict[str, Any] = {"resolved_at": None, "root_cause": None}

Step = tuple[str | None, str, str, str, dict[str, Any] | None]
"""Before, after, actor, reason, replaced."""


def _opened(rule: str = "usual") -> Step:
    return (None, "open", LOOP, f"alert rule {rule}", {})


def _by_person(before: str, after: str, words: str = "") -> Step:
    return (before, after, PERSON, words, SOLVED if after == "resolved" else {})


def _fixed(words: str = "") -> list[Step]:
    """Steps to a fix that nobody had accepted before."""
    return [
        _opened(),
        ("open", "accepted", PERSON, "implied by resolved", {}),
        _by_person("accepted", "resolved", words),
    ]


def _rerouted(words: str) -> list[Step]:
    reason = f"re-routed from kitchen to office: {words}"
    return [
        _opened(),
        _by_person("open", "rejected", words),
        ("rejected", "open", LOOP, reason, {"department": "kitchen"}),
    ]


def _comments() -> list[Step]:
    return [_by_person("open", "open", words) for words in IMITATIONS]


LIVES: tuple[list[Step], ...] = (
    [_opened(), *_comments()],
    [(None, "parked", LOOP, PARKED, None)],
    [(None, "parked", LOOP, NO_DEPARTMENT, None)],
    [(None, "parked", LOOP, PARKED, {}),
     ("parked", "open", LOOP, "the department has room now", {}),
     _by_person("open", "in_progress", "implied by resolved")],
    [*_fixed("improved"), ("resolved", "verified", LOOP, "improved", {}),
     ("verified", "closed", LOOP, "sustained", {})],
    [*_fixed("sustained"), ("resolved", "verified", LOOP, "improved", {}),
     ("verified", "reopened", LOOP, "relapsed", AGAIN),
     _by_person("reopened", "accepted", "alarm usual")],
    [*_fixed(), ("resolved", "verified", LOOP, "improved", {}),
     ("verified", "closed", LOOP, "lasting_unclear", {})],
    [*_fixed(), ("resolved", "verified", LOOP, "improved", {}),
     ("verified", "reopened", LOOP, "alarm usual", AGAIN)],
    [*_fixed("not_improved"), ("resolved", "reopened", LOOP, "not_improved", AGAIN)],
    [*_fixed("worse"), ("resolved", "reopened", LOOP, "worse", AGAIN)],
    [*_fixed(), ("resolved", "unproven", LOOP, "inconclusive channel_died", {}),
     ("unproven", "reopened", LOOP, "alarm at-once: 2", AGAIN)],
    [*_fixed(), ("resolved", "unproven", LOOP, "inconclusive too_few_feedbacks", {}),
     ("unproven", "closed", LOOP, "unproven_closed", {})],
    [*_fixed("not_measurable"), ("resolved", "unproven", LOOP, "not_measurable", {})],
    _rerouted("出租车不归我们 / not ours"),
    _rerouted("re-routed from digital in June already, ask ground"),
    _rerouted(": to office: "),
    _rerouted(""),
    [_opened("of thumb: 2"), _by_person("open", "cancelled", "alert rule usual")],
    [_opened(), _by_person("open", "accepted", "implied by accepted"),
     _by_person("accepted", "accepted", "implied by resolved"),
     _by_person("accepted", "in_progress", "the department has room now")],
    [_opened(), _by_person("open", "rejected", "re-routed from kitchen to floor: x")],
)  # fmt: skip
ITEM_IDS = tuple(f"ai_{number}" for number in range(len(LIVES)))
SILENT = {"parked", "cancelled"}
METRICS = ("mean", "negative", "complaint_rate")


def write_items(old: OldDatabase, vault: Vault) -> None:
    """Write the items with all that was sent and heard about them."""
    for number, life in enumerate(LIVES):
        _item(old, number, life)
        _moves(old, ITEM_IDS[number], life)
    _told(old)
    _dead_letters(old)
    _endpoints(old)
    _calls(old, vault)


RATE = {
    "rule": "usual", "rules_version": "2", "window_start_on": "2026-02-26",
    "window_end_on": "2026-03-11", "baseline_start_on": "2025-11-28",
    "baseline_end_on": "2026-02-25", "n_window": 20, "n_baseline": 26,
    "exposure_window": 55, "exposure_baseline": 249, "days_known": 56,
    "expected": 5.743, "ratio": 3.483, "p_value": 6.02e-05, "alpha": 0.005,
    "min_count": 8, "min_ratio": 1.6, "min_baseline_days": 28, "cooldown_days": 42,
}  # fmt: skip
CRITICAL = {
    "rule": "at-once", "rules_version": "2", "occurred_at": "2026-02-21T03:17:04+00:00",
    "severity": "critical", "routing_rule": "danger", "max_critical_age_days": 14.0,
}  # fmt: skip


def _item(old: OldDatabase, number: int, life: list[Step]) -> None:
    is_recovery = number % 5 == 4
    feedback_id = f"fb_{number}" if is_recovery else None
    criterion = {
        "metric": METRICS[number % len(METRICS)], "minimum_effect": 0.2,
        "horizon_days": 56, "alpha": 0.0275,
    }  # fmt: skip
    canonical = json.dumps(criterion, sort_keys=True)
    resolved = any(step[1] == "resolved" for step in life)
    old.put(
        "action_item", item_id=ITEM_IDS[number], issue_id=ISSUE_IDS[number],
        kind="recovery" if is_recovery else "improvement", feedback_id=feedback_id,
        department="kitchen", status=life[-1][1], severity="high", priority=1.5,
        playbook=old.pick(None, "warm_cups"), opened_at=OPENED_AT,
        due_at=NOON + dt.timedelta(days=4), rulebook_hash=RULEBOOK,
        resolved_at=OPENED_AT if resolved else None, criterion=criterion,
        root_cause=old.pick(*IMITATIONS) if resolved else None,
        alert={**CRITICAL, "feedback_id": feedback_id} if is_recovery
        else {**RATE, "ratio": old.pick(None, 3.483)},
        criterion_hash=hashlib.sha256(canonical.encode()).hexdigest(),
    )  # fmt: skip


def _moves(old: OldDatabase, item_id: str, life: list[Step]) -> None:
    moved_at = OPENED_AT
    for number, (before, after, actor, reason, replaced) in enumerate(life, 1):
        implied = number > 1 and life[number - 2][3].startswith("implied by ")
        if before != after and not (implied and life[number - 2][2] == actor):
            moved_at += dt.timedelta(hours=7)
        kept = {} if replaced is None else {"replaced": replaced}
        old.put(
            "move", item_id=item_id, number=number, before=before, after=after,
            moved_at=moved_at, actor=actor, reason=reason,
            stored_at=old.pick(None, THE_DAY), **kept,
        )  # fmt: skip


def body_of(message_id: str, item_id: str | None, words: str) -> str:
    """Return a message's text as it was made when the message was queued."""
    data = {
        "item_id": item_id,
        "title": {"zh": f"【改进·高】{words} 🙄\u2028", "en": "x"},
    }
    document = {"data": data, "id": message_id, "specversion": "1.0",
                "time": "2026-03-05T16:00:00Z"}  # fmt: skip
    return json.dumps(
        document, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _message(old: OldDatabase, message_id: str, **more: Any) -> None:
    item_id = more.get("item_id")
    old.put(
        "outbox_message", message_id=message_id,
        **{"endpoint": "desk", "event": "huixiang.action_item.opened",
           "body": body_of(message_id, item_id, old.pick(*IMITATIONS)),
           "state": "queued", "n_attempts": 0, "next_attempt_at": THE_DAY,
           "created_at": THE_DAY} | more,
    )  # fmt: skip


def _told(old: OldDatabase) -> None:
    """One event of each item, in every state a message can wait or end in."""
    for number, (item_id, life) in enumerate(zip(ITEM_IDS, LIVES, strict=True)):
        if life[-1][1] in SILENT:
            continue
        _announce(old, number, item_id, "opened", n_endpoints=2)
        _message(old, f"msg_{number}", item_id=item_id, announcement_id=f"an_{number}o",
                 **_standing(old, f"msg_{number}", number))  # fmt: skip
        _message(old, f"msg_{number}x", item_id=item_id, announcement_id=f"an_{number}o",
                 endpoint="elsewhere")  # fmt: skip
        old.put("remote_ticket", item_id=item_id, endpoint="desk",
                remote_ticket_id=f"OA-{number:06}", state="present",
                remote_status=old.pick(None, "open"), seen_at=THE_DAY)  # fmt: skip


def _announce(
    old: OldDatabase, number: int, item_id: str, event: str, n_endpoints: int
) -> None:
    old.put(
        "announcement", announcement_id=f"an_{number}{event[0]}", item_id=item_id,
        event=f"huixiang.action_item.{event}", n_endpoints=n_endpoints,
        announced_at=OPENED_AT, stored_at=old.pick(None, THE_DAY),
    )  # fmt: skip


def _standing(old: OldDatabase, message_id: str, number: int) -> dict[str, Any]:
    return (
        {},
        {"state": "queued", "n_attempts": 0, "next_attempt_at": NOON},
        {"state": "sending", "claimed_by": "run_died"},
        {"state": "delivered", "next_attempt_at": THE_DAY},
    )[number % 4]


GONE = "endpoint answered 410: moved away"
TWICE = (
    "{}; it may have arrived and the endpoint is not idempotent, so a second copy "
    "could be a second notice"
)
GAVE_UP = "gave up after 2 attempts; last: {}"
SILENCE = "sent, but no answer in time: it may have arrived"
TLS = (
    "not sent: the certificate or TLS of the endpoint is not trusted; check its "
    "certificate, or ca_file"
)
DETAILS: tuple[tuple[str, int | None, str], ...] = (
    ("transient", None, "not sent: no connection (ConnectionRefusedError)"),
    ("transient", None, "not sent: no connection in time"),
    ("transient", None, "not sent: the name could not be resolved"),
    ("transient", None, "not sent: the name was not resolved in time"),
    ("transient", 503, "endpoint answered 503"),
    ("transient", 503, "endpoint answered 503: gave up after 2 attempts; last: 看板"),
    ("unknown", None, SILENCE),
    ("unknown", None, "sent, but no readable answer: it may have arrived"),
    ("unknown", None, "the run that was sending it ended without a word"),
)  # fmt: skip
REFUSALS: tuple[tuple[int | None, str], ...] = (
    (422, "endpoint answered 422: not sent: no connection in time"),
    (400, "endpoint answered 400"),
    (410, GONE),
    (None, TLS),
    (None, "not sent: the host resolves to an address that is not public; if this is "
           "meant, name its network in networks"),
    (None, "not sent: the host resolves to an address outside the endpoint's networks"),
    (None, "not sent: the message or URL cannot be put into a request (UnicodeError)"),
    (None, "not sent: SHOP_DESK_SECRET: a secret begins with whsec_"),
)  # fmt: skip


def _dead_letters(old: OldDatabase) -> None:
    """Messages that were given up, each for its reason, with every try."""
    for number, (letter, tries) in enumerate(_deaths()):
        message_id = f"msg_dead_{number}"
        old.put("announcement", announcement_id=f"an_dead_{number}", item_id="ai_0",
                event="huixiang.action_item.updated", n_endpoints=1,
                announced_at=OPENED_AT, stored_at=THE_DAY)  # fmt: skip
        _message(old, message_id, item_id="ai_0", announcement_id=f"an_dead_{number}",
                 state="delivered" if letter is None else "dead", dead_reason=letter,
                 n_attempts=len(tries), endpoint=old.pick("desk", "gone"))  # fmt: skip
        for attempt, (outcome, status, detail) in enumerate(tries, 1):
            old.put("delivery_attempt", message_id=message_id, number=attempt,
                    outcome=outcome, attempted_at=THE_DAY, status_code=status,
                    detail=detail)  # fmt: skip


def _deaths() -> Iterator[tuple[str | None, list[tuple[str, int | None, str]]]]:
    for number, last in enumerate(DETAILS):
        before = DETAILS[number - 1]
        yield GAVE_UP.format(last[2]), [before, last]
        if last[0] == "unknown" or last[1]:
            yield TWICE.format(last[2]), [last]
    for status, said in REFUSALS:
        yield said, [DETAILS[0], ("terminal", status, said)]
    yield None, [DETAILS[0], ("delivered", 200, "endpoint answered 200")]
    broke_off = "endpoint answered 200, but the answer broke off"
    yield (
        None,
        [("unknown", 200, broke_off), ("delivered", 202, "endpoint answered 202")],
    )


def _endpoints(old: OldDatabase) -> None:
    old.put("endpoint", endpoint="gone", disabled_at=THE_DAY, disabled_reason=GONE)
    old.put("endpoint", endpoint="silent", disabled_at=THE_DAY,
            disabled_reason="endpoint answered 410")  # fmt: skip
    old.put("endpoint", endpoint="again", disabled_at=None, disabled_reason=None)
    for number, audience in enumerate(("managers", "kitchen")):
        message_id = f"msg_digest_{number}"
        _message(old, message_id, event="huixiang.digest.published",
                 state=("queued", "delivered")[number])  # fmt: skip
        old.put(
            "digest", message_id=message_id, endpoint="desk", audience=audience,
            first_on=dt.date(2026, 3, 2), last_on=dt.date(2026, 3, 8), as_of=THE_DAY,
        )  # fmt: skip


def calls(now: dt.datetime = NOON) -> dict[str, dict[str, Any]]:
    """Return the calls that waited, by their id: what each said."""
    then = (now - dt.timedelta(hours=3)).isoformat()
    later = (now + dt.timedelta(days=400)).isoformat()
    return {
        "accept": {"item_id": "ai_0", "status": "accepted", "occurred_at": then,
                   "actor": "梁经理", "reason": "implied by contract"},
        "comment": {"item_id": "ai_0", "status": "comment", "occurred_at": then,
                    "reason": "alarm clock at the gate was broken"},
        "by_ticket": {"ticket_id": "OA-000003", "status": "resolved",
                      "occurred_at": then, "root_cause": "alert rule one"},
        "rejected": {"item_id": "ai_13", "status": "rejected", "occurred_at": then,
                     "reason": "re-routed from digital in June already, ask ground"},
        "unknown_ticket": {"ticket_id": "T-404", "status": "accepted",
                           "occurred_at": then},
        "of_the_future": {"item_id": "ai_0", "status": "resolved",
                          "occurred_at": later},
        "nonsense": {"item_id": "ai_0", "status": "abolished", "occurred_at": then},
    }  # fmt: skip


IGNORED = (
    "the body is not JSON in UTF-8",
    "status is none of: accepted, rejected, in_progress, resolved, comment, cancelled",
    "endpoint desk was never told of ai_1",
    "no action item ai_x; see huixiang item list",
    "accepted of 2026-03-01T00:00:00+00:00 was overtaken by what happened at "
    "2026-03-02T00:00:00+00:00",
)
APPLIED = ("accepted", "rejected", "in_progress", "resolved", "comment", "cancelled")


def _calls(old: OldDatabase, vault: Vault) -> None:
    for key, said in calls().items():
        _call(old, key, state="waiting", body=vault.seal(json.dumps(said).encode()))
    for number, status in enumerate(APPLIED):
        claimed_at = None if status == "comment" else OPENED_AT
        _call(old, f"was {status}", state="applied", applied_at=THE_DAY, reason=status,
              item_id=ITEM_IDS[number], claimed_at=claimed_at)  # fmt: skip
    for number, reason in enumerate(IGNORED):
        _call(old, f"late {number}", state="ignored", applied_at=THE_DAY, reason=reason)


def _call(old: OldDatabase, key: str, **more: Any) -> None:
    old.put("inbox_call", call_id=f"status:desk:{key}", door="status", name="desk",
            received_at=THE_DAY, **more)  # fmt: skip
