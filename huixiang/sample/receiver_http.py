"""The sample's OA over HTTP: maps paths to what the office does."""

import json
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

from huixiang.errors import SignatureMalformed, SignatureRefused
from huixiang.sample.receiver_faults import Fault
from huixiang.sample.receiver_office import Office

ITEMS_PATH = "/items"
_MAX_BYTES = 1_000_000


class ReceiverServer(ThreadingHTTPServer):
    """Loopback only; one thread a call."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, office: Office) -> None:
        self.office = office
        super().__init__(("127.0.0.1", port), ReceiverHandler)


class ReceiverHandler(BaseHTTPRequestHandler):
    """Answers one call; what cannot be read is 400, never a stack trace."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    @property
    def office(self) -> Office:
        """The office behind the counter."""
        return cast(ReceiverServer, self.server).office

    def do_GET(self) -> None:
        """Show a page."""
        page = self.office.pages.get(self.path)
        if page is None:
            self._reply(404, {"error": "no such page"})
        else:
            self._reply(200, page())

    def do_POST(self) -> None:
        """Take a message, or a command."""
        body = self._body()
        command = self.office.commands.get(self.path)
        if body is None:
            self._reply(413, {"error": "too large"})
        elif self.path == ITEMS_PATH:
            self._receive(body)
        elif command is None:
            self._reply(404, {"error": "no such command"})
        else:
            self._reply(*_tried(lambda: command(json.loads(body))))

    def _receive(self, body: bytes) -> None:
        fault = self.office.faults.take()
        fault.wait()
        if fault.refuses:
            self._fail(fault)
            return
        answer = _tried(lambda: self.office.receive(dict(self.headers.items()), body))
        if fault.status is not None:
            self._fail(fault)
        elif fault.drops_reply:
            self.close_connection = True
        else:
            self._reply(*answer)

    def _fail(self, fault: Fault) -> None:
        self._reply(
            fault.status or 500, {"error": "a fault was asked for"}, fault.headers
        )

    def _body(self) -> bytes | None:
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > _MAX_BYTES:
            self.close_connection = True
            return None
        return self.rfile.read(int(length))

    def _reply(
        self, status: int, answer: object, headers: dict[str, str] | None = None
    ) -> None:
        body = json.dumps(answer, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Stay quiet: standard error belongs to whoever started this."""


def _tried(action: Callable[[], object]) -> tuple[int, object]:
    try:
        return 200, action()
    except SignatureMalformed as error:
        return 400, {"error": str(error)}
    except SignatureRefused as error:
        return 401, {"error": str(error)}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return 400, {"error": f"not understood: {error}"}
