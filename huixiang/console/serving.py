"""Run a web application in a thread, with a clean start and stop."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from huixiang.errors import HuixiangError

_START_SECONDS = 30.0
_STOP_SECONDS = 10
_BACKLOG = 128


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """Where an application can be reached."""

    host: str
    port: int

    @property
    def url(self) -> str:
        """The base URL."""
        return f"http://{self.host}:{self.port}"


class _Server(uvicorn.Server):
    """Says when it listens, or that it never will."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        self.ready.set()

    def serve_on(self, listener: socket.socket) -> None:
        """Run until told to stop."""
        try:
            self.run([listener])
        finally:
            self.ready.set()


@contextlib.contextmanager
def serve_door(
    app: FastAPI, host: str = "127.0.0.1", port: int = 0
) -> Iterator[Served]:
    """Serve *app* until the block ends; port 0 takes a free one."""
    listener = _listen(host, port)
    server = _Server(door_config(app))
    thread = threading.Thread(
        target=server.serve_on, args=(listener,), name="huixiang-door", daemon=True
    )
    with contextlib.closing(listener):
        thread.start()
        try:
            _wait_until_ready(server)
            yield Served(host=host, port=listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(_STOP_SECONDS)


def _listen(host: str, port: int) -> socket.socket:
    # Named TCP, as asyncio switches off Nagle's delay (40 ms an answer) only then.
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as error:
        listener.close()
        raise HuixiangError(
            f"the door cannot open on {host} port {port} ({error.strerror}); "
            "choose another port"
        ) from error
    return listener


def door_config(
    app: FastAPI, host: str = "127.0.0.1", port: int = 8750
) -> uvicorn.Config:
    """Return how the door is run: quiet, HTTP only, patient at the end."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=_STOP_SECONDS,
    )


def _wait_until_ready(server: _Server) -> None:
    if not server.ready.wait(_START_SECONDS) or not server.started:
        raise HuixiangError("the door did not open; is its port free?")
