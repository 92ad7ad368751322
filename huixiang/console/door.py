"""The inbound door: other systems report here what became of an item.

A call is checked, stored as it came, and only then answered; what it means is worked
out later, so a busy loop never makes a sender wait.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from huixiang.clock import Now, check_aware
from huixiang.delivery.signing import verify
from huixiang.errors import SignatureMalformed, SignatureRefused
from huixiang.steps.acts.calls import CallAnswer, TakenCall
from huixiang.wording.acts import refusal

log = logging.getLogger(__name__)

MAX_BYTES = 262_144
READ_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class InboundCall:
    """A genuine call of an endpoint, exactly as it came."""

    endpoint: str
    webhook_id: str
    received_at: dt.datetime
    body: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_aware(self.received_at, "received_at")


Accept = Callable[[InboundCall], TakenCall]
Secrets = Callable[[str], Sequence[str]]
"""Gives the secrets of an endpoint; none means there is no such door."""
_STATUS_CODES: Mapping[CallAnswer, int] = {
    CallAnswer.STORED: 200,
    CallAnswer.DUPLICATE: 200,
    CallAnswer.UNUSABLE: 422,
    CallAnswer.CONFLICT: 409,
}


class _Refused(Exception):
    """Ends a call with this answer."""

    def __init__(self, status_code: int, reason: str) -> None:
        super().__init__(reason)
        self.status_code = status_code


def create_door(
    *, accept: Accept, secrets: Secrets, now: Now, max_bytes: int = MAX_BYTES
) -> FastAPI:
    """Build the application; `accept` must have stored the call when it returns."""
    app = FastAPI(title="Huixiang", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/hooks/status/{endpoint}")
    async def status(endpoint: str, request: Request) -> JSONResponse:
        try:
            keys = await run_in_threadpool(_keys, secrets, endpoint)
            body = await _read(request, max_bytes)
            call = _genuine(request, endpoint, body, keys, now)
            taken = await run_in_threadpool(accept, call)
        except _Refused as refused:
            return _refuse(refused, endpoint)
        except Exception as error:  # whatever it is, the sender hears 503, never 500
            return _again_later(error, endpoint)
        return _answer(taken, endpoint)

    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return app


def _keys(secrets: Secrets, endpoint: str) -> Sequence[str]:
    keys = secrets(endpoint)
    if not keys:
        raise _Refused(404, "there is no endpoint of this name")
    return keys


async def _read(request: Request, max_bytes: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.stream():
                body += chunk
                if len(body) > max_bytes:
                    raise _Refused(413, f"the body is larger than {max_bytes} bytes")
    except TimeoutError as error:
        raise _Refused(408, "the body did not arrive in time") from error
    return bytes(body)


def _genuine(
    request: Request, endpoint: str, body: bytes, keys: Sequence[str], now: Now
) -> InboundCall:
    at = now()
    try:
        webhook_id = verify(headers=request.headers, body=body, secrets=keys, at=at)
    except SignatureMalformed as error:
        raise _Refused(400, str(error)) from error
    except SignatureRefused as error:
        raise _Refused(401, str(error)) from error
    return InboundCall(
        endpoint=endpoint, webhook_id=webhook_id, received_at=at, body=body
    )


def _answer(taken: TakenCall, endpoint: str) -> JSONResponse:
    status_code = _STATUS_CODES[taken.answer]
    if taken.reason is None:
        return JSONResponse({"status": taken.answer.value}, status_code=status_code)
    code = taken.reason.code
    log.warning(
        "inbound.unusable",
        extra={"target": endpoint, "status_code": status_code, "reason": code.value},
    )
    words = refusal(code, taken.reason.facts)
    return JSONResponse(
        {"error": words.en, "code": code.value}, status_code=status_code
    )


def _refuse(refused: _Refused, endpoint: str) -> JSONResponse:
    log.warning(
        "inbound.refused",
        extra={"target": endpoint, "status_code": refused.status_code},
    )
    # Closing ends a body that is still coming; otherwise it would be read to its end.
    return JSONResponse(
        {"error": str(refused)},
        status_code=refused.status_code,
        headers={"Connection": "close"},
    )


def _again_later(error: Exception, endpoint: str) -> JSONResponse:
    # The kind of error only: a database's message repeats the values, so the verbatim.
    log.error(
        "inbound.not_stored",
        extra={"target": endpoint, "error": type(error).__qualname__},
    )
    return JSONResponse(
        {"error": "not stored, please send again"},
        status_code=503,
        headers={"Retry-After": "30"},
    )
