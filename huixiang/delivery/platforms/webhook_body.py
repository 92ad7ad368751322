"""What the generic webhook sends: CloudEvents 1.0 in structured JSON. Pure.

https://github.com/cloudevents/spec/blob/main/cloudevents/formats/json-format.md
"""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import assert_never

from huixiang.clock import UTC, check_aware
from huixiang.delivery.platform import PlatformLimits
from huixiang.delivery.status import ReportedStatus
from huixiang.delivery.text_limits import clean, cut
from huixiang.domain.items.digest import DigestCard, DigestItem
from huixiang.domain.items.item_card import ItemCard, Named, PastFix, Quote
from huixiang.domain.items.outbox import EndpointGreeting, NeutralEvent
from huixiang.domain.items.route import Playbook
from huixiang.domain.text import Bilingual

LIMITS = PlatformLimits(body_bytes=20_000, text_chars={"quote": 400})
"""Standard Webhooks asks for less than 20 KB."""

MAX_QUOTES = 5
_SHORTER = (1000, 500, 250, 120, 60, 30)
_FEWER_ITEMS = (50, 20, 10, 5)


def event_body(event: NeutralEvent, *, endpoint: str) -> bytes:
    """Return the exact bytes to sign and send, below 20 KB; evidence is cut first."""
    return cloud_event(event, event_data(event, endpoint=endpoint))


def cloud_event(event: NeutralEvent, data: Mapping[str, object]) -> bytes:
    """Return *data* in the envelope of *event*, below 20 KB; evidence is cut first."""
    envelope = {
        "specversion": "1.0",
        "id": event.message_id,
        "source": event.source_uri,
        "type": event.type.value,
        "time": iso(event.occurred_at),
        "datacontenttype": "application/json",
    }
    if isinstance(subject := data.get("item_id"), str):
        envelope["subject"] = subject
    for smaller in _shrinking(data):
        body = _dump(envelope | {"data": smaller}).encode()
        if len(body) < LIMITS.body_bytes:
            return body
    raise ValueError(f"message {event.message_id} cannot be made smaller than 20 KB")


def event_data(event: NeutralEvent, *, endpoint: str) -> dict[str, object]:
    """Return the bilingual data of an event for the endpoint of that name."""
    match event.card:
        case ItemCard() as card:
            return item_data(card, endpoint=endpoint)
        case DigestCard() as card:
            return digest_data(card)
        case EndpointGreeting(title=title):
            return {"title": _both(title), "endpoint": endpoint}
        case never:
            assert_never(never)


def item_data(card: ItemCard, *, endpoint: str) -> dict[str, object]:
    """Return the bilingual data of an action item for the endpoint of that name."""
    return {
        "item_id": card.item_id,
        "kind": card.kind.value,
        "status": card.status.value,
        "ticket_id": card.ticket_id,
        "title": _both(card.title),
        "issue": {
            "issue_id": card.issue_id,
            "theme": _named(card.theme),
            "touchpoint": _named(card.touchpoint),
            "unit": _named(card.unit),
        },
        "department": _named(card.department),
        "severity": card.severity.value,
        "severity_name": _both(card.severity_name),
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


def digest_data(card: DigestCard) -> dict[str, object]:
    """Return the bilingual data of a digest."""
    return {
        "title": _both(card.title),
        "audience": "owners" if card.department_id else "managers",
        "department": {"id": card.department_id, "name": _both(card.department)}
        if card.department
        else None,
        "first_on": card.first_on.isoformat(),
        "last_on": card.last_on.isoformat(),
        "answers": [_both(each) for each in card.answers],
        "items": {
            section.part.value: {
                "n": section.n_items,
                "first": [_digest_item(each) for each in section.items],
            }
            for section in card.sections
        },
        "report": card.report,
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


def _digest_item(item: DigestItem) -> dict[str, object]:
    return {
        "item_id": item.item_id,
        "title": _both(item.title),
        "status": item.status.value,
        "due_at": iso(item.due_at),
    }


def _both(words: Bilingual) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def _named(named: Named) -> dict[str, object]:
    return {"id": named.id, "name": _both(named.name)}


def _quote(quote: Quote) -> dict[str, str]:
    return {
        "feedback_id": quote.feedback_id,
        "said_on": quote.said_on.isoformat(),
        "channel": quote.channel.value,
        "words": cut(quote.words, LIMITS.text_chars["quote"]),
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
    for limit in _SHORTER:
        yield {**whole, "evidence": _limited(evidence, limit)}
    for limit in _SHORTER:
        yield _limited(whole, limit)
    for n_items in _FEWER_ITEMS:
        yield _limited(whole, _SHORTER[-1], n_items)


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
