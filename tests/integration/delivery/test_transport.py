"""Whatever an endpoint does on the wire ends in a sorted outcome, and in time."""

import contextlib
import dataclasses
import logging
import socket
import ssl
import struct
import threading

import pytest

from huixiang.clock import utc_now
from huixiang.delivery.signing import format_secret, verify
from huixiang.delivery.transport import send
from huixiang.domain.items.outbox import Outcome, TicketReply
from huixiang.wording.items.messages import attempt_words

OK = (
    b'HTTP/1.1 200 OK\r\nContent-Length: 36\r\n\r\n{"ticket_id":"T-17","status":"open"}'
)
SHORT = 0.4


def said(attempt):
    return attempt_words(attempt.reason, attempt.status_code).en


def to_loopback(host, port):
    return ["127.0.0.1"]


def status(code, headers="", body=b""):
    head = f"HTTP/1.1 {code} X\r\nContent-Length: {len(body)}\r\n{headers}\r\n"
    return head.encode() + body


def test_a_message_arrives_signed_and_whole_and_its_ticket_comes_back(
    serve, take_request, endpoint_at, message, secret
):
    taken = []

    def handle(connection):
        taken.append(take_request(connection))
        connection.sendall(OK)

    attempt = send(message, endpoint_at(serve(handle).url), now=utc_now)
    head, _, body = taken[0].partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines[1:])
    assert attempt.outcome is Outcome.DELIVERED
    assert attempt.reply == TicketReply(ticket_id="T-17", status="open")
    assert lines[0] == "POST /hook HTTP/1.1"
    assert headers["Content-Type"].startswith("application/cloudevents+json")
    assert body == message.rendered.body
    assert verify(headers=headers, body=body, secrets=[secret], at=utc_now()) == "msg_1"


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (204, Outcome.DELIVERED),
        (400, Outcome.TERMINAL),
        (401, Outcome.TERMINAL),
        (403, Outcome.TERMINAL),
        (404, Outcome.TERMINAL),
        (429, Outcome.TRANSIENT),
        (500, Outcome.TRANSIENT),
        (503, Outcome.TRANSIENT),
    ],
)
def test_a_status_is_sorted(serve, answer, endpoint_at, message, code, outcome):
    server = serve(answer(status(code)))
    attempt = send(message, endpoint_at(server.url), now=utc_now)
    assert (attempt.outcome, attempt.status_code) == (outcome, code)
    assert not attempt.disable_endpoint


def test_gone_asks_for_the_endpoint_to_be_disabled(serve, answer, endpoint_at, message):
    server = serve(answer(status(410, body=b"moved away")))
    attempt = send(message, endpoint_at(server.url), now=utc_now)
    assert attempt.outcome is Outcome.TERMINAL
    assert attempt.disable_endpoint
    assert said(attempt) == "endpoint answered 410: moved away"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_its_target_is_never_visited(
    serve, answer, endpoint_at, message, code
):
    target = serve(answer(OK))
    redirecting = serve(answer(status(code, f"Location: {target.url}\r\n")))
    attempt = send(message, endpoint_at(redirecting.url), now=utc_now)
    assert (attempt.outcome, attempt.status_code) == (Outcome.TERMINAL, code)
    assert (redirecting.n_visits, target.n_visits) == (1, 0)


def drip(take_request, head, piece):
    """Behave like a server that would take ten seconds for its 200 answer."""

    def handle(connection):
        take_request(connection)
        connection.sendall(head)
        for _ in range(200):
            connection.sendall(piece)
            if threading.Event().wait(0.05):
                return
        connection.sendall(b"\r\n\r\n")

    return handle


def test_a_body_that_drips_is_cut_at_the_deadline(
    serve, take_request, endpoint_at, message
):
    server = serve(drip(take_request, b"HTTP/1.1 200 OK\r\n\r\n", b"x"))
    slow = endpoint_at(server.url, timeout_seconds=SHORT)
    attempt = send(message, slow, now=utc_now)
    assert (attempt.outcome, attempt.status_code) == (Outcome.UNKNOWN, 200)


