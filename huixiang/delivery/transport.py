"""Send one message over HTTP and sort whatever happens into an outcome."""

import contextlib
import contextvars
import logging
import ssl
from collections.abc import Iterator
from http.client import HTTPException

import requests
import urllib3

from huixiang.clock import Now, monotonic
from huixiang.delivery.addresses import (
    AddressRefused,
    Lookup,
    NotResolved,
    allowed_addresses,
    look_up,
    resolve,
)
from huixiang.delivery.answer import (
    GONE,
    MAX_ANSWER_BYTES,
    SUCCESS,
    describe,
    outcome_of,
    read_reply,
    to_hide,
)
from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.line import Line, PinnedAdapter
from huixiang.delivery.retry import read_retry_after
from huixiang.delivery.signing import signed_headers
from huixiang.domain.outbox import DeliveryAttempt, OutboxMessage, Outcome
from huixiang.errors import ConfigurationError

_CHUNK_BYTES = 8192
_HEADERS = {
    "Content-Type": "application/cloudevents+json; charset=utf-8",
    "Accept": "application/json",
    "Accept-Encoding": "identity",  # so that no answer can unpack into a bomb
    "Connection": "close",
    "User-Agent": "huixiang",
}
_NETWORK_ERRORS = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    HTTPException,
    OSError,
)
# An interrupted handshake is the network's doing; any other refusal of TLS is not.
_INTERRUPTED_TLS = (ssl.SSLEOFError, ssl.SSLZeroReturnError, ssl.SSLSyscallError)


def send(
    message: OutboxMessage,
    endpoint: ResolvedEndpoint,
    *,
    now: Now,
    lookup: Lookup = look_up,
) -> DeliveryAttempt:
    """Try once, within the endpoint's time limit over all; never raises for the network.

    `attempted_at` of the result is the moment the outcome was known.
    """
    deadline = monotonic() + endpoint.endpoint.timeout_seconds
    try:
        request = _request(message, endpoint, now)
        line = _line(endpoint, lookup, deadline)
    except (UnicodeError, ValueError, ConfigurationError, AddressRefused) as error:
        return _failed(Outcome.TERMINAL, f"not sent: {_reason(error)}", now)
    except NotResolved as error:
        return _failed(Outcome.TRANSIENT, f"not sent: {error}", now)
    with _unlogged(), contextlib.closing(line):
        return _exchange(request, endpoint, line, now)


def _request(
    message: OutboxMessage, endpoint: ResolvedEndpoint, now: Now
) -> requests.PreparedRequest:
    body = message.body.encode()
    signed = signed_headers(
        message_id=message.message_id, at=now(), body=body, secrets=endpoint.secrets
    )
    return requests.Request(
        "POST", endpoint.url, headers=_HEADERS | signed, data=body
    ).prepare()


def _line(endpoint: ResolvedEndpoint, lookup: Lookup, deadline: float) -> Line:
    seconds = deadline - monotonic()
    found = resolve(endpoint.host, endpoint.port, lookup, seconds)
    addresses = allowed_addresses(found, endpoint.networks)
    return Line(addresses, endpoint.port, deadline)


def _exchange(
    request: requests.PreparedRequest, endpoint: ResolvedEndpoint, line: Line, now: Now
) -> DeliveryAttempt:
    adapter = PinnedAdapter(line)
    with contextlib.closing(adapter):
        try:
            response = adapter.transmit(request, endpoint.endpoint.ca_file)
        except _NETWORK_ERRORS as error:
            return _failed(*_sort(error, line), now)
        with contextlib.closing(response):
            body, is_whole = _read(response, line)
            return _answered(response, body, is_whole, endpoint, now)


def _read(response: requests.Response, line: Line) -> tuple[bytes, bool]:
    """Return the answer's body up to the cap, and whether it came to a clean end."""
    body = bytearray()
    try:
        for chunk in response.raw.stream(_CHUNK_BYTES, decode_content=False):
            body += chunk
            if len(body) > MAX_ANSWER_BYTES:
                return bytes(body[:MAX_ANSWER_BYTES]), True
    except _NETWORK_ERRORS:
        return bytes(body), False
    return bytes(body), not line.was_cut


