"""A real Prefect server: what is scheduled is created, runs, and completes.

With the wrong versions side by side everything looks healthy and no scheduled run is
ever created; nothing cheaper than this shows it.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from huixiang.app import open_app
from huixiang.clock import monotonic
from tests.shop import make_shop

LIMIT_SECONDS = 240
DEPLOYMENTS = """\
name: shop
deployments:
  - name: collect
    entrypoint: flows/collect.py:collect
    parameters: {}
    concurrency_limit: {limit: 1, collision_strategy: ENQUEUE}
    schedules:
      - {interval: 15, timezone: Asia/Shanghai, slug: soon}
"""


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@contextlib.contextmanager
def huixiang_up(home: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    environment = {
        **os.environ,
        "HUIXIANG_DOOR_PORT": str(free_port()),
        "SHOP_DESK_URL": "http://127.0.0.1:9/",
        "SHOP_DESK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    }
    command = [sys.executable, "-m", "huixiang", "up", "--home", str(home)]
    process = subprocess.Popen(
        [*command, "--port", str(port)], env=environment, start_new_session=True
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def scheduled_and_completed(api: str) -> list[dict]:
    answer = requests.post(
        f"{api}/flow_runs/filter",
        json={"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}},
        timeout=10,
    )
    answer.raise_for_status()
    return [run for run in answer.json() if run["auto_scheduled"]]


@pytest.mark.prefect
def test_a_scheduled_run_is_created_and_completed(tmp_path):
    home = make_shop(tmp_path / "shop")
    (home / "prefect.yaml").write_text(DEPLOYMENTS, encoding="utf-8")
    port = free_port()
    api, pause = f"http://127.0.0.1:{port}/api", threading.Event()
    runs: list[dict] = []
    with huixiang_up(home, port) as process:
        deadline = monotonic() + LIMIT_SECONDS
        while not runs and monotonic() < deadline and process.poll() is None:
            with contextlib.suppress(requests.RequestException):
                runs = scheduled_and_completed(api)
            pause.wait(1)

    assert runs, "no scheduled run completed"
    with open_app(home).store.reading() as uow:
        assert uow.runs.all()[0].flow == "collect"
        assert uow.histories.funnel().stored == 421


def is_served(api: str) -> bool:
    """Return whether a runner polls for the deployments."""
    with contextlib.suppress(requests.RequestException):
        answer = requests.post(f"{api}/deployments/filter", json={}, timeout=10)
        return answer.ok and any(each["status"] == "READY" for each in answer.json())
    return False


@pytest.mark.prefect
def test_ctrl_c_ends_everything_that_was_started(tmp_path):
    home = make_shop(tmp_path / "shop")
    (home / "prefect.yaml").write_text(DEPLOYMENTS, encoding="utf-8")
    port = free_port()
    api, pause = f"http://127.0.0.1:{port}/api", threading.Event()
    with huixiang_up(home, port) as process:
        deadline = monotonic() + LIMIT_SECONDS
        while not is_served(api) and monotonic() < deadline:
            pause.wait(1)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the whole group
        process.wait(40)

        with pytest.raises(requests.ConnectionError):
            requests.get(f"{api}/health", timeout=10)
