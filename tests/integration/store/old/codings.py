"""Old rows of what was understood: codings, routes, issues, reviews, models, themes."""

import datetime as dt
from typing import Any

import sqlalchemy as sa

from huixiang.domain.items.issue import IssueKey
from tests.imitations import IMITATIONS
from tests.integration.store.old.database import OldDatabase
from tests.integration.store.old.records import RULEBOOK, THE_DAY, frame

THEMES = ("coffee.cold", "coffee", "queue", "staff", "safety")
UNITS = ("南门店", "北门店", "-")
TOUCHPOINTS = ("counter", "-")
GIVEN_BY = ("rule", "rule", "person:小王", "person:rule", "person:person:x", "person:")
KEYS = tuple(
    IssueKey(theme=theme, touchpoint=touchpoint, unit=unit)
    for theme in THEMES
    for touchpoint in TOUCHPOINTS
    for unit in UNITS
)
ISSUE_IDS = tuple(key.issue_id for key in KEYS)

OF_RULES = (
    "theme:coffee.cold/keyword:咖啡温度",
    "theme:coffee.cold/negative:凉透了",
    "theme:queue/pattern:(航站楼|候机楼)[^，。 ]{0,6}(写|标着)",
    "凉透了=-1",
    "不错=+1.3",
    "x=y=+0.8",
    "negated",
    "neighbouring clause",
    "irony",
    "the model says positive at 0.77",
    "disagreement: the model says positive at 0.91",
    "corrected from positive: the model says negative at 0.88",
    "the model does not see this theme",
    "disagreement: the whole text is positive at 0.87, rated 4.5 of 5",
    "disagreement: the whole text is positive at 0.87, rated 4 of 5",
    "polarity: the model, positive at 0.98",
    "polarity: words of feeling and rating, negative at 0.73",
    "polarity: no words of feeling",
    "the language model says negative, right in 0.71 or more",
    "disagreement: the language model says neutral, right in 0.71 or more",
    "corrected from neutral: the language model says negative, right in 0.91 or more",
    "the language model does not see this theme",
)
OF_MODELS = (
    "theme at 0.38",
    "negative at 0.70",
    "together 0.27, counts from 0.10",
    "words of the theme: 没耽误 +0.06, 点没 +0.03, 时 +0.05",
    "words of the feeling: 一点 +0.17, irony +0.08",
    "only the language model sees it; it is right in 0.71 or more",
)
OF_EARLIER_VERSIONS = ("0.62 sure that this is the theme", "as nobody says any more")
WAS = ("was neutral by rule theme:queue/keyword:排队", "was positive by model model_1",
       "was negative by person 小王 by rule of thumb")  # fmt: skip
MATCHED: tuple[list[str], ...] = (
    ["theme: coffee.cold (coffee)"],
    ["theme: safety"],
    ["theme: queue (queue | staff)", "polarity: negative", "segment: gold"],
    ["pattern: 等了（很久）(等了.{0,4})"],
    [],
)


def write_codings(old: OldDatabase) -> None:
    """Write what is between feedback and action items."""
    _issues(old)
    coded = [row for row in _feedback(old) if row.coding_state == "coded"]
    for number, row in enumerate(coded):
        _codings(old, number, row)
    _reviews(old, [row.feedback_id for row in coded])
    _models(old)
    _codeframes(old)
    _proposals(old)
    _language_model(old)


def _feedback(old: OldDatabase) -> list[Any]:
    table = old.tables["feedback"]
    return list(old.read(sa.select(table).order_by(table.c.feedback_id)))


def _issues(old: OldDatabase) -> None:
    for number, key in enumerate(KEYS):
        old.put(
            "issue", issue_id=key.issue_id, theme=key.theme, touchpoint=key.touchpoint,
            unit=key.unit, department=old.pick("kitchen", "floor", "office"),
            department_by=GIVEN_BY[number % len(GIVEN_BY)],
            severity=old.pick("low", "medium", "high", "critical"),
            sla_hours=old.pick(4.0, 72.0), playbook=old.pick(None, "warm_cups"),
            first_at=old.moment(40), last_at=old.moment(3),
        )  # fmt: skip


