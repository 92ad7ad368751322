"""An endpoint's answer is sorted, read within limits, and masked when quoted."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.delivery.answer import outcome_of, quoted, read_text, to_hide
from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.platforms.webhook import (
    GenericWebhook,
    WebhookEndpoint,
    read_reply,
)
from huixiang.domain.items.outbox import Outcome, TicketReply

JSON = "application/json"
SECRET = "whsec_" + base64.b64encode(bytes(range(24))).decode()


@pytest.mark.parametrize(
    ("status_codes", "outcome"),
    [
        ((200, 201, 202, 204), Outcome.DELIVERED),
        ((408, 425, 429, 500, 502, 503, 504, 529), Outcome.TRANSIENT),
        ((301, 302, 303, 307, 308), Outcome.TERMINAL),
        ((400, 401, 403, 404, 410, 415, 422), Outcome.TERMINAL),
        ((101, 600, 999), Outcome.TERMINAL),
    ],
)
def test_every_status_has_its_outcome(status_codes, outcome):
    assert {outcome_of(status_code) for status_code in status_codes} == {outcome}


def test_the_ticket_is_read_from_the_answer():
    body = json.dumps({"ticket_id": 17, "status": "新建", "other": "x"}).encode()
    assert read_reply(body, JSON) == TicketReply(ticket_id="17", status="新建")


def test_an_answer_in_gbk_is_read_where_it_says_so():
    body = '{"status":"已受理"}'.encode("gbk")
    gbk = "application/json; charset=GBK"
    assert read_reply(body, gbk) == TicketReply(status="已受理")
    assert read_reply(body, JSON) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"ok", b"[]", b"null", b'{"ticket', b'{"ticket_id":{}}', b"[" * 60_000,
     b'{"ticket_id":""}', b"\xff\xfe", b'{"ticket_id":null}'],
)  # fmt: skip
def test_an_answer_that_says_nothing_of_a_ticket_is_none(body):
    assert read_reply(body, JSON) is None


def test_what_an_answer_says_is_cleaned_and_bounded():
    body = json.dumps({"ticket_id": "A\x00\n" + "1" * 900}).encode()
    reply = read_reply(body, JSON)
    assert reply is not None
    assert reply.ticket_id is not None
    assert len(reply.ticket_id) == 200
    assert reply.ticket_id.isprintable()


@given(body=st.binary(max_size=200), content_type=st.text(max_size=60))
def test_no_answer_breaks_the_reader(body, content_type):
    reply = read_reply(body, content_type)
    assert reply is None or reply.ticket_id or reply.status


def test_a_refusal_is_quoted_in_one_short_line():
    body = "看板\r\n不存在\x00".encode() + b"!" * 999
    said = quoted(read_text(body, JSON), [])
    assert said.startswith("看板 不存在")
    assert len(said) < 200
    assert said.isprintable()


def test_an_echo_of_url_or_secret_is_masked():
    endpoint = ResolvedEndpoint(
        endpoint=WebhookEndpoint(name="oa", url="https://u:passwd1@x/${K}", secret="S"),
        platform=GenericWebhook(),
        url="https://u:passwd1@oa.example/hook/topsecret?key=hidden99",
        secrets=(SECRET,),
    )
    echo = f"no {endpoint.url} /hook/topsecret hidden99 passwd1 {SECRET} whsec_other"
    said = quoted(echo, to_hide(endpoint))
    for piece in ("topsecret", "hidden99", "passwd1", SECRET[6:], "whsec_"):
        assert piece not in said
