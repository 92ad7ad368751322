"""A message is valid CloudEvents JSON, bilingual, and below 20 KB, whatever is in it."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.card import ItemCard, Named, PastFix, Quote
from huixiang.delivery.payload import (
    MAX_BODY_BYTES,
    endpoint_test_data,
    event_body,
    iso,
    item_data,
    item_title,
)
from huixiang.domain.action import ActionStatus, ItemKind
from huixiang.domain.feedback import Channel
from huixiang.domain.outbox import EventType
from huixiang.domain.route import Playbook, PlaybookKind, Urgency
from huixiang.domain.text import Bilingual

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
        "theme": Named(id="lounge.drinks", name=both("休息室酒水", "Lounge drinks")),
        "touchpoint": Named(id="lounge", name=both("休息室", "Lounge")),
        "unit": Named(id="T2", name=both("T2 航站楼", "Terminal 2")),
        "department": Named(id="lounge", name=both("贵宾服务部", "Lounge services")),
        "severity": Urgency.HIGH,
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


def body(data, event=EventType.OPENED):
    return event_body(
        event,
        message_id="msg_1",
        occurred_at=NOON,
        source_uri="/huixiang/airport",
        data=data,
    )


def sent(data):
    return json.loads(body(data))


def test_the_envelope_is_cloudevents_1_0():
    envelope = sent(item_data(card(), endpoint="oa"))
    data = envelope.pop("data")
    assert data["item_id"] == "it_1"
    assert envelope == {
        "specversion": "1.0",
        "id": "msg_1",
        "source": "/huixiang/airport",
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


def test_a_place_the_records_do_not_name_is_left_out_of_the_title():
    nowhere = Named(id="-", name=both("", ""))
    title = item_title(card(touchpoint=nowhere, unit=nowhere))
    assert title.zh == "【改进·高】休息室酒水"


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
    assert len(text.encode()) < MAX_BODY_BYTES
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
    assert len(text.encode()) < MAX_BODY_BYTES
    assert json.loads(text)["data"]["item_id"] == "it_1"


@given(data=st.dictionaries(NASTY, VALUES, max_size=6))
def test_any_data_becomes_one_valid_json_document_below_the_limit(data):
    text = body(data)
    assert len(text.encode()) < MAX_BODY_BYTES
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
    envelope = json.loads(body(endpoint_test_data("oa"), EventType.TEST))
    assert envelope["type"] == "huixiang.endpoint.test"
    assert "item_id" not in envelope["data"]
    assert "subject" not in envelope
