"""A message is valid CloudEvents JSON, bilingual, and below 20 KB, whatever is in it."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.platforms.webhook_body import (
    LIMITS,
    cloud_event,
    event_body,
    iso,
    item_data,
)
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.digest import (
    DigestCard,
    DigestItem,
    DigestPart,
    DigestSection,
)
from huixiang.domain.items.item_card import NOT_NAMED, ItemCard, Named, PastFix, Quote
from huixiang.domain.items.outbox import EndpointGreeting, EventType, NeutralEvent
from huixiang.domain.items.route import Playbook, PlaybookKind, Urgency
from huixiang.domain.records.feedback import Channel
from huixiang.domain.text import Bilingual
from huixiang.store.codec import decode, encode
from huixiang.wording.items.messages import GREETING

DATA = Path(__file__).parents[3] / "data" / "webhook"
NOON = dt.datetime(2026, 3, 1, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))
NASTY = st.text(
    st.characters()
    | st.characters(categories=["Cs", "Cc", "So"])
    | st.sampled_from("\"'\\\r\n\x00=<>&𠮷👍"),
    max_size=60,
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | NASTY,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(NASTY, inner, max_size=4)
    ),
    max_leaves=12,
)


def both(zh, en):
    return Bilingual(zh=zh, en=en)


def quote(words="可乐换成了柠檬味", number=1):
    return Quote(
        feedback_id=f"fb_{number}",
        said_on=dt.date(2026, 2, 27),
        channel=Channel.SURVEY,
        words=words,
    )


def card(**changes):
    fields = {
        "item_id": "it_1",
        "kind": ItemKind.IMPROVEMENT,
        "status": ActionStatus.OPEN,
        "issue_id": "is_1",
        "title": both(
            "【改进·高】休息室酒水 · 休息室 · T2 航站楼",
            "[Improvement, high] Lounge drinks · Lounge · Terminal 2",
        ),
        "theme": Named(id="lounge.drinks", name=both("休息室酒水", "Lounge drinks")),
        "touchpoint": Named(id="lounge", name=both("休息室", "Lounge")),
        "unit": Named(id="T2", name=both("T2 航站楼", "Terminal 2")),
        "department": Named(id="lounge", name=both("贵宾服务部", "Lounge services")),
        "severity": Urgency.HIGH,
        "severity_name": both("高", "high"),
        "opened_at": NOON,
        "due_at": NOON + dt.timedelta(days=3),
        "why": both("过去14天有 12 人提到", "12 people said so in 14 days"),
        "evidence": (quote(),),
        "playbook": Playbook(
            id="restock",
            name=both("恢复供应", "Restock"),
            kind=PlaybookKind.PROCESS,
            steps=(both("问旅客", "Ask travellers"), both("补货", "Restock")),
        ),
        "past_fixes": (
            PastFix(
                item_id="it_0",
                resolved_on=dt.date(2025, 11, 2),
                root_cause="供应商换货",
                effect=both("评分升 0.6", "up 0.6 stars"),
            ),
        ),
    }
    return ItemCard(**(fields | changes))


def event_of(card, event=EventType.OPENED):
    return NeutralEvent(
        message_id="msg_1",
        type=event,
        occurred_at=NOON,
        source_uri="urn:huixiang:airport",
        card=card,
    )


def body(data, event=EventType.OPENED):
    return cloud_event(event_of(card(), event), data).decode()


def sent(data):
    return json.loads(body(data))


def test_the_envelope_is_cloudevents_1_0():
    envelope = sent(item_data(card(), endpoint="oa"))
    data = envelope.pop("data")
    assert data["item_id"] == "it_1"
    assert envelope == {
        "specversion": "1.0",
        "id": "msg_1",
        "source": "urn:huixiang:airport",
        "type": "huixiang.action_item.opened",
        "time": "2026-03-01T12:00:00Z",
        "subject": "it_1",
        "datacontenttype": "application/json",
    }


def test_the_text_is_canonical_so_that_it_is_always_signed_alike():
    data = item_data(card(), endpoint="oa")
    turned_round = dict(reversed(list(data.items())))
    assert body(data) == body(turned_round)
    assert "贵宾服务部" in body(data)


def test_an_item_says_what_why_whose_and_how_to_answer():
    data = sent(item_data(card(), endpoint="oa"))["data"]
    assert data["title"] == {
        "zh": "【改进·高】休息室酒水 · 休息室 · T2 航站楼",
        "en": "[Improvement, high] Lounge drinks · Lounge · Terminal 2",
    }
    assert data["why"]["en"] == "12 people said so in 14 days"
    assert data["department"]["name"]["zh"] == "贵宾服务部"
    assert data["due_at"] == "2026-03-04T12:00:00Z"
    assert data["evidence"][0]["words"] == "可乐换成了柠檬味"
    assert [step["en"] for step in data["playbook"]["steps"]] == [
        "Ask travellers",
        "Restock",
    ]
    assert data["past_fixes"][0]["item_id"] == "it_0"
    assert data["answer"]["path"] == "/hooks/status/oa"
    assert "resolved" in data["answer"]["statuses"]


def test_every_text_a_person_reads_is_there_in_both_languages():
    data = sent(item_data(card(news=both("超期", "overdue")), endpoint="oa"))["data"]
    texts = [data["title"], data["why"], data["news"], data["severity_name"]]
    texts += [data["issue"]["theme"]["name"], *data["playbook"]["steps"]]
    assert all(text["zh"] and text["en"] for text in texts)


def test_no_more_than_five_quotes_go_out():
    many = tuple(quote(number=number) for number in range(9))
    data = sent(item_data(card(evidence=many), endpoint="oa"))["data"]
    assert [each["feedback_id"] for each in data["evidence"]] == [
        f"fb_{number}" for number in range(5)
    ]


def test_long_evidence_is_cut_with_a_mark_and_nothing_else_is():
    steps = tuple(both("步" * 400, "step " * 80) for _ in range(8))
    playbook = Playbook(
        id="p", name=both("方案", "Plan"), kind=PlaybookKind.PROCESS, steps=steps
    )
    quotes = tuple(quote("等" * 390, number=number) for number in range(5))
    text = body(item_data(card(playbook=playbook, evidence=quotes), endpoint="oa"))
    data = json.loads(text)["data"]
    assert len(text.encode()) < LIMITS.body_bytes
    assert all(each["words"].endswith("等…") for each in data["evidence"])
    assert data["playbook"]["steps"][0]["zh"] == "步" * 400


def test_even_absurdly_long_fields_fit():
    steps = tuple(both("步" * 5000, "s" * 5000) for _ in range(200))
    playbook = Playbook(
        id="p", name=both("名" * 5000, "n"), kind=PlaybookKind.PROCESS, steps=steps
    )
    text = body(
        item_data(card(playbook=playbook, why=both("因" * 9000, "")), endpoint="oa")
    )
    assert len(text.encode()) < LIMITS.body_bytes
    assert json.loads(text)["data"]["item_id"] == "it_1"


@given(data=st.dictionaries(NASTY, VALUES, max_size=6))
def test_any_data_becomes_one_valid_json_document_below_the_limit(data):
    text = body(data)
    assert len(text.encode()) < LIMITS.body_bytes
    assert set(json.loads(text)) >= {"specversion", "id", "source", "type", "data"}


@given(words=NASTY)
def test_no_customers_words_can_add_a_field(words):
    data = sent(item_data(card(evidence=(quote(words),)), endpoint="oa"))["data"]
    plain = sent(item_data(card(), endpoint="oa"))["data"]
    assert data.keys() == plain.keys()
    assert data["evidence"][0].keys() == plain["evidence"][0].keys()
    assert data["status"] == "open"


@given(words=st.text(st.sampled_from("\"'\\<>&=\n\t 好慢𠮷👍 ab"), max_size=200))
def test_ordinary_words_arrive_as_they_were_said(words):
    data = sent(item_data(card(evidence=(quote(words),)), endpoint="oa"))["data"]
    assert data["evidence"][0]["words"] == words


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        body({"effect": float("nan")})


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        iso(dt.datetime(2026, 3, 1))  # noqa: DTZ001 - the point of the test


def test_a_test_message_is_about_no_item():
    greeting = event_of(EndpointGreeting(title=GREETING), EventType.TEST)
    envelope = json.loads(event_body(greeting, endpoint="oa"))
    assert envelope["type"] == "huixiang.endpoint.test"
    assert "item_id" not in envelope["data"]
    assert "subject" not in envelope


STEPS = tuple(both("步" * 400, "step " * 80) for _ in range(8))
MANY_STEPS = tuple(both("步" * 5000, "s" * 5000) for _ in range(200))
LINE = DigestItem(
    item_id="ai_1",
    title=both("【改进·高】休息室酒水", "[Improvement, high] Lounge drinks"),
    status=ActionStatus.OPEN,
    due_at=NOON,
)
REOPENED = card(
    status=ActionStatus.REOPENED,
    kind=ItemKind.RECOVERY,
    severity=Urgency.LOW,
    severity_name=both("低", "low"),
    title=both(
        "【回访·低】休息室酒水 · T2 航站楼",
        "[Recovery, low] Lounge drinks · Terminal 2",
    ),
    news=both("没有好转", "it did not get better"),
    outlook=both("能否验收：…", "Can it be verified: …"),
    ticket_id="OA-000001",
    touchpoint=NOT_NAMED,
    unit=Named(id="T2", name=both("T2 航站楼", "Terminal 2")),
    evidence=tuple(quote(f'第{n}条\r\n"引号"\t<b>👍🏽', n) for n in range(7)),
)


def plan(steps, name, cost=None):
    return Playbook(
        id="p", name=name, kind=PlaybookKind.PROCESS, steps=steps, cost=cost
    )


def digest(**changes):
    listed = {
        DigestPart.OVERDUE: (1, (LINE,)),
        DigestPart.OPEN: (12, (LINE,) * 10),
        DigestPart.REOPENED: (0, ()),
        DigestPart.VERIFIED: (0, ()),
    }
    days = {"first_on": dt.date(2026, 3, 2), "last_on": dt.date(2026, 3, 8)}
    fields = {
        "title": both(
            "【简报】贵宾服务部 2026-03-02 … 2026-03-08",
            "[Digest] Lounge services, 2026-03-02 … 2026-03-08",
        ),
        "answers": (both("最痛：…", "Hurts most: …"), both("谁在做", "Who")),
        "sections": tuple(
            DigestSection(part=part, name=both("甲", "a"), n_items=n, items=items)
            for part, (n, items) in listed.items()
        ),
        "department_id": "lounge",
        "department": both("贵宾服务部", "Lounge services"),
        "report": "2026-03-09",
    }
    return DigestCard(**(days | fields | changes))


GOLDEN = {
    "item": event_of(card()),
    "item_reopened": event_of(REOPENED, EventType.REOPENED),
    "item_long": event_of(
        card(
            playbook=plan(STEPS, both("方案", "Plan"), 12.5),
            evidence=tuple(quote("等" * 390, number) for number in range(5)),
        )
    ),
    "item_absurd": event_of(
        card(
            playbook=plan(MANY_STEPS, both("名" * 5000, "n")),
            why=both("因" * 9000, ""),
        )
    ),
    "digest_owner": event_of(digest(), EventType.DIGEST),
    "digest_managers": event_of(
        digest(
            department_id=None,
            department=None,
            report=None,
            title=both(
                "【简报】全局 2026-03-02 … 2026-03-08",
                "[Digest] everything, 2026-03-02 … 2026-03-08",
            ),
        ),
        EventType.DIGEST,
    ),
    "test": event_of(EndpointGreeting(title=GREETING), EventType.TEST),
}


@pytest.mark.parametrize("name", GOLDEN)
def test_the_bytes_are_those_that_were_sent_before_there_were_platforms(name):
    golden = (DATA / f"{name}.json").read_bytes()
    assert event_body(GOLDEN[name], endpoint="oa") == golden


@pytest.mark.parametrize("name", GOLDEN)
def test_an_event_that_was_stored_is_sent_as_it_would_have_been(name):
    document = json.loads(json.dumps(encode(GOLDEN[name])))
    stored = decode(NeutralEvent, document)
    assert stored == GOLDEN[name]
    assert event_body(stored, endpoint="oa") == event_body(GOLDEN[name], endpoint="oa")
