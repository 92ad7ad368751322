"""Old rows of verdicts, what stands beside them, daily sums and reports."""

import datetime as dt
from typing import Any

from tests.integration.store.old.codings import ISSUE_IDS
from tests.integration.store.old.database import OldDatabase
from tests.integration.store.old.items import ITEM_IDS, OPENED_AT
from tests.integration.store.old.records import THE_DAY

DAY = "2026-03-01"
EFFECT = {"value": 0.5, "low": 0.2, "high": 0.8}
WORDS = {"zh": "有改善", "en": "Improved"}
KINDS = (
    ("improved", None), ("not_improved", None), ("worse", None),
    ("inconclusive", "following"), ("inconclusive", "too_few_feedbacks"),
    ("inconclusive", "not_separable"), ("inconclusive", "no_baseline"),
    ("inconclusive", "feed_died"), ("inconclusive", "channel_died"),
    ("inconclusive", "mix_moved"), ("inconclusive", "codeframe_changed"),
    ("inconclusive", "model_changed"), ("inconclusive", "overlapping_action"),
)  # fmt: skip
HARMED = {
    "issue_id": ISSUE_IDS[1], "theme": "queue", "touchpoint": "counter",
    "unit": "南门店", "department": "floor", "name": WORDS, "effect": EFFECT,
    "since": DAY,
}  # fmt: skip
DESIGN = {"metric": "mean", "minimum_effect": 0.2, "horizon_days": 56, "alpha": 0.0275}
LOOK = {"on": DAY, "effect": EFFECT, "critical_value": 3.1668323367221904,
        "n_after": 60, "kind": "improved"}  # fmt: skip


def write_proof(old: OldDatabase, report: bytes) -> None:
    """Write the verdicts and what reports rest on; *report* are a report's facts."""
    for number, (kind, reason) in enumerate(KINDS):
        _verdict(old, number, kind, reason)
    for number, item_id in enumerate(ITEM_IDS):
        _outlook(old, item_id)
        _look(old, number, item_id)
    for number in range(3):
        _placebo(old, number)
    _sums(old)
    _reports(old, report)


def _verdict(old: OldDatabase, number: int, kind: str, reason: str | None) -> None:
    final = reason != "following"
    old.put(
        "verdict", verdict_id=f"vd_{number}", item_id=ITEM_IDS[4 + number % 9],
        resolved_on=OPENED_AT.date(), looked_on=DAYS[number], kind=kind, reason=reason,
        final=final, method_version="forecast-1", stored_at=old.pick(None, THE_DAY),
        detail={**_judged(old, kind, reason), **(_guardrails(old) if final else {})},
    )  # fmt: skip


DAYS = tuple(dt.date(2026, 3, 1) + dt.timedelta(days=each) for each in range(20))


def _judged(old: OldDatabase, kind: str, reason: str | None) -> dict[str, Any]:
    naive = {"effect": EFFECT, "verdict": kind, "n_before": 9, "n_after": 6}
    return {
        "verdict": {
            "kind": kind, "reason": reason,
            "effect": old.pick(None, EFFECT) if reason else EFFECT,
            "shrunk_effect": old.pick(None, 0.4), "level_recovered": "yes",
            "naive": old.pick(None, naive), "n_before": 90, "n_after": 60,
            "n_controls": 3, "n_more_needed": old.pick(None, 82), "as_of": DAY,
            "criterion": DESIGN, "notes": old.pick([], ["weak_few_controls"]),
        },
        "sentences": WORDS, "difference": old.pick(WORDS, {"zh": "", "en": ""}),
        "looks": old.pick([], [LOOK, LOOK]), "p_improved": old.pick(None, 0.00076),
        "audit_id": old.pick("pa_0", "pa_1"),
    }  # fmt: skip


def _guardrails(old: OldDatabase) -> dict[str, Any]:
    alike = {"n_units": 2, "pooled": EFFECT, "spread": 0.1, "p_same": 0.4,
             "against": old.pick([], ["is_x"]), "alike": True,
             "words": old.pick(None, WORDS)}  # fmt: skip
    harmed = old.pick([], [HARMED])
    return {
        "side_effects": {"n_watched": 11, "harmed": harmed, "words": WORDS},
        "consistency": old.pick(None, alike),
    }


def _outlook(old: OldDatabase, item_id: str) -> None:
    old.put(
        "outlook", item_id=item_id, as_of=OPENED_AT, advice=old.pick("ask", "pool"),
        feedbacks_per_day=old.pick(None, 3.43), n_pooled=old.pick(0, 3),
        days_until_medium=old.pick(None, 21), detectable_effect=old.pick(None, 0.78),
        days_until_medium_likely=old.pick(None, 33), pooled_days=old.pick(None, 14),
        stored_at=old.pick(None, THE_DAY),
    )  # fmt: skip


def _look(old: OldDatabase, number: int, item_id: str) -> None:
    outcomes = ("sustained", "relapsed", "unclear")
    effects = {"n_watched": 1, "harmed": [HARMED], "words": WORDS}
    old.put(
        "sustained_look", look_id=f"sl_{number}", item_id=item_id,
        resolved_on=OPENED_AT.date(), after_days=62, looked_on=DAYS[number],
        as_of=THE_DAY, outcome=outcomes[number % len(outcomes)],
        final=old.pick(True, False), method_version="relapse-2",
        detail={"effect": old.pick(None, EFFECT), "words": WORDS,
                "side_effects": old.pick(None, effects)},
        stored_at=old.pick(None, THE_DAY),
    )  # fmt: skip


def _placebo(old: OldDatabase, number: int) -> None:
    old.put(
        "placebo_audit", audit_id=f"pa_{number}", design_id=f"ds_{number % 2}",
        design=DESIGN, looked_on=DAYS[number], as_of=THE_DAY, panel="pn_1",
        n_dips=4 * number, n_improved=0, low=0.0, high=0.6576280471103807,
        z_mean=(None, 0.42, 0.1)[number], z_sd=(None, 0.43, 0.1)[number], error_factor=1.0,
        method_version="placebo-1", stored_at=old.pick(None, THE_DAY),
    )  # fmt: skip


def _sums(old: OldDatabase) -> None:
    old.put("summary", name="days", summed_at=THE_DAY)
    for number, day in enumerate(DAYS):
        place = {
            "touchpoint": old.pick("counter", "-"),
            "unit": old.pick("南门店", "-"),
        }
        old.put("score_day", day=day, theme="queue", n=number, total=9.555555555555555,
                **place)  # fmt: skip
        old.put("complaint_day", day=day, issue_id=ISSUE_IDS[number], n=1)
        old.put("place_day", day=day, source="counter", n=number, **place)


def _reports(old: OldDatabase, report: bytes) -> None:
    for number in range(3):
        old.put(
            "report", report_id=f"rp_{number}", as_of=THE_DAY,
            folder=f".huixiang/reports/{number}", content_hash=f"{number:064x}",
            written_at=old.pick(None, THE_DAY), facts=(report, report, None)[number],
        )  # fmt: skip