def _codings(old: OldDatabase, number: int, said: Any) -> None:
    """Write what one feedback mentions: themes of its own place, each once."""
    themes = old.random.sample(THEMES, old.pick(1, 2, 3))
    for part, theme in enumerate(themes):
        coding_id = f"cd_{number}_{part}"
        polarity = old.pick("negative", "negative", "positive", "neutral")
        place = {"touchpoint": said.touchpoint or "-", "unit": said.unit or "-"}
        issue_id = IssueKey(theme=theme, **place).issue_id
        coding = {
            "coding_id": coding_id, "feedback_id": said.feedback_id, "theme": theme,
            "polarity": polarity, "need_tier": old.pick("pain", "itch", "delight"),
            "evidence": said.verbatim, "span_start": 0, "coded_at": THE_DAY,
            "span_end": len(said.verbatim), "confidence": old.pick(0.31, 0.9),
            "codeframe_version": "1", **place, **_coder(old),
            **_standing(old, polarity, issue_id),
        }  # fmt: skip
        old.put("coding", **coding)
        if coding.get("issue_id"):
            old.put("route", coding_id=coding_id, **route(old))


def _coder(old: OldDatabase) -> dict[str, Any]:
    """Return who coded, and why: some reasons of each kind, in any order."""
    coder = old.pick("rule", "rule", "model", "person")
    reasons: dict[str, tuple[str, ...]] = {
        "rule": (*OF_RULES, *OF_EARLIER_VERSIONS),
        "model": OF_MODELS,
        "person": WAS,
    }
    said = old.random.sample(reasons[coder], old.pick(0, 1, 2, 3))
    ids = {
        "rule": old.pick(*OF_RULES[:3]),
        "model": old.pick("model_1", "language_model:qwen3"),
        "person": old.pick("小王", "person:x", "rule/negative:x"),
    }
    review = ["review rv_1"] if coder == "person" else []
    return {"coder": coder, "coder_id": ids[coder], "reasons": review + said}


def _standing(old: OldDatabase, polarity: str, issue_id: str) -> dict[str, Any]:
    standings: tuple[dict[str, Any], ...] = (
        {"issue_id": issue_id},
        {"issue_id": issue_id},
        {"no_issue_reason": "low_confidence"},
        {"no_issue_reason": "touchpoint_disagrees"},
        {},
    )
    return old.random.choice(standings) if polarity == "negative" else {}


def route(old: OldDatabase) -> dict[str, Any]:
    """Return a route, without the coding it belongs to."""
    return {
        "department": "kitchen", "severity": "high", "sla_hours": 48.0,
        "playbook": old.pick(None, "warm_cups"), "rule": "coffee", "rules_version": "7",
        "rulebook_hash": RULEBOOK, "matched": old.pick(*MATCHED),
        "losing": old.pick([], ["queue", "danger"]),
        "stored_at": old.pick(None, THE_DAY),
    }  # fmt: skip


def _reviews(old: OldDatabase, feedback_ids: list[str]) -> None:
    for number, feedback_id in enumerate(feedback_ids[:12]):
        mention = {"theme": "queue", "polarity": "negative", "evidence": "排队",
                   "span": old.pick(None, [0, 2])}  # fmt: skip
        old.put(
            "review", review_id=f"rv_{number}", feedback_id=feedback_id,
            reviewer=old.pick("小王", "implied by contract"), reviewed_at=old.moment(5),
            mentions=old.pick([], [mention]), polarity=old.pick(None, "negative"),
            department=old.pick(None, "floor"), seen=old.pick([], ["cd_0_0"]),
            applied_at=old.pick(None, THE_DAY),
            withdrawn_at=old.pick(None, None, THE_DAY),
        )  # fmt: skip
        _superseded(old, number, feedback_id)


