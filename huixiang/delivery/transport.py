"""Send one message over HTTP and sort whatever happens into an outcome."""

import contextlib
import contextvars
import dataclasses
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
from huixiang.delivery.answer import MAX_ANSWER_BYTES, quoted, to_hide
from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.delivery.line import Line, PinnedAdapter
from huixiang.delivery.platform import AnswerFacts, EndpointAnswer, OutgoingRequest
from huixiang.delivery.retry import may_have_arrived
from huixiang.domain.items.outbox import (
    AttemptReason,
    DeliveryAttempt,
    MessageState,
    OutboxMessage,
    Outcome,
    Rendered,
)
from huixiang.domain.reason import Fact, Reason
from huixiang.errors import ConfigurationError

_CHUNK_BYTES = 8192
_HEADERS = {
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
    """Try once, each call within the endpoint's time limit; the network never raises.

    Where a second copy would be a second notice, what may have arrived is looked up, if
    the platform can do that. `attempted_at` is the moment the outcome was known.
    """
    looks_up = not endpoint.endpoint.idempotent
    if looks_up and message.state is MessageState.SENDING:
        earlier = _look_for(message, endpoint, now, lookup)
        if earlier.outcome is not Outcome.TRANSIENT:
            return earlier
    attempt = _try(message, endpoint, now, lookup)
    if looks_up and may_have_arrived(attempt):
        return _looked_up(attempt, _look_for(message, endpoint, now, lookup))
    return attempt


def _try(
    message: OutboxMessage, endpoint: ResolvedEndpoint, now: Now, lookup: Lookup
) -> DeliveryAttempt:
    if message.rendered is None:
        return _failed(Outcome.TERMINAL, now, AttemptReason.NOT_WRITABLE, error="body")
    request = _addressed(message.rendered, endpoint)
    answer = _ask(request, message.message_id, endpoint, now, lookup)
    if isinstance(answer, DeliveryAttempt):
        return answer
    return _attempt(endpoint.platform.read_answer(answer), endpoint, answer)


def _look_for(
    message: OutboxMessage, endpoint: ResolvedEndpoint, now: Now, lookup: Lookup
) -> DeliveryAttempt:
    """Return whether *message* arrived; unknown where nobody can tell."""
    question = endpoint.platform.find(message, endpoint.url)
    if question is None:
        return _failed(Outcome.UNKNOWN, now, AttemptReason.SENDER_DIED)
    answer = _ask(question, message.message_id, endpoint, now, lookup)
    if isinstance(answer, DeliveryAttempt):
        return dataclasses.replace(answer, outcome=Outcome.UNKNOWN)
    return _attempt(endpoint.platform.read_found(answer), endpoint, answer)


def _looked_up(attempt: DeliveryAttempt, seen: DeliveryAttempt) -> DeliveryAttempt:
    """Return *attempt* as it ended, now that somebody has looked."""
    if seen.outcome is Outcome.UNKNOWN:
        return attempt
    return dataclasses.replace(
        attempt, outcome=seen.outcome, status_code=seen.status_code, reply=seen.reply
    )


def _addressed(rendered: Rendered, endpoint: ResolvedEndpoint) -> OutgoingRequest:
    return OutgoingRequest(
        url=endpoint.url + rendered.path,
        method=rendered.method,
        headers={**_HEADERS, "Content-Type": rendered.content_type},
        body=rendered.body,
    )


def _ask(
    request: OutgoingRequest,
    message_id: str,
    endpoint: ResolvedEndpoint,
    now: Now,
    lookup: Lookup,
) -> EndpointAnswer | DeliveryAttempt:
    """Return the answer to *request*, or how it failed to get one."""
    deadline = monotonic() + endpoint.endpoint.timeout_seconds
    try:
        prepared = _prepared(request, message_id, endpoint, now)
        line = _line(endpoint, lookup, deadline)
    except AddressRefused as error:
        return _failed(Outcome.TERMINAL, now, error.reason)
    except NotResolved as error:
        return _failed(Outcome.TRANSIENT, now, error.reason)
    except (UnicodeError, ValueError, ConfigurationError) as error:
        kind = type(error).__name__
        return _failed(Outcome.TERMINAL, now, AttemptReason.NOT_WRITABLE, error=kind)
    with _unlogged(), contextlib.closing(line):
        return _exchange(prepared, endpoint, line, now)


def _prepared(
    request: OutgoingRequest, message_id: str, endpoint: ResolvedEndpoint, now: Now
) -> requests.PreparedRequest:
    genuine = endpoint.platform.authenticate(
        request, message_id=message_id, secrets=endpoint.secrets, at=now()
    )
    return requests.Request(
        genuine.method, genuine.url, headers=dict(genuine.headers), data=genuine.body
    ).prepare()


def _line(endpoint: ResolvedEndpoint, lookup: Lookup, deadline: float) -> Line:
    seconds = deadline - monotonic()
    resolved = resolve(endpoint.host, endpoint.port, lookup, seconds)
    addresses = allowed_addresses(resolved, endpoint.networks)
    return Line(addresses, endpoint.port, deadline)


def _exchange(
    request: requests.PreparedRequest, endpoint: ResolvedEndpoint, line: Line, now: Now
) -> EndpointAnswer | DeliveryAttempt:
    adapter = PinnedAdapter(line)
    with contextlib.closing(adapter):
        try:
            response = adapter.transmit(request, endpoint.endpoint.ca_file)
        except _NETWORK_ERRORS as error:
            return _sorted(error, line, now)
        with contextlib.closing(response):
            body, is_whole = _read(response, line)
            return EndpointAnswer(
                status_code=response.status_code,
                headers={
                    name.lower(): value for name, value in response.headers.items()
                },
                body=body,
                is_whole=is_whole,
                answered_at=now(),
            )


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


def _attempt(
    facts: AnswerFacts, endpoint: ResolvedEndpoint, answer: EndpointAnswer
) -> DeliveryAttempt:
    code: dict[str, Fact] = (
        {"answer_code": facts.answer_code} if facts.answer_code else {}
    )
    return DeliveryAttempt(
        outcome=facts.outcome,
        attempted_at=answer.answered_at,
        reason=Reason(
            code=facts.reason, facts=code, words=quoted(facts.words, to_hide(endpoint))
        ),
        status_code=facts.status_code,
        retry_after=facts.retry_after,
        disable_endpoint=facts.is_gone,
        reply=facts.reply,
    )


def _failed(
    outcome: Outcome, now: Now, code: AttemptReason, **facts: Fact
) -> DeliveryAttempt:
    reason = Reason(code=code, facts=facts)
    return DeliveryAttempt(outcome=outcome, attempted_at=now(), reason=reason)


def _sorted(error: BaseException, line: Line, now: Now) -> DeliveryAttempt:
    """Sort a failure by how far the attempt came; its text may hold the URL, so not it."""
    causes = list(_causes(error))
    is_timeout = _is_timeout(causes, line)
    if line.is_open:
        code = (
            AttemptReason.NO_ANSWER_IN_TIME
            if is_timeout
            else AttemptReason.ANSWER_UNREADABLE
        )
        return _failed(Outcome.UNKNOWN, now, code)
    if is_timeout:
        return _failed(Outcome.TRANSIENT, now, AttemptReason.NO_CONNECTION_IN_TIME)
    if _is_tls_refusal(causes):
        return _failed(Outcome.TERMINAL, now, AttemptReason.CERTIFICATE_NOT_TRUSTED)
    kind = _kind(causes)
    return _failed(Outcome.TRANSIENT, now, AttemptReason.NO_CONNECTION, error=kind)


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