def test_headers_that_drip_are_cut_at_the_deadline(
    serve, take_request, endpoint_at, message
):
    server = serve(drip(take_request, b"HTTP/1.1 200 OK\r\nX: ", b"x"))
    slow = endpoint_at(server.url, timeout_seconds=SHORT)
    attempt = send(message, slow, now=utc_now)
    assert attempt.outcome is Outcome.UNKNOWN


def test_a_body_without_end_is_not_read_beyond_the_cap(
    serve, take_request, endpoint_at, message
):
    sent = []

    def handle(connection):
        take_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"y" * 65536)
            sent.append(65536)

    server = serve(handle)
    attempt = send(message, endpoint_at(server.url), now=utc_now)
    assert (attempt.outcome, attempt.reply) == (Outcome.DELIVERED, None)
    assert sum(sent) < 32 * 1024 * 1024


def test_silence_after_the_request_is_unknown(
    serve, take_request, endpoint_at, message
):
    released = threading.Event()

    def handle(connection):
        take_request(connection)
        released.wait()

    silent = endpoint_at(serve(handle).url, timeout_seconds=SHORT)
    attempt = send(message, silent, now=utc_now)
    released.set()
    assert attempt.outcome is Outcome.UNKNOWN
    assert "may have arrived" in said(attempt)


def reset(connection):
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


