"""Are the sample airport's planted truths found, on many seeds?

Usage: python bench/demo/seeds.py [--seeds 1-20]

Plays the whole demo (without Prefect: the same steps in the same order) for each seed
and holds every planted issue's first verdict against what was planted.
"""

import argparse
import contextlib
import io
import tempfile
from pathlib import Path

from huixiang.app import open_app
from huixiang.cli.demo import play
from huixiang.sample.truths import JudgedFix, findings


def main() -> None:
    """Print one line for each seed and the total."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-20")
    first, last = map(int, parser.parse_args().seeds.split("-"))
    n_right = 0
    for seed in range(first, last + 1):
        found = _play(seed)
        right = all(each.is_right for each in found)
        n_right += right
        words = "  ".join(map(_words, found))
        print(f"seed {seed:2} {'right' if right else 'WRONG'}  {words}", flush=True)
    print(f"{n_right} of {last - first + 1} seeds right in every planted truth")


def _words(found: JudgedFix) -> str:
    wrong = "" if found.is_right else f" WRONG({found.truth})"
    return f"{found.theme}={found.verdict}/{found.plain}{wrong}"


def _play(seed: int) -> list[JudgedFix]:
    with tempfile.TemporaryDirectory() as folder, io.StringIO() as unheard:
        home = Path(folder) / "demo"
        with contextlib.redirect_stdout(unheard):
            play(home, seed=seed, direct=True)
        return list(findings(open_app(home)))


if __name__ == "__main__":
    main()
