"""The inbound door over real sockets: stored before answered, and never a 500."""

import base64
import contextlib
import datetime as dt
import socket
import threading

import pytest
import requests

from huixiang.console.door import create_door
from huixiang.console.serving import _listen, serve_door
from huixiang.delivery.signing import signed_headers
from huixiang.domain.acts.act import ActReason
from huixiang.domain.reason import Reason
from huixiang.errors import HuixiangError
from huixiang.steps.acts.calls import CallAnswer, TakenCall

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
OTHER = "whsec_" + base64.b64encode(b"other key" * 3).decode()
FOREIGN = "whsec_" + base64.b64encode(b"foreign" * 5).decode()
REPORT = b'{"item_id":"it_1","status":"accepted"}'
SECRETS = {"oa": [SECRET, OTHER]}


STORED = TakenCall(answer=CallAnswer.STORED)
DUPLICATE = TakenCall(answer=CallAnswer.DUPLICATE)


class Inbox:
    """Keeps calls in memory, idempotent on the webhook-id."""

    def __init__(self):
        self.calls = {}
        self.lock = threading.Lock()

    def accept(self, call):
        with self.lock:
            is_known = (call.endpoint, call.webhook_id) in self.calls
            self.calls.setdefault((call.endpoint, call.webhook_id), call)
        return DUPLICATE if is_known else STORED


@pytest.fixture(scope="module")
def shared_inbox():
    return Inbox()


@pytest.fixture(scope="module")
def shared_door(shared_inbox):
    with opened(shared_inbox.accept) as served:
        yield served


@pytest.fixture
def inbox(shared_inbox):
    """An empty inbox, of the one door that most tests share."""
    shared_inbox.calls.clear()
    return shared_inbox


@pytest.fixture
def door(shared_door, inbox):
    return shared_door


@contextlib.contextmanager
def opened(accept, **options):
    app = create_door(
        accept=accept,
        secrets=lambda endpoint: SECRETS.get(endpoint, []),
        now=lambda: NOON,
        **options,
    )
    with serve_door(app) as served:
        yield served


def post(
    door, body=REPORT, path="/hooks/status/oa", *, at=NOON, changes=None, **signing
):
    fields = {"message_id": "call_1", "secrets": [SECRET]} | signing
    headers = signed_headers(at=at, body=body, **fields) | (changes or {})
    headers = {name: value for name, value in headers.items() if value is not None}
    return requests.post(door.url + path, data=body, headers=headers, timeout=20)


def test_a_signed_report_is_stored_as_it_came(door, inbox):
    answer = post(door)
    (call,) = inbox.calls.values()
    assert (answer.status_code, answer.json()) == (200, {"status": "stored"})
    assert (call.endpoint, call.webhook_id) == ("oa", "call_1")
    assert call.body == REPORT
    assert call.received_at == NOON


def test_a_hundred_copies_ten_at_a_time_are_stored_once(door, inbox):
    answers: list[requests.Response] = []

    def call():
        answers.extend(post(door) for _ in range(10))

    threads = [threading.Thread(target=call) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json() == {"status": "stored"} for answer in answers) == 1
    assert len(inbox.calls) == 1


def test_either_secret_opens_while_they_are_rotated(door):
    assert post(door, secrets=[OTHER]).status_code == 200


@pytest.mark.parametrize(
    ("path", "status_code"),
    [
        ("/hooks/status/nobody", 404),
        ("/hooks/feedback/oa", 404),
        ("/hooks/feedback/counter", 404),
        ("/hooks/status/", 404),
        ("/hooks/other/oa", 404),
        ("/hooks/status/oa/x", 404),
        ("/hooks/status/%00", 404),
        ("/hooks/status/" + "x" * 5000, 404),
        ("/docs", 404),
        ("/openapi.json", 404),
    ],
)
def test_an_unknown_door_is_not_found(door, inbox, path, status_code):
    assert post(door, path=path).status_code == status_code
    assert inbox.calls == {}


@pytest.mark.parametrize(
    ("signing", "status_code"),
    [
        ({"at": NOON - dt.timedelta(minutes=6)}, 401),
        ({"at": NOON + dt.timedelta(minutes=6)}, 401),
        ({"secrets": [FOREIGN]}, 401),
        ({"changes": {"webhook-signature": "v1,aaaa"}}, 401),
        ({"changes": {"webhook-id": "call_2"}}, 401),
        ({"changes": {"webhook-id": None}}, 400),
        ({"changes": {"webhook-id": "a.b"}}, 400),
        ({"changes": {"webhook-timestamp": "nan"}}, 400),
        ({"changes": {"webhook-timestamp": "9" * 400}}, 400),
        ({"changes": {"webhook-signature": "v1,a,b"}}, 400),
        ({"changes": {"webhook-signature": " ".join(["v1,aaaa"] * 1000)}}, 400),
    ],
)
def test_a_call_that_is_not_genuine_changes_nothing(door, inbox, signing, status_code):
    assert post(door, **signing).status_code == status_code
    assert inbox.calls == {}


