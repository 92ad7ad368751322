"""The inbound door: other systems report status and feedback here.

A call is checked, stored as it came, and only then answered; what it means is worked
out later, so a busy loop never makes a sender wait.
"""

import asyncio
import datetime as dt
import enum
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from huixiang.clock import Now, check_aware
from huixiang.delivery.signing import verify
from huixiang.errors import SignatureMalformed, SignatureRefused

log = logging.getLogger(__name__)

DoorName = Literal["status", "feedback"]
MAX_BYTES = 262_144
READ_SECONDS = 20.0


@dataclass(frozen=True, kw_only=True, slots=True)
class InboundCall:
    """A genuine call, exactly as it came; `name` is the endpoint or the source."""

    door: DoorName
    name: str
    webhook_id: str
    received_at: dt.datetime
    body: bytes = field(repr=False)

    def __post_init__(self) -> None:
        check_aware(self.received_at, "received_at")


class Accepted(enum.StrEnum):
    """What storing a call came to; both are a success for the sender."""

    STORED = "stored"
    DUPLICATE = "duplicate"


Accept = Callable[[InboundCall], Accepted]
Secrets = Callable[[str, str], Sequence[str]]
"""Gives the secrets of (door, name); none means there is no such door."""


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

    async def answer(request: Request, door: DoorName, name: str) -> JSONResponse:
        try:
            keys = await run_in_threadpool(_keys, secrets, door, name)
            body = await _read(request, max_bytes)
            call = _checked(request, door, name, body, keys, now)
            accepted = await run_in_threadpool(accept, call)
        except _Refused as refused:
            return _refuse(refused, door, name)
        except Exception as error:  # whatever it is, the sender hears 503, never 500
            return _again_later(error, door, name)
        return JSONResponse({"status": accepted.value})

    @app.post("/hooks/status/{endpoint}")
    async def status(endpoint: str, request: Request) -> JSONResponse:
        return await answer(request, "status", endpoint)

    @app.post("/hooks/feedback/{source}")
    async def feedback(source: str, request: Request) -> JSONResponse:
        return await answer(request, "feedback", source)

    @app.get("/healthz")
    async def healthz() -> JSONResponse:
        return JSONResponse({"status": "ok"})

    return app


def _keys(secrets: Secrets, door: DoorName, name: str) -> Sequence[str]:
    keys = secrets(door, name)
    if not keys:
        raise _Refused(404, f"there is no {door} door of this name")
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


def _checked(
    request: Request,
    door: DoorName,
    name: str,
    body: bytes,
    keys: Sequence[str],
    now: Now,
) -> InboundCall:
    at = now()
    try:
        webhook_id = verify(headers=request.headers, body=body, secrets=keys, at=at)
    except SignatureMalformed as error:
        raise _Refused(400, str(error)) from error
    except SignatureRefused as error:
        raise _Refused(401, str(error)) from error
    _check_json(body, door)
    return InboundCall(
        door=door, name=name, webhook_id=webhook_id, received_at=at, body=body
    )


def _check_json(body: bytes, door: DoorName) -> None:
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _Refused(400, "the body is not JSON in UTF-8") from error
    allowed = (dict,) if door == "status" else (dict, list)
    if not isinstance(document, allowed):
        raise _Refused(400, "the body is not a JSON object")


def _refuse(refused: _Refused, door: DoorName, name: str) -> JSONResponse:
    log.warning(
        "inbound.refused",
        extra={"door": door, "target": name, "status_code": refused.status_code},
    )
    # Closing ends a body that is still coming; otherwise it would be read to its end.
    return JSONResponse(
        {"error": str(refused)},
        status_code=refused.status_code,
        headers={"Connection": "close"},
    )


def _again_later(error: Exception, door: DoorName, name: str) -> JSONResponse:
    # The kind of error only: a database's message repeats the values, so the verbatim.
    log.error(
        "inbound.not_stored",
        extra={"door": door, "target": name, "error": type(error).__qualname__},
    )
    return JSONResponse(
        {"error": "not stored, please send again"},
        status_code=503,
        headers={"Retry-After": "30"},
    )
