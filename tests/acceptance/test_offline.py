"""No step of the loop, nor Prefect beneath it, tries to reach another machine."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shop import AS_OF, make_shop

ROOT = Path(__file__).parents[2]
WATCHER = '''
"""Write down every attempt to reach anything but this machine, and refuse it."""
import os
import socket
import sys

LOG = os.environ["ATTEMPTS"]
HERE = {"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", "", None, socket.gethostname()}


def watch(event, arguments):
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0]
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if host not in HERE:
        with open(LOG, "a") as file:
            file.write(f"{event} {host}\\n")
        raise OSError("no network in this test")


sys.addaudithook(watch)
'''
RUN = """
import datetime as dt, sys
from pathlib import Path
from huixiang.cli.flow_runs import run_flow
facts = run_flow("loop", Path(sys.argv[1]), dt.datetime.fromisoformat(sys.argv[2]))
print(facts["ledger"]["holds"])
"""


@pytest.mark.prefect
def test_the_loop_through_prefect_attempts_no_outbound_connection(tmp_path):
    home = make_shop(tmp_path / "shop")
    (tmp_path / "watch").mkdir()
    (tmp_path / "watch" / "sitecustomize.py").write_text(WATCHER, encoding="utf-8")
    attempts = tmp_path / "attempts.log"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{tmp_path / 'watch'}{os.pathsep}{ROOT}",
        "ATTEMPTS": str(attempts),
        "HOME": str(tmp_path),
        "SHOP_DESK_URL": "http://127.0.0.1:9/",
        "SHOP_DESK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    }
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(home), AS_OF.isoformat()],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.strip().endswith("True")
    assert not attempts.exists(), attempts.read_text()
