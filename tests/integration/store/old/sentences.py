"""The sentences that the version before kept, said again from today's codes and facts."""

from collections.abc import Mapping
from typing import Any

Facts = Mapping[str, Any]
Document = Mapping[str, Any]

MOVES = {
    "said": "{words}",
    "implied": "implied by {status}",
    "opened_by_rule": "alert rule {rule}",
    "alarm_again": "alarm {rule}",
    "parked_capacity": "the department has its hands full, so it is parked; when there "
    "is room, the highest priority opens first",
    "parked_no_department": "departments.yaml no longer has this department, so it is "
    "parked; route it again",
    "room_now": "the department has room now",
    "rerouted": "re-routed from {refused_by} to {given_to}: {words}",
    "judged": "{verdict} {why_none}",
}
"""Codes that are no sentence stood there as they are."""


def as_move(code: str, facts: Facts, words: str) -> str:
    """Return why an item moved."""
    if code == "judged" and facts["why_none"] is None:
        return str(facts["verdict"])
    return MOVES.get(code, code).format(**facts, words=words)


CODINGS = {
    "rule": "{rule}",
    "carried_tone": "{words}={weight:+.0f}",
    "tone": "{words}={weight:+.1f}",
    "negated": "negated",
    "neighbour": "neighbouring clause",
    "irony": "irony",
    "theme_chance": "theme at {chance:.2f}",
    "feeling_chance": "{polarity} at {chance:.2f}",
    "together": "together {chance:.2f}, counts from {least:.2f}",
    "theme_words": "words of the theme: {words}",
    "feeling_words": "words of the feeling: {words}",
    "model_agrees": "the model says {polarity} at {chance:.2f}",
    "model_disagrees": "disagreement: the model says {polarity} at {chance:.2f}",
    "model_corrects": "corrected from {before}: the model says {polarity} at "
    "{chance:.2f}",
    "model_silent": "the model does not see this theme",
    "text_disagrees": "disagreement: the whole text is {polarity} at {chance:.2f}, "
    "rated {stars:g} of 5",
    "text_by_model": "polarity: the model, {polarity} at {chance:.2f}",
    "text_by_feeling": "polarity: words of feeling and rating, {polarity} at "
    "{chance:.2f}",
    "no_feeling": "polarity: no words of feeling",
    "language_agrees": "the language model says {polarity}, right in {chance:.2f} or "
    "more",
    "language_disagrees": "disagreement: the language model says {polarity}, right in "
    "{chance:.2f} or more",
    "language_corrects": "corrected from {before}: the language model says {polarity}, "
    "right in {chance:.2f} or more",
    "language_silent": "the language model does not see this theme",
    "language_only": "only the language model sees it; it is right in {chance:.2f} or "
    "more",
    "review": "review {review}",
    "instead_of": "was {polarity} by {coder} {by}",
    "kept": "{words}",
}


def as_coding_reason(reason: Document) -> str:
    """Return what a coding rested on."""
    return CODINGS[reason["code"]].format(**reason["facts"], words=reason["words"])


def as_part(part: Document) -> str:
    """Return a part of a routing rule that held: what was seen, and what was wanted."""
    wanted = " | ".join(part["wanted"])
    if part["wanted"] == [part["seen"]]:
        return f"{part['field']}: {wanted}"
    return f"{part['field']}: {part['seen']} ({wanted})"


PROPOSALS = {
    "uncovered": (
        "近 {days} 天有 {n} 条没有主题的反馈都在说“{words}”",
        '{n} feedbacks of the last {days} days that no theme covers speak of "{words}"',
    ),
    "burst": (
        "近 {days} 天 {n} 条说到“{words}”，按以往应有 {expected:.1f} 条（错报比例 "
        "{q_value:.2g}）",
        '{n} feedbacks of the last {days} days say "{words}", {expected:.1f} would be '
        "usual (share of false ones {q_value:.2g})",
    ),
    "kept": ("{words}", "{en}"),
}


def as_proposal(why: Document) -> Document:
    """Return why a theme was proposed."""
    zh, en = (
        sentence.format(**why["facts"], words=why["words"])
        for sentence in PROPOSALS[why["code"]]
    )
    return {"zh": zh, "en": en}


def as_violation(violation: Document) -> Document:
    """Return what a record broke."""
    facts = violation["facts"]
    zh, en = {
        "unreadable": (
            "无法读取该记录：{detail}",
            "the record cannot be read: {detail}",
        ),
        "no_time": ("没有可识别的发生时间", "there is no time that can be read"),
        "expectation": ("", ""),
    }[violation["code"]]
    message = violation["message"] or {
        "zh": zh.format(**facts), "en": en.format(**facts)
    }  # fmt: skip
    return {
        **{name: violation[name] for name in ("rule", "severity", "column")},
        "message_zh": message["zh"],
        "message_en": message["en"],
    }


ATTEMPTS = {
    "answer_broke_off": "endpoint answered {status}, but the answer broke off",
    "answer_unreadable": "sent, but no readable answer: it may have arrived",
    "no_answer_in_time": "sent, but no answer in time: it may have arrived",
    "no_connection": "not sent: no connection ({error})",
    "no_connection_in_time": "not sent: no connection in time",
    "certificate_not_trusted": "not sent: the certificate or TLS of the endpoint is not "
    "trusted; check its certificate, or ca_file",
    "host_unknown": "not sent: the name could not be resolved",
    "host_not_resolved_in_time": "not sent: the name was not resolved in time",
    "address_not_public": "not sent: the host resolves to an address that is not "
    "public; if this is meant, name its network in networks",
    "address_outside_networks": "not sent: the host resolves to an address outside the "
    "endpoint's networks",
    "not_writable": "not sent: the message or URL cannot be put into a request "
    "({error})",
    "sender_died": "the run that was sending it ended without a word",
    "as_written": "{words}",
}


def as_attempt(code: str, facts: Facts, words: str, status: int | None) -> str:
    """Return how a try ended."""
    if code == "answered":
        return f"endpoint answered {status}" + (f": {words}" if words else "")
    return ATTEMPTS[code].format(**{"words": words, "status": status, **facts})


DEAD = {
    "refused": "{last}",
    "gave_up": "gave up after {n_attempts} attempts; last: {last}",
    "not_repeatable": "{last}; it may have arrived and the endpoint is not idempotent, "
    "so a second copy could be a second notice",
}


def as_dead(code: str, facts: Facts, words: str) -> str:
    """Return why a message was given up."""
    last = as_attempt(facts["attempt"], facts, words, facts["status_code"])
    return DEAD[code].format(last=last, n_attempts=facts.get("n_attempts"))
