"""Score the verdicts with a harness outside this project.

    python bench/verdicts/external.py HARNESS_DIR --seeds 41-60 [--scenario default]

HARNESS_DIR holds a bench.py that takes --program, --seeds and --scenario, draws a panel
a seed and scores the verdicts.csv the program writes.
"""

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

JUDGE = (
    "judge --scores {dir}/scores.csv --actions {dir}/actions.csv"
    " --out {dir}/verdicts.csv"
)


def main() -> int:
    """Run the harness on the installed command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("harness", type=Path)
    parser.add_argument("--seeds", default="1-12")
    parser.add_argument("--scenario", default="default")
    parser.add_argument("--metric", default="mean")
    parser.add_argument("--program", default="huixiang", help="the huixiang command")
    parser.add_argument("--work", default=None, help="keep the panels here")
    chosen = parser.parse_args()
    program = f"{chosen.program} {JUDGE} --metric {shlex.quote(chosen.metric)}"
    command = [
        sys.executable, str(chosen.harness / "bench.py"), "--program", program,
        "--seeds", chosen.seeds, "--scenario", chosen.scenario,
        *(["--work", chosen.work] if chosen.work else []),
    ]  # fmt: skip
    return subprocess.run(command, check=False).returncode  # noqa: S603  # own command


if __name__ == "__main__":
    sys.exit(main())
