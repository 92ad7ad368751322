"""What is sent: CloudEvents 1.0 in structured JSON. Pure.

https://github.com/cloudevents/spec/blob/main/cloudevents/formats/json-format.md
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence

from huixiang.clock import UTC, check_aware
from huixiang.delivery.card import ItemCard, Named, PastFix, Quote
from huixiang.delivery.status import ReportedStatus
from huixiang.delivery.text_limits import clean, cut
from huixiang.domain.action import ItemKind
from huixiang.domain.issue import NOWHERE
from huixiang.domain.outbox import EventType
from huixiang.domain.route import Playbook, Urgency
from huixiang.domain.text import Bilingual, Language

MAX_BODY_BYTES = 20_000
"""Standard Webhooks asks for less than 20 KB."""

MAX_QUOTES = 5
_QUOTE_CHARS = 400
_LIMITS = (1000, 500, 250, 120, 60, 30)
_ITEM_LIMITS = (50, 20, 10, 5)

_SEVERITY = {
    Urgency.LOW: Bilingual(zh="低", en="low"),
    Urgency.MEDIUM: Bilingual(zh="中", en="medium"),
    Urgency.HIGH: Bilingual(zh="高", en="high"),
    Urgency.CRITICAL: Bilingual(zh="紧急", en="critical"),
}
_KIND = {
    ItemKind.IMPROVEMENT: Bilingual(zh="改进", en="Improvement"),
    ItemKind.RECOVERY: Bilingual(zh="回访", en="Recovery"),
}


def event_body(
    event: EventType,
    *,
    message_id: str,
    occurred_at: dt.datetime,
    source_uri: str,
    data: Mapping[str, object],
) -> str:
    """Return the exact text to sign and send, below 20 KB; evidence is cut first."""
    envelope = {
        "specversion": "1.0",
        "id": message_id,
        "source": source_uri,
        "type": event.value,
        "time": iso(occurred_at),
        "datacontenttype": "application/json",
    }
    if isinstance(subject := data.get("item_id"), str):
        envelope["subject"] = subject
    for smaller in _shrinking(data):
        body = _dump(envelope | {"data": smaller})
        if len(body.encode()) < MAX_BODY_BYTES:
            return body
    raise ValueError(f"message {message_id} cannot be made smaller than 20 KB")


def item_data(card: ItemCard, *, endpoint: str) -> dict[str, object]:
    """Return the bilingual data of an action item for the endpoint of that name."""
    return {
        "item_id": card.item_id,
        "kind": card.kind.value,
        "status": card.status.value,
        "ticket_id": card.ticket_id,
        "title": _both(item_title(card)),
        "issue": {
            "issue_id": card.issue_id,
            "theme": _named(card.theme),
            "touchpoint": _named(card.touchpoint),
            "unit": _named(card.unit),
        },
        "department": _named(card.department),
        "severity": card.severity.value,
        "severity_name": _both(_SEVERITY[card.severity]),
        "opened_at": iso(card.opened_at),
        "due_at": iso(card.due_at),
        "why": _both(card.why),
        "news": _both(card.news) if card.news else None,
        "outlook": _both(card.outlook) if card.outlook else None,
        "evidence": [_quote(each) for each in card.evidence[:MAX_QUOTES]],
        "playbook": _playbook(card.playbook),
        "past_fixes": [_past_fix(each) for each in card.past_fixes],
        "answer": how_to_answer(card.item_id, endpoint),
    }


def item_title(card: ItemCard) -> Bilingual:
    """Return the one line by which people know the item."""
    return title_of(card.kind, card.severity, (card.theme, card.touchpoint, card.unit))


def title_of(kind: ItemKind, severity: Urgency, places: Sequence[Named]) -> Bilingual:
    """Return the one line for work of this kind about these places."""
    return Bilingual(
        zh=_title(kind, severity, places, "zh-CN"),
        en=_title(kind, severity, places, "en"),
    )


def endpoint_test_data(endpoint: str) -> dict[str, object]:
    """Return the data of a test message."""
    return {
        "title": {
            "zh": "回响测试消息：收到即表示接收端已接通，无需处理。",
            "en": "Huixiang test message: it arrived, nothing to do.",
        },
        "endpoint": endpoint,
    }


def how_to_answer(item_id: str, endpoint: str) -> dict[str, object]:
    """Say where and how the receiver reports what becomes of the item."""
    return {
        "method": "POST",
        "path": f"/hooks/status/{endpoint}",
        "signature": "Standard Webhooks 1.0.0, with this endpoint's secret",
        "statuses": [status.value for status in ReportedStatus],
        "example": {
            "item_id": item_id,
            "status": ReportedStatus.ACCEPTED.value,
            "occurred_at": "2026-01-31T09:30:00Z",
            "actor": "…",
        },
    }


def iso(moment: dt.datetime) -> str:
    """Write a moment as RFC 3339 in UTC."""
    check_aware(moment, "moment")
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _title(
    of: ItemKind, urgency: Urgency, places: Sequence[Named], language: Language
) -> str:
    named = [
        each.name.get(language) or each.id for each in places if each.id != NOWHERE
    ]
    kind, severity = _KIND[of], _SEVERITY[urgency]
    head = (
        f"【{kind.zh}·{severity.zh}】"
        if language == "zh-CN"
        else f"[{kind.en}, {severity.en}] "
    )
    return head + " · ".join(dict.fromkeys(named))


def _both(words: Bilingual) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _named(named: Named) -> dict[str, object]:
    return {"id": named.id, "name": _both(named.name)}


def _quote(quote: Quote) -> dict[str, str]:
    return {
        "feedback_id": quote.feedback_id,
        "said_on": quote.said_on.isoformat(),
        "channel": quote.channel.value,
        "words": cut(quote.words, _QUOTE_CHARS),
    }


def _playbook(playbook: Playbook | None) -> dict[str, object] | None:
    if playbook is None:
        return None
    return {
        "id": playbook.id,
        "name": _both(playbook.name),
        "kind": playbook.kind.value,
        "steps": [_both(step) for step in playbook.steps],
        "cost": playbook.cost,
    }


def _past_fix(fix: PastFix) -> dict[str, object]:
    return {
        "item_id": fix.item_id,
        "resolved_on": fix.resolved_on.isoformat(),
        "root_cause": fix.root_cause,
        "effect": _both(fix.effect),
    }


def _dump(document: Mapping[str, object]) -> str:
    return json.dumps(
        document,
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
        allow_nan=False,
    )


def _shrinking(data: Mapping[str, object]) -> Iterator[object]:
    """Yield the data whole, then with ever shorter evidence, then all of it shorter."""
    whole = _cleaned(data)
    yield whole
    evidence = whole.get("evidence")
    for limit in _LIMITS:
        yield {**whole, "evidence": _limited(evidence, limit)}
    for limit in _LIMITS:
        yield _limited(whole, limit)
    for n_items in _ITEM_LIMITS:
        yield _limited(whole, _LIMITS[-1], n_items)


def _cleaned(data: Mapping[str, object]) -> dict[str, object]:
    return {clean(name): _clean_value(value) for name, value in data.items()}


def _clean_value(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return _cleaned(value)
    if isinstance(value, list | tuple):
        return [_clean_value(each) for each in value]
    return value


def _limited(value: object, n_chars: int, n_items: int | None = None) -> object:
    if isinstance(value, str):
        return cut(value, n_chars)
    if isinstance(value, dict):
        return {name: _limited(each, n_chars, n_items) for name, each in value.items()}
    if isinstance(value, list):
        return [_limited(each, n_chars, n_items) for each in value[:n_items]]
    return value