def _superseded(old: OldDatabase, number: int, feedback_id: str) -> None:
    """A coding that gave way, whole; its route was JSON's null where it had none."""
    coding_id, key = f"cd_s{number}", old.pick(*KEYS)
    issue_id = old.pick(None, key.issue_id)
    coding = {
        "coding_id": coding_id, "feedback_id": feedback_id, "theme": key.theme,
        "polarity": "negative", "need_tier": "pain", "evidence": "排队",
        "span_start": 0, "span_end": 2, "confidence": 0.9, "codeframe_version": "1",
        "touchpoint": key.touchpoint, "unit": key.unit, "issue_id": issue_id,
        "no_issue_reason": old.pick(None, "low_confidence"),
        "coded_at": THE_DAY.isoformat(), **_coder(old),
    }  # fmt: skip
    its_route = {"coding_id": coding_id, **route(old), "stored_at": THE_DAY.isoformat()}
    old.put(
        "superseded_coding", coding_id=coding_id, feedback_id=feedback_id,
        issue_id=issue_id, coding=coding, route=its_route if issue_id else None,
        superseded_by=old.pick(f"rv_{number}", "withdrawn"), superseded_at=THE_DAY,
    )  # fmt: skip


FIGURES = {
    "version": "model_1", "n_rows": 833, "n_ngrams": 4655,
    "department": {"n": 804, "accuracy": 0.4938, "classes": {"kitchen": 71}},
    "polarity": {"n": 833, "accuracy": 0.7299, "classes": {"negative": 411}},
    "mentions": {"n": 833, "themes": ["queue"], "theme_micro_f1": 0.4492,
                 "polarity_accuracy": 0.731},
    "split": "split-1", "n_held_out": 134, "n_corrections": 0,
    "held_out": {"themes": {"hits": 142, "n": 269, "value": 0.527881, "low": 0.468,
                            "high": 0.586}},
}  # fmt: skip
COMPARISON = {
    "split": "split-1", "n_rows": 134, "is_promoted": False, "reason": "worse_overall",
    "heads": [{"head": "themes", "n": 9, "champion": 0.5, "challenger": 0.4,
               "only_champion": 2, "only_challenger": 1, "p_value": 0.6}],
    "classes": [{"head": "themes", "name": "queue", "n": 60, "champion": 0.5,
                 "challenger": 0.4, "low": -0.2, "is_protected": True,
                 "is_not_worse": False}],
}  # fmt: skip
BY_THE_LOOP = ("first_model", "same_model", "champion_refused", "champion_saw_held_out",
               "too_few_held_out", "not_worse", "worse_overall",
               "class_may_be_worse")  # fmt: skip


def _models(old: OldDatabase) -> None:
    for number, figures in enumerate((FIGURES, {"version": "model_0", "n_rows": 1})):
        old.put(
            "model", model_id=f"model_{1 - number}", trained_at=old.moment(),
            folder=".huixiang/models/model_1", codeframe_version="1", figures=figures,
            active=number == 0,
        )  # fmt: skip
    ours = [("huixiang", reason) for reason in BY_THE_LOOP]
    theirs = [("小王", words) for words in (*IMITATIONS, *BY_THE_LOOP[:2], "更好")]
    for number, (by, reason) in enumerate([*ours, *theirs]):
        old.put(
            "model_decision", decision_id=f"md_{number}", model_id="model_1",
            champion_id=old.pick(None, "model_0"), decided_at=old.moment(),
            decided_by=by, promoted=old.pick(True, False), reason=reason,
            detail=COMPARISON if reason == "worse_overall" else {},
        )  # fmt: skip


FRAME_HASH = "b0421f39916ee909ebb51e99970c484bd095a78a5d54062c7039e6a4be3ede25"
"""What the version before made of the shop's codeframe."""


def _codeframes(old: OldDatabase) -> None:
    for version, content, content_hash in (
        ("1", frame(), FRAME_HASH),
        (
            "0",
            {"themes": [{"id": "queue", "name": {"zh": "排队", "en": "Queue"}}]},
            "h",
        ),
    ):
        old.put("codeframe_version", version=version, content_hash=content_hash,
                content=content, first_used_at=old.moment())  # fmt: skip
    _bridge(old)
    for number, part in enumerate(("staff", "safety")):
        old.put("theme_part", whole="queue", part=part, since_at=THE_DAY,
                share=(None, 0.25)[number])  # fmt: skip
    old.put("theme_succession", codeframe_version="0", theme="q", continues_as="queue")
    for number, issue_id in enumerate(("is_joined", ISSUE_IDS[0])):
        old.put(
            "issue_succession", issue_id=issue_id, to_version="1", old_theme="q",
            continues_as=ISSUE_IDS[number], moved_at=THE_DAY,
        )  # fmt: skip
    for number in range(8):
        old.put(
            "second_coding", coding_id=f"cd_2nd_{number}", feedback_id=f"fb_{number}",
            codeframe_version="1", theme="queue", polarity=old.pick("negative", "neutral"),
            span_start=0, span_end=2, confidence=0.9, coder=old.pick("rule", "model"),
            coder_id=OF_RULES[0], coded_at=THE_DAY,
        )  # fmt: skip


