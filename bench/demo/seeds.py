"""Are the sample airport's planted truths found, on many seeds?

Usage: python bench/demo/seeds.py [--seeds 1-20]

Plays the whole demo (without Prefect: the same steps in the same order) for each seed
and holds every planted issue's first verdict against what was planted.
"""

import argparse
import contextlib
import io
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from huixiang.app import open_app
from huixiang.cli.demo import play
from huixiang.sample.story import STORY, Truth

RIGHT: Mapping[Truth, frozenset[str]] = {
    Truth.WORKED: frozenset({"improved"}),
    Truth.NOTHING: frozenset({"not_improved", "inconclusive"}),
    Truth.WORSE: frozenset({"worse"}),
    Truth.UNKNOWABLE: frozenset({"inconclusive"}),
}


def main() -> None:
    """Print one line for each seed and the total."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="1-20")
    first, last = map(int, parser.parse_args().seeds.split("-"))
    totals: Counter[bool] = Counter()
    for seed in range(first, last + 1):
        found = dict(_play(seed))
        right = all(_is_right(truth, said) for truth, said in found.values())
        totals[right] += 1
        words = "  ".join(
            f"{theme}={said['verdict']}/{said['naive']}"
            + ("" if _is_right(truth, said) else f" WRONG({truth})")
            for theme, (truth, said) in found.items()
        )
        print(f"seed {seed:2} {'right' if right else 'WRONG'}  {words}", flush=True)
    print(f"{totals[True]} of {sum(totals.values())} seeds right in every planted truth")


def _is_right(truth: Truth, said: Mapping[str, str]) -> bool:
    """A fix that did nothing must moreover have fooled the naive comparison."""
    fooled = truth is not Truth.NOTHING or said["naive"] == "improved"
    return said["verdict"] in RIGHT[truth] and fooled


def _play(seed: int) -> Iterator[tuple[str, tuple[Truth, Mapping[str, str]]]]:
    with tempfile.TemporaryDirectory() as folder, io.StringIO() as unheard:
        home = Path(folder) / "demo"
        with contextlib.redirect_stdout(unheard):
            play(home, seed=seed, direct=True)
        app = open_app(home)
        with app.store.reading() as uow:
            items = {item.issue_id: item.item_id for item in reversed(uow.items.find())}
            verdicts = {
                item_id: uow.verdicts.of_item(item_id) for item_id in items.values()
            }
        app.store.close()
    for planted in STORY:
        if planted.truth in RIGHT:
            item_id = items.get(planted.key.issue_id, "")
            yield planted.key.theme, (planted.truth, _said(verdicts.get(item_id, [])))


def _said(rows: list[Any]) -> Mapping[str, str]:
    """Return the first final verdict, and what the naive comparison said with it."""
    final = next((row for row in rows if row["final"]), None)
    if final is None:
        return {"verdict": "no verdict" if rows else "no item", "naive": "-"}
    naive = final["detail"]["verdict"]["naive"]
    return {
        "verdict": final["kind"].value,
        "naive": naive["verdict"] if naive else "-",
    }


if __name__ == "__main__":
    main()
