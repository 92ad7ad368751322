"""Read answers over HTTP. Pure: bytes and headers in, facts out."""

import json
import re

from huixiang.delivery.endpoint import ResolvedEndpoint
from huixiang.domain.items.outbox import Outcome

MAX_ANSWER_BYTES = 64 * 1024
_MAX_SAID_CHARS = 160
_LONG_PIECE = 6
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


def read_json(body: bytes, content_type: str) -> object:
    """Return the JSON document in *body*, or None where there is none."""
    try:
        return json.loads(body.decode(_charset(content_type)))
    except (ValueError, RecursionError):
        return None


def read_text(body: bytes, content_type: str) -> str:
    """Return the text in *body*, whatever it is."""
    return body.decode(_charset(content_type), "replace")


def one_line(text: str) -> str:
    """Return *text* without anything that does not print, nor line breaks."""
    return "".join(each if each.isprintable() else " " for each in text).strip()


def quoted(text: str, hide: list[str]) -> str:
    """Return what an endpoint said as a short, masked line."""
    shown = text[: 4 * _MAX_SAID_CHARS]
    for piece in hide:
        shown = shown.replace(piece, "***")
    shown = _SECRET_LIKE.sub("***", shown)
    return " ".join(one_line(shown).split())[:_MAX_SAID_CHARS]


def to_hide(endpoint: ResolvedEndpoint) -> list[str]:
    """Return the pieces of URL and secrets that an answer may echo, longest first."""
    pieces = re.split(r"[/?&=#:@]+", endpoint.url)
    long_pieces = [piece for piece in pieces if len(piece) >= _LONG_PIECE]
    return sorted({endpoint.url, *endpoint.secrets, *long_pieces}, key=len)[::-1]


def _charset(content_type: str) -> str:
    declared = _CHARSET.search(content_type)
    return _CHARSETS.get(declared[1].lower() if declared else "", "utf-8-sig")