def test_headers_without_end_do_not_bring_the_door_down(door, inbox):
    signatures = " ".join(["v1,aaaa"] * 100_000)
    with contextlib.suppress(requests.RequestException):
        answer = post(door, changes={"webhook-signature": signatures})
        assert answer.status_code == 400
    assert inbox.calls == {}
    assert post(door).status_code == 200


@pytest.mark.parametrize(
    ("answer", "status_code"), [(CallAnswer.UNUSABLE, 422), (CallAnswer.CONFLICT, 409)]
)
def test_a_genuine_call_that_cannot_be_used_is_told_why(answer, status_code, caplog):
    reason = Reason(code=ActReason.NOT_TEXT, facts={"field": "actor"})
    with opened(lambda call: TakenCall(answer=answer, reason=reason)) as door:
        heard = post(door)
    assert heard.status_code == status_code
    assert heard.json() == {"error": "actor is not text", "code": "not_text"}
    assert "it_1" not in caplog.text


def test_a_changed_body_is_refused(door, inbox):
    headers = signed_headers(message_id="c", at=NOON, body=REPORT, secrets=[SECRET])
    changed = REPORT.replace(b"accepted", b"resolved")
    answer = requests.post(
        door.url + "/hooks/status/oa", data=changed, headers=headers, timeout=20
    )
    assert answer.status_code == 401
    assert inbox.calls == {}


@pytest.mark.parametrize(("n_bytes", "status_code"), [(1000, 200), (1001, 413)])
def test_a_body_over_the_limit_is_refused(inbox, n_bytes, status_code):
    body = b'{"a":"' + b"x" * (n_bytes - 8) + b'"}'
    with opened(inbox.accept, max_bytes=1000) as door:
        assert post(door, body).status_code == status_code


def test_a_body_without_end_is_refused_while_it_is_still_coming(door, inbox):
    n_wanted, sent = 50_000, []

    def endless():
        for number in range(n_wanted):
            sent.append(number)
            yield b"x" * 65536

    with contextlib.suppress(requests.ConnectionError):
        answer = requests.post(
            door.url + "/hooks/status/oa", data=endless(), timeout=20
        )
        assert answer.status_code == 413
    assert len(sent) < n_wanted
    assert inbox.calls == {}


def test_what_cannot_be_stored_is_asked_for_again(caplog):
    def accept(call):
        raise OSError(f"disk full, parameters: {call.body!r}")

    with opened(accept) as door:
        answer = post(door)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "inbound.not_stored" in caplog.text
    assert "it_1" not in caplog.text


def test_the_answer_comes_only_after_the_call_is_stored():
    may_store, asked, stored = threading.Event(), threading.Event(), []

    def accept(call):
        asked.set()
        may_store.wait()
        stored.append(call)
        return STORED

    with opened(accept) as door:
        answers = []
        thread = threading.Thread(target=lambda: answers.append(post(door)))
        thread.start()
        asked.wait()
        assert answers == []
        may_store.set()
        thread.join()
    assert [answer.status_code for answer in answers] == [200]
    assert len(stored) == 1


def test_health_needs_no_signature(door):
    answer = requests.get(door.url + "/healthz", timeout=20)
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_bytes_that_are_no_http_do_not_bring_the_door_down(door):
    with socket.create_connection((door.host, door.port), timeout=20) as connection:
        connection.sendall(b"\x16\x03\x01 garbage\r\n\r\n")
        connection.recv(1000)
    assert post(door).status_code == 200


def test_the_door_names_its_protocol_or_every_answer_would_wait_for_nagle():
    with contextlib.closing(_listen("127.0.0.1", 0)) as listener:
        assert listener.proto == socket.IPPROTO_TCP


def test_a_door_can_be_opened_again_after_it_was_closed(inbox):
    with opened(inbox.accept) as first:
        assert post(first).status_code == 200
    with opened(inbox.accept) as second:
        assert post(second).json() == {"status": "duplicate"}


def test_a_taken_port_is_said_so(door, inbox):
    app = create_door(accept=inbox.accept, secrets=lambda _: [], now=lambda: NOON)
    with pytest.raises(HuixiangError, match="port"), serve_door(app, port=door.port):
        pass