def _answered(
    response: requests.Response,
    body: bytes,
    is_whole: bool,
    endpoint: ResolvedEndpoint,
    now: Now,
) -> DeliveryAttempt:
    status, at = response.status_code, now()
    content_type = response.headers.get("Content-Type", "")
    if status in SUCCESS and not is_whole:
        return DeliveryAttempt(
            outcome=Outcome.UNKNOWN,
            attempted_at=at,
            status_code=status,
            detail=f"endpoint answered {status}, but the answer broke off",
        )
    delivered = status in SUCCESS
    return DeliveryAttempt(
        outcome=outcome_of(status),
        attempted_at=at,
        status_code=status,
        retry_after=read_retry_after(response.headers.get("Retry-After"), at),
        disable_endpoint=status == GONE,
        reply=read_reply(body, content_type) if delivered else None,
        detail=describe(
            status, b"" if delivered else body, content_type, to_hide(endpoint)
        ),
    )


def _failed(outcome: Outcome, detail: str, now: Now) -> DeliveryAttempt:
    return DeliveryAttempt(outcome=outcome, attempted_at=now(), detail=detail)


def _sort(error: BaseException, line: Line) -> tuple[Outcome, str]:
    """Sort a failure by how far the attempt came; its text may hold the URL, so not it."""
    causes = list(_causes(error))
    if line.is_open:
        why = "no answer in time" if _is_timeout(causes, line) else "no readable answer"
        return Outcome.UNKNOWN, f"sent, but {why}: it may have arrived"
    if _is_timeout(causes, line):
        return Outcome.TRANSIENT, "not sent: no connection in time"
    if _is_tls_refusal(causes):
        return Outcome.TERMINAL, (
            "not sent: the certificate or TLS of the endpoint is not trusted; "
            "check its certificate, or ca_file"
        )
    return Outcome.TRANSIENT, f"not sent: no connection ({_kind(causes)})"


def _is_timeout(causes: list[BaseException], line: Line) -> bool:
    return line.was_cut or any(isinstance(each, TimeoutError) for each in causes)


def _is_tls_refusal(causes: list[BaseException]) -> bool:
    if any(isinstance(each, _INTERRUPTED_TLS) for each in causes):
        return False
    return any(isinstance(each, ssl.SSLError) for each in causes)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and everything inside it: requests wraps urllib3 wraps the system."""
    waiting, seen = [error], set[int]()
    while waiting:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = [each.__cause__, each.__context__, getattr(each, "reason", None)]
        waiting += [one for one in (*inner, *each.args) if isinstance(one, Exception)]


def _kind(causes: list[BaseException]) -> str:
    system = [type(each).__name__ for each in causes if isinstance(each, OSError)]
    return system[-1] if system else type(causes[0]).__name__


def _reason(error: Exception) -> str:
    if isinstance(error, AddressRefused | ConfigurationError):
        return str(error)
    return f"the message or URL cannot be put into a request ({type(error).__name__})"


_IS_SENDING: contextvars.ContextVar[bool] = contextvars.ContextVar(
    "huixiang_is_sending", default=False
)
_CHATTY_LOGGERS = ("connectionpool", "connection", "util.retry", "response")


def _may_log(record: logging.LogRecord) -> bool:
    del record
    return not _IS_SENDING.get()


@contextlib.contextmanager
def _unlogged() -> Iterator[None]:
    """Keep urllib3 from logging the URL, which is often a credential."""
    for name in _CHATTY_LOGGERS:
        logging.getLogger(f"urllib3.{name}").addFilter(_may_log)
    token = _IS_SENDING.set(True)
    try:
        yield
    finally:
        _IS_SENDING.reset(token)
