"""Start the sample's OA as a process of its own, and talk to it."""

import contextlib
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from huixiang.errors import HuixiangError
from huixiang.sample.receiver_http import ITEMS_PATH

SECRET_VARIABLE = "HUIXIANG_SAMPLE_OA_SECRET"  # noqa: S105 - a name, not a secret
_TIMEOUT_SECONDS = 120
_STOP_SECONDS = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """The OA while it runs."""

    port: int
    process: subprocess.Popen[str] = field(repr=False)

    @property
    def url(self) -> str:
        """Its base URL."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def items_url(self) -> str:
        """Where action items are pushed."""
        return self.url + ITEMS_PATH

    def advance(self, to: dt.datetime) -> dict[str, int]:
        """Let the departments work up to a business time."""
        answer = self._post("/advance", {"to": to.isoformat()})
        return {name: int(value) for name, value in answer.items()}

    def arm(self, **fault: object) -> None:
        """Make the next messages fail, see receiver_faults."""
        self._post("/faults", fault)

    def tickets(self) -> list[dict[str, Any]]:
        """Return its tickets."""
        return list(self._get("/tickets"))

    def fixes(self) -> list[dict[str, Any]]:
        """Return every resolution of an improvement item so far."""
        return list(self._get("/fixes"))

    def callbacks(self) -> list[dict[str, Any]]:
        """Return every report it made, acknowledged or not."""
        return list(self._get("/callbacks"))

    def deliveries(self) -> dict[str, int]:
        """Return how many copies of each message it got."""
        return dict(self._get("/deliveries"))

    def kill(self) -> None:
        """End it the hard way."""
        self.process.kill()
        self.process.wait(_STOP_SECONDS)

    def _get(self, path: str) -> Any:
        return _call("GET", self.url + path, None)

    def _post(self, path: str, document: Mapping[str, object]) -> dict[str, Any]:
        return dict(_call("POST", self.url + path, document))


@contextlib.contextmanager
def start_receiver(
    state: Path,
    *,
    environment: Mapping[str, str],
    secret_variable: str = SECRET_VARIABLE,
    callback_url: str | None = None,
    story: bool = False,
    port: int = 0,
) -> Iterator[Running]:
    """Run the OA until the block ends; *environment* holds its secret."""
    command = [sys.executable, "-m", "huixiang.sample.receiver"]
    command += ["--state", str(state), "--secret-env", secret_variable]
    command += ["--port", str(port), "--with-parent"]
    command += ["--callback-url", callback_url] if callback_url else []
    command += ["--story"] if story else []
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=dict(environment),
    )
    with process:
        try:
            yield Running(port=_port(process), process=process)
        finally:
            process.terminate()
            process.wait(_STOP_SECONDS)


def _port(process: subprocess.Popen[str]) -> int:
    line = process.stdout.readline() if process.stdout else ""
    if not line:
        raise HuixiangError(
            "the sample's receiver did not start; see its message on standard error"
        )
    return int(json.loads(line)["port"])


def _call(method: str, url: str, document: Mapping[str, object] | None) -> Any:
    with requests.Session() as session:
        session.trust_env = False
        response = session.request(method, url, json=document, timeout=_TIMEOUT_SECONDS)
        response.raise_for_status()
        return response.json()
