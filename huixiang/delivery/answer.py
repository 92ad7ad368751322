"""What an endpoint's answer means. Pure: bytes and headers in, facts out."""

import json
import re
from collections.abc import Mapping

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.domain.outbox import Outcome

MAX_ANSWER_BYTES = 64 * 1024
_MAX_VALUE_CHARS = 200
_MAX_SAID_CHARS = 160
_LONG_PIECE = 6
_REPLY_FIELDS = ("ticket_id", "status")
_TRY_AGAIN = frozenset({408, 425, 429})
_CHARSET = re.compile(r"charset=\"?([A-Za-z0-9_-]+)", re.IGNORECASE)
_CHARSETS = {"gbk": "gb18030", "gb2312": "gb18030", "gb18030": "gb18030"}
_SECRET_LIKE = re.compile(r"whsec_\S+")

SUCCESS = range(200, 300)
GONE = 410


def outcome_of(status_code: int) -> Outcome:
    """Sort a complete answer by its status; a redirect is a failure, never followed."""
    if status_code in SUCCESS:
        return Outcome.DELIVERED
    if status_code in _TRY_AGAIN or status_code in range(500, 600):
        return Outcome.TRANSIENT
    return Outcome.TERMINAL


def read_reply(body: bytes, content_type: str) -> Mapping[str, str] | None:
    """Return what the answer says of the ticket, or None where it says nothing."""
    document = _decoded(body, content_type)
    if not isinstance(document, dict):
        return None
    named = {
        name: _clean(str(document[name]))[:_MAX_VALUE_CHARS]
        for name in _REPLY_FIELDS
        if isinstance(document.get(name), str | int)
    }
    return {name: value for name, value in named.items() if value} or None


def describe(status_code: int, body: bytes, content_type: str, hide: list[str]) -> str:
    """Say in a short, masked line what the endpoint answered."""
    text = body.decode(_charset(content_type), "replace")[: 4 * _MAX_SAID_CHARS]
    said = " ".join(_clean(_without(text, hide)).split())[:_MAX_SAID_CHARS]
    return f"endpoint answered {status_code}" + (f": {said}" if said else "")


def to_hide(endpoint: ResolvedEndpoint) -> list[str]:
    """Return the pieces of URL and secrets that an answer may echo, longest first."""
    pieces = re.split(r"[/?&=#:@]+", endpoint.url)
    long_pieces = [piece for piece in pieces if len(piece) >= _LONG_PIECE]
    return sorted({endpoint.url, *endpoint.secrets, *long_pieces}, key=len)[::-1]


def _decoded(body: bytes, content_type: str) -> object:
    try:
        return json.loads(body.decode(_charset(content_type)))
    except (ValueError, RecursionError):
        return None


def _charset(content_type: str) -> str:
    declared = _CHARSET.search(content_type)
    return _CHARSETS.get(declared[1].lower() if declared else "", "utf-8-sig")


def _clean(text: str) -> str:
    return "".join(each if each.isprintable() else " " for each in text).strip()


def _without(text: str, hide: list[str]) -> str:
    for piece in hide:
        text = text.replace(piece, "***")
    return _SECRET_LIKE.sub("***", text)
