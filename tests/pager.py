"""A platform of another package: a pager's board, whose HTTP 200 means nothing."""

import dataclasses
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar, Literal
from urllib.parse import parse_qs, urlencode, urlsplit

from huixiang.delivery.answer import read_json
from huixiang.delivery.platform import (
    AnswerFacts,
    EndpointAnswer,
    OutgoingRequest,
    PlatformLimits,
)
from huixiang.delivery.text_limits import cut
from huixiang.domain.items.item_card import ItemCard
from huixiang.domain.items.outbox import (
    Endpoint,
    NeutralEvent,
    OutboxMessage,
    Outcome,
    Rendered,
    TicketReply,
)
from huixiang.domain.setting import StrangeSetting
from huixiang.errors import ConfigurationError

SENT, BUSY, REFUSED, NO_SUCH_BOARD = 0, -1, 310000, 404040
SECRET = "beep"


@dataclass(frozen=True, kw_only=True, slots=True)
class PagerEndpoint(Endpoint):
    """A board of a pager; `board` is its number."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    kind: Literal["pager"] = "pager"
    board: int

    def strange_settings(self) -> Iterator[StrangeSetting]:
        if self.board < 1:
            yield StrangeSetting(field="board", wanted=">= 1")


@dataclass(frozen=True, slots=True)
class Pager:
    """Signs in the query, answers with a code in the body, can be asked by key."""

    kind: str = "pager"
    settings: type[PagerEndpoint] = PagerEndpoint
    limits: PlatformLimits = PlatformLimits(  # noqa: RUF009 - frozen
        body_bytes=2_000, per_minute=4, text_chars={"title": 8}
    )

    def check_secret(self, secret: str) -> None:
        if secret != SECRET:
            raise ConfigurationError("a pager's secret is what it beeps")

    def render(self, event: NeutralEvent, endpoint: PagerEndpoint) -> Rendered:
        card = event.card
        labels = (
            [each.label.get(endpoint.language) for each in card.buttons]
            if isinstance(card, ItemCard)
            else []
        )
        title = cut(card.title.get(endpoint.language), self.limits.text_chars["title"])
        body = {"key": event.message_id, "title": title, "buttons": labels}
        return Rendered(
            body=json.dumps(body, ensure_ascii=False).encode(),
            content_type="application/json",
            path=f"/boards/{endpoint.board}",
        )

    def authenticate(
        self,
        request: OutgoingRequest,
        *,
        message_id: str,
        secrets: Any,
        at: dt.datetime,
    ) -> OutgoingRequest:
        stamp = f"{at.timestamp():.6f}"
        query = urlencode({"at": stamp, "sign": sign(stamp, secrets[0])})
        joint = "&" if urlsplit(request.url).query else "?"
        return dataclasses.replace(request, url=f"{request.url}{joint}{query}")

    def read_answer(self, answer: EndpointAnswer) -> AnswerFacts:
        document = read_json(answer.body, answer.content_type)
        if not isinstance(document, dict) or not answer.is_whole:
            return AnswerFacts(outcome=Outcome.UNKNOWN, status_code=None)
        code = document["errcode"]
        if code == SENT:
            ticket = TicketReply(ticket_id=document["number"], status="beeping")
            return AnswerFacts(outcome=Outcome.DELIVERED, status_code=200, reply=ticket)
        return AnswerFacts(
            outcome=Outcome.TRANSIENT if code == BUSY else Outcome.TERMINAL,
            status_code=answer.status_code,
            answer_code=str(code),
            words=document["errmsg"],
            is_gone=code == NO_SUCH_BOARD,
        )

    def find(self, message: OutboxMessage, url: str) -> OutgoingRequest | None:
        return OutgoingRequest(
            url=f"{url}/find?key={message.message_id}",
            method="GET",
            headers={},
            body=b"",
        )

    def read_found(self, answer: EndpointAnswer) -> AnswerFacts:
        facts = self.read_answer(answer)
        if facts.outcome is Outcome.TERMINAL:  # it says that it has no such page
            return AnswerFacts(outcome=Outcome.TRANSIENT, status_code=None)
        return facts


PLATFORM = Pager()


def sign(stamp: str, secret: str) -> str:
    """Return the signature of a moment."""
    return hmac.new(secret.encode(), stamp.encode(), hashlib.sha256).hexdigest()


@dataclass
class PagerServer:
    """The pager itself, on this machine: says what the test told it to."""

    codes: list[int] = field(default_factory=list)
    calls: list[tuple[str, bytes]] = field(default_factory=list)
    pages: dict[str, str] = field(default_factory=dict)
    keeps_silent: Callable[[], bool] = lambda: False
    url: str = ""

    def answer(self, method: str, path: str, body: bytes) -> dict[str, Any]:
        """Take a page, or say whether there is one."""
        if method == "GET":
            key = parse_qs(urlsplit(path).query)["key"][0]
            return self._page(key) if key in self.pages else _no("no such page")
        self.calls.append((path, body))
        code = self.codes.pop(0) if self.codes else SENT
        if code != SENT:
            return {"errcode": code, "errmsg": "换个时间 beep again"}
        key = json.loads(body)["key"]
        self.pages.setdefault(key, f"P-{len(self.pages) + 1}")
        return self._page(key)

    def _page(self, key: str) -> dict[str, Any]:
        return {"errcode": SENT, "errmsg": "ok", "number": self.pages[key]}


def _no(words: str) -> dict[str, Any]:
    return {"errcode": REFUSED, "errmsg": words}


def serve_pager() -> Iterator[PagerServer]:
    """Serve a pager over HTTP until the test is over."""
    pager = PagerServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            said = pager.answer(self.command, self.path, body)
            if self.command == "POST" and pager.keeps_silent():
                self.close_connection = True
                return
            data = json.dumps(said).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST  # noqa: N815 - the library's name

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    pager.url = f"http://127.0.0.1:{server.server_port}"
    yield pager
    server.shutdown()
    server.server_close()
    thread.join()
