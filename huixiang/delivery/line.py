"""One connection to an address that was checked, cut off at a deadline.

The time-outs of requests count each read anew, so a server that drips can hold a
sender for ever; here a watchdog shuts the socket when the whole attempt is over time.
"""

import contextlib
import socket
import threading
from collections.abc import Sequence
from typing import Any

import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection

from huixiang.clock import monotonic
from huixiang.delivery.addresses import Address


class Line:
    """Dials only the given addresses, and remembers how far the attempt came."""

    def __init__(
        self, addresses: Sequence[Address], port: int, deadline: float
    ) -> None:
        self.is_open = False  # from here on a request may have arrived
        self.was_cut = False
        self._addresses = addresses
        self._port = port
        self._deadline = deadline
        self._handle: socket.socket | None = None
        self._lock = threading.Lock()
        self._watchdog = threading.Timer(self.seconds_left, self._cut)
        self._watchdog.daemon = True
        self._watchdog.start()

    @property
    def seconds_left(self) -> float:
        """Seconds until the deadline, never 0 (which would mean: do not block)."""
        return max(self._deadline - monotonic(), 0.001)

    def dial(self) -> socket.socket:
        """Connect to the first address that answers, sharing the time between them."""
        failure: OSError = TimeoutError("no address to dial")
        for n_before, address in enumerate(self._addresses):
            share = self.seconds_left / (len(self._addresses) - n_before)
            try:
                dialled = socket.create_connection((str(address), self._port), share)
            except OSError as error:
                failure = error
            else:
                return self._watched(dialled)
        raise failure

    def close(self) -> None:
        """Stop watching and let go of the connection."""
        self._watchdog.cancel()
        with self._lock:
            if self._handle is not None:
                self._handle.close()
                self._handle = None

    def _watched(self, dialled: socket.socket) -> socket.socket:
        dialled.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        dialled.settimeout(self.seconds_left)
        with self._lock:
            # A second handle: wrapping in TLS takes the first one's file descriptor.
            self._handle = dialled.dup()
            if self.was_cut:  # the deadline passed before there was anything to cut
                self._handle.shutdown(socket.SHUT_RDWR)
        return dialled

    def _cut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            self.was_cut = True
            if self._handle is not None:
                self._handle.shutdown(socket.SHUT_RDWR)


class PinnedAdapter(HTTPAdapter):
    """Sends through one Line; TLS still verifies the host's name, not its address."""

    def __init__(self, line: Line) -> None:
        self._line = line
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """Make the pool manager build pinned connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pinned_pools(self._line)

    def transmit(
        self, request: requests.PreparedRequest, ca_file: str | None
    ) -> requests.Response:
        """Send without a session: no redirects, cookies, proxies or .netrc."""
        return self.send(
            request,
            stream=True,
            timeout=self._line.seconds_left,
            verify=ca_file or True,
        )


def _pinned_pools(line: Line) -> dict[str, Any]:
    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return line.dial()

        def connect(self) -> None:
            super().connect()
            line.is_open = True

    class Secured(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return line.dial()

        def connect(self) -> None:
            super().connect()
            line.is_open = True

    class PlainPool(urllib3.HTTPConnectionPool):
        ConnectionCls = Plain

    class SecuredPool(urllib3.HTTPSConnectionPool):
        ConnectionCls = Secured

    return {"http": PlainPool, "https": SecuredPool}
