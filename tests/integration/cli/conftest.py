"""The command `huixiang`, called as the shell does, on the shop's workspace."""

import json
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from huixiang.cli import main
from tests.shop import make_shop
from tests.workbench import SECRET, Bench, make_bench


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def huixiang(monkeypatch, capsys):
    """Run the command in this process; give its exit code and its output."""

    def run(*words: object) -> Ended:
        monkeypatch.setattr("sys.argv", ["huixiang", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return run


@pytest.fixture
def bench(tmp_path, monkeypatch) -> Bench:
    """The shop's workspace with an empty database, found through HUIXIANG_HOME."""
    home = tmp_path / "shop"
    monkeypatch.setenv("HUIXIANG_HOME", str(home))
    monkeypatch.setenv("SHOP_DESK_SECRET", SECRET)
    monkeypatch.setenv("SHOP_DESK_URL", "http://127.0.0.1:9/")
    return make_bench(home, f"sqlite:///{home / '.huixiang' / 'huixiang.db'}")


@pytest.fixture
def shop(tmp_path, monkeypatch):
    """The shop with its first export in the inbox."""
    home = make_shop(tmp_path / "shop")
    monkeypatch.setenv("HUIXIANG_HOME", str(home))
    monkeypatch.setenv("SHOP_DESK_SECRET", SECRET)
    monkeypatch.setenv("SHOP_DESK_URL", "http://127.0.0.1:9/")
    return home


@pytest.fixture
def receiver(monkeypatch):
    """A receiver that answers every message with a ticket; gives what it heard."""
    heard = []

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append(json.loads(body))
            ticket = {"ticket_id": f"T-{len(heard)}", "status": "new"}
            answer = json.dumps(ticket).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    monkeypatch.setenv("SHOP_DESK_URL", f"http://127.0.0.1:{server.server_port}/")
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()
