"""The same report gives the same bytes in another process, zone and hash seed."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PROGRAM = """
import hashlib, sys
from huixiang.reporting.page.html import render_html
from huixiang.reporting.page.terminal_tables import closing
from huixiang.reporting.workbook.xlsx import render_xlsx
from tests.terminal import render_text
from tests.unit.reporting.builders.report import a_report
report = a_report()
for data in (
    render_html(report).encode(),
    render_xlsx(report),
    render_text(closing(report, "zh-CN")).encode(),
):
    sys.stdout.write(hashlib.sha256(data).hexdigest() + "\\n")
"""


def _hashes(zone: str, seed: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={"TZ": zone, "PYTHONHASHSEED": seed, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.split()


@pytest.fixture(scope="module")
def here() -> list[str]:
    return _hashes("UTC", "0")


@pytest.mark.parametrize(
    ("zone", "seed"), [("America/Los_Angeles", "1"), ("Asia/Shanghai", "42")]
)
def test_where_and_when_a_report_is_made_again_does_not_show(here, zone, seed):
    assert len(here) == 3
    assert len(here[0]) == len(hashlib.sha256().hexdigest())
    assert _hashes(zone, seed) == here