@pytest.mark.parametrize(
    ("before", "status_code"),
    [
        (b"", None),
        (b"HTTP/1.1 2", None),
        (b'HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{"ticket', 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", 200),
    ],
)
@pytest.mark.parametrize("is_reset", [True, False])
def test_a_connection_that_breaks_after_the_request_is_unknown(
    serve, take_request, endpoint_at, message, before, status_code, is_reset
):
    def handle(connection):
        take_request(connection)
        connection.sendall(before)
        if is_reset:
            reset(connection)

    attempt = send(message, endpoint_at(serve(handle).url), now=utc_now)
    assert attempt.outcome is Outcome.UNKNOWN
    assert attempt.status_code in {status_code, None}


@pytest.mark.parametrize(
    "garbage",
    [
        b"SSH-2.0-OpenSSH\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"\x00" * 200,
        b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nA: " + b"b" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_an_answer_that_is_no_http_is_unknown(
    serve, answer, endpoint_at, message, garbage
):
    attempt = send(message, endpoint_at(serve(answer(garbage)).url), now=utc_now)
    assert attempt.outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("body", [b'{"ticket', b"ok", b"\xff\xfe", b"[" * 50_000])
def test_a_complete_answer_that_is_no_json_is_still_a_success(
    serve, answer, endpoint_at, message, body
):
    attempt = send(
        message, endpoint_at(serve(answer(status(200, body=body))).url), now=utc_now
    )
    assert (attempt.outcome, attempt.reply) == (Outcome.DELIVERED, None)


def test_a_refused_connection_is_transient(endpoint_at, message):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    attempt = send(message, endpoint_at(f"http://127.0.0.1:{port}/"), now=utc_now)
    assert attempt.outcome is Outcome.TRANSIENT
    assert "not sent" in said(attempt)


def let_in(listener):
    connection, _ = listener.accept()
    connection.close()


def test_a_black_hole_is_transient(endpoint_at, message):
    with contextlib.ExitStack() as open_sockets:
        hole = open_sockets.enter_context(socket.socket())
        hole.bind(("127.0.0.1", 0))
        hole.listen(0)
        for _ in range(8):  # fill the backlog: from here on nobody is answered
            waiting = open_sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(hole.getsockname())
        # Whoever waits beyond the deadline is let in, and would see something else.
        late = threading.Timer(2 * SHORT, let_in, [hole])
        late.start()
        open_sockets.callback(late.join)
        url = f"http://127.0.0.1:{hole.getsockname()[1]}/"
        attempt = send(message, endpoint_at(url, timeout_seconds=SHORT), now=utc_now)
    assert attempt.outcome is Outcome.TRANSIENT
    assert "no connection in time" in said(attempt)


def test_a_dead_address_does_not_hide_a_living_one(serve, answer, endpoint_at, message):
    server = serve(answer(OK))
    attempt = send(
        message,
        endpoint_at(f"http://oa.test:{server.port}/"),
        now=utc_now,
        lookup=lambda host, port: ["127.99.99.99", "127.0.0.1"],
    )
    assert attempt.outcome is Outcome.DELIVERED


def test_a_name_that_cannot_be_resolved_is_transient(endpoint_at, message):
    def lookup(host, port):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    attempt = send(message, endpoint_at("http://oa.test/"), now=utc_now, lookup=lookup)
    assert attempt.outcome is Outcome.TRANSIENT


def test_a_resolver_that_hangs_counts_into_the_deadline(endpoint_at, message):
    released = threading.Event()

    def lookup(host, port):
        released.wait()
        return []

    slow = endpoint_at("http://oa.test/", timeout_seconds=SHORT)
    attempt = send(message, slow, now=utc_now, lookup=lookup)
    released.set()
    assert attempt.outcome is Outcome.TRANSIENT


def test_a_private_address_is_refused_before_any_connection(
    serve, answer, endpoint_at, message
):
    server = serve(answer(OK))
    public_only = endpoint_at(f"https://oa.test:{server.port}/", networks=())
    attempt = send(message, public_only, now=utc_now, lookup=to_loopback)
    assert attempt.outcome is Outcome.TERMINAL
    assert "networks" in said(attempt)
    assert server.n_visits == 0


def test_a_name_that_changes_its_address_after_the_check_gains_nothing(
    serve, answer, endpoint_at, message, monkeypatch
):
    server = serve(answer(OK))
    asked = []

    def rebinding(host, port):
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    dialled = []

    def dial(address, timeout):
        dialled.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", dial)
    rebound = endpoint_at(f"https://oa.test:{server.port}/", networks=())
    attempt = send(message, rebound, now=utc_now, lookup=rebinding)
    assert attempt.outcome is Outcome.TRANSIENT
    assert asked == ["oa.test"]
    assert dialled == [("93.184.216.34", server.port)]


def secured(certificates_of_host, handle):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(
        certificates_of_host.chain_file, certificates_of_host.key_file
    )

    def wrapped(connection):
        with (
            contextlib.suppress(ssl.SSLError),
            context.wrap_socket(connection, server_side=True) as tls,
        ):
            handle(tls)

    return wrapped


def test_tls_verifies_the_name_although_the_address_is_pinned(
    serve, answer, endpoint_at, message, certificates
):
    issued = certificates("oa.corp.test")
    server = serve(secured(issued, answer(OK)))
    endpoint = endpoint_at(
        f"https://oa.corp.test:{server.port}/hook", ca_file=issued.ca_file
    )
    attempt = send(message, endpoint, now=utc_now, lookup=to_loopback)
    assert (attempt.outcome, said(attempt)) == (
        Outcome.DELIVERED,
        "endpoint answered 200",
    )


@pytest.mark.parametrize(
    ("host", "knows_authority"), [("evil.test", True), ("oa.corp.test", False)]
)
def test_a_certificate_that_does_not_fit_is_refused_and_nothing_is_sent(
    serve, take_request, endpoint_at, message, certificates, host, knows_authority
):
    issued = certificates("oa.corp.test")
    taken = []
    server = serve(secured(issued, lambda tls: taken.append(take_request(tls))))
    endpoint = endpoint_at(
        f"https://{host}:{server.port}/hook",
        ca_file=issued.ca_file if knows_authority else None,
    )
    attempt = send(message, endpoint, now=utc_now, lookup=to_loopback)
    assert attempt.outcome is Outcome.TERMINAL
    assert "certificate" in said(attempt)
    assert (server.n_visits, taken) == (1, [])


@pytest.mark.parametrize("closes", [True, False])
def test_a_handshake_that_does_not_end_is_transient(
    serve, endpoint_at, message, closes
):
    released = threading.Event()

    def handle(connection):
        connection.recv(65536)
        if not closes:
            released.wait()

    url = f"https://oa.test:{serve(handle).port}/"
    endpoint = endpoint_at(url, timeout_seconds=SHORT if not closes else 20)
    attempt = send(message, endpoint, now=utc_now, lookup=to_loopback)
    released.set()
    assert attempt.outcome is Outcome.TRANSIENT


def test_proxies_and_passwords_of_the_environment_are_not_used(
    serve, answer, take_request, endpoint_at, message, monkeypatch, tmp_path
):
    taken = []

    def handle(connection):
        taken.append(take_request(connection))
        connection.sendall(OK)

    trap = serve(answer(OK))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{trap.port}")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b\n")
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    attempt = send(message, endpoint_at(serve(handle).url), now=utc_now)
    assert attempt.outcome is Outcome.DELIVERED
    assert trap.n_visits == 0
    assert b"authorization" not in taken[0].lower()


@pytest.mark.parametrize(
    "reply",
    [
        OK,
        status(404, body=b"no such hook: /hook/topsecretkey?sig=hiddenvalue"),
        b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n",
        b"garbage",
    ],
)
def test_url_and_secret_stay_out_of_logs_and_details(
    serve, answer, endpoint_at, message, secret, caplog, reply
):
    caplog.set_level(logging.DEBUG)
    server = serve(answer(reply))
    url = f"http://127.0.0.1:{server.port}/hook/topsecretkey?sig=hiddenvalue"
    attempt = send(message, endpoint_at(url), now=utc_now)
    for text in (caplog.text, said(attempt), repr(attempt)):
        assert "topsecretkey" not in text
        assert "hiddenvalue" not in text
        assert secret not in text


@pytest.mark.parametrize("changes", [{"rendered": None}, {"message_id": "msg.1"}])
def test_a_message_that_cannot_be_sent_is_terminal_not_a_crash(
    serve, answer, endpoint_at, changes, message
):
    poisoned = dataclasses.replace(message, **changes)
    server = serve(answer(OK))
    attempt = send(poisoned, endpoint_at(server.url), now=utc_now)
    assert attempt.outcome is Outcome.TERMINAL
    assert server.n_visits == 0


def test_while_a_secret_is_rotated_both_signatures_go_out(
    serve, take_request, endpoint_at, message, secret
):
    taken = []

    def handle(connection):
        taken.append(take_request(connection))
        connection.sendall(OK)

    new_secret = format_secret(bytes(32))
    resolved = endpoint_at(serve(handle).url)
    both = dataclasses.replace(resolved, secrets=(new_secret, secret))
    send(message, both, now=utc_now)
    assert taken[0].count(b"v1,") == 2


def test_retry_after_is_read_from_the_answer(serve, answer, endpoint_at, message):
    server = serve(answer(status(429, "Retry-After: 7\r\n")))
    attempt = send(message, endpoint_at(server.url), now=utc_now)
    assert attempt.retry_after is not None
    assert attempt.retry_after.total_seconds() == 7


def test_sending_leaves_no_watchdog_behind(serve, answer, endpoint_at, message):
    endpoint = endpoint_at(serve(answer(OK)).url, timeout_seconds=300)
    outcomes = {send(message, endpoint, now=utc_now).outcome for _ in range(20)}
    watchdogs = [
        each for each in threading.enumerate() if isinstance(each, threading.Timer)
    ]
    assert outcomes == {Outcome.DELIVERED}
    assert [each for each in watchdogs if not each.finished.is_set()] == []