def _bridge(old: OldDatabase) -> None:
    kept = {"old": ["queue"], "new": ["queue"], "kind": "kept", "n": 40,
            "n_disagree": 1, "error": 0.025, "low": 0.004, "high": 0.13,
            "shares": {}}  # fmt: skip
    retired = {"old": ["gone"], "new": [], "kind": "retired", "n": 0, "n_disagree": 0,
               "error": None, "low": None, "high": None, "shares": {}}  # fmt: skip
    split = {**kept, "new": ["queue", "staff"], "kind": "split",
             "shares": {"staff": 0.25}}  # fmt: skip
    old.put(
        "codeframe_bridge", from_version="0", to_version="1", crossed_at=THE_DAY,
        first_on=dt.date(2026, 2, 1), last_on=dt.date(2026, 3, 1), n_feedback=50,
        n_mentions=40, n_disagree=1, max_error=0.1, figures=[kept, retired, split],
    )  # fmt: skip


def _why(word: str) -> tuple[dict[str, str], ...]:
    return (
        {"zh": f"近 14 天有 5 条没有主题的反馈都在说“{word}”",
         "en": f'5 feedbacks of the last 14 days that no theme covers speak of "{word}"'},
        {"zh": f"近 14 天 12 条说到“{word}”，按以往应有 0.6 条（错报比例 5.2e-07）",
         "en": f'12 feedbacks of the last 14 days say "{word}", 0.6 would be usual '
               "(share of false ones 5.2e-07)"},
        {"zh": f"以前的说法：{word}", "en": f"as it was said once: {word}"},
    )  # fmt: skip


WORDS = ("明显", "”，按以往应有", "alarm clock")


def _proposals(old: OldDatabase) -> None:
    whys = [why for word in WORDS for why in _why(word)]
    decisions: tuple[dict[str, Any], ...] = (
        {"state": "proposed"},
        {"state": "accepted", "decided_at": THE_DAY, "decided_by": "小王",
         "theme": "queue"},
        {"state": "dismissed", "decided_at": THE_DAY, "decided_by": "person:x",
         "reason": "implied by contract"},
    )  # fmt: skip
    for number, why in enumerate(whys):
        proposal_id = f"et_{number}"
        detail = {
            "proposal_id": proposal_id, "name_zh": "值机、证件", "keywords": ["值机"],
            "n": 5, "n_before": 27, "first_seen_on": "2026-01-08",
            "growth": old.pick(None, 1.32), "q_value": old.pick(None, 5.2e-07),
            "share_uncovered": 1.0, "nearest_theme": old.pick(None, "queue"),
            "why": why, "units": [["南门店", 4], ["北门店", 1]], "touchpoints": [],
            "polarities": [["neutral", 1]], "examples": ["fb_1", "fb_2"],
        }  # fmt: skip
        old.put(
            "emerging_theme", proposal_id=proposal_id, found_at=old.moment(),
            last_found_on=THE_DAY.date(), keywords=["值机"], detail=detail,
            **decisions[number % len(decisions)],
        )  # fmt: skip


def _language_model(old: OldDatabase) -> None:
    for number, reply in enumerate((None, '{"mentions": []}', "nonsense")):
        old.put("language_call", call_id=f"lc_{number}", question=f"lq_{number}",
                run_id="run_0", asked_at=THE_DAY, reply=reply, n_tokens=7)  # fmt: skip
    old.put(
        "language_model", prompt_version="pv_1", name="qwen3", codeframe_version="1",
        evaluated_at=THE_DAY, trust={"overall": 0.7, "by_theme": {"queue": 0.8}},
        figures={"n": 40, "n_answered": 39, "n_tokens": 900, "name": "qwen3"},
    )  # fmt: skip
