"""kill -9 at every commit boundary and around every send: nothing lost or doubled."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]


def test_a_killed_loop_goes_on_as_if_nothing_had_happened(tmp_path):
    from tests.integration.loop.conftest import SECRET

    environment = {
        **os.environ,
        "SHOP_DESK_SECRET": SECRET,
        "PYTHONPATH": str(ROOT),
        "OPENBLAS_NUM_THREADS": "1",
    }
    crasher = Path(__file__).with_name("crasher.py")
    done = subprocess.run(
        [sys.executable, str(crasher), str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    outcomes = [json.loads(line) for line in done.stdout.splitlines()]

    *killed, undisturbed = outcomes
    assert not undisturbed["died"]
    assert len(killed) >= 20
    assert all(each["died"] for each in killed)
    for each in killed:
        assert each["broken"] == []
        assert each["funnel"] == undisturbed["funnel"]
        assert each["items"] == undisturbed["items"]
        assert each["tickets"] == undisturbed["tickets"]
    assert undisturbed["tickets"] == undisturbed["items"]
