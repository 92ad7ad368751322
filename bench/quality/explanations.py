"""Table 7: does taking the evidence away take the coding away?

python bench/quality/explanations.py DATA [--codings N]
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from splits import SEED, split, write

from huixiang.understanding.coder import Coder
from huixiang.understanding.explain import trace
from huixiang.understanding.files import train_file
from huixiang.understanding.labels import read_rows
from huixiang.understanding.model_file import load

SETS = ("car_opinions", "dining_opinions")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--codings", type=int, default=250)
    parser.add_argument("sets", nargs="*", default=SETS)
    options = parser.parse_args(arguments)
    sys.stdout.write(
        "| set | codings | flipped by the evidence | by the spans named | spans, mean |\n|---|---|---|---|---|\n"
    )
    for name in options.sets:
        learn, judge = split(options.data, name)
        with tempfile.TemporaryDirectory() as folder:
            train_file(
                write(Path(folder) / "learn.jsonl", learn), Path(folder) / "model"
            )
            coder = Coder(None, load(Path(folder) / "model"))
            texts = [
                row.as_text
                for row in read_rows(write(Path(folder) / "judge.jsonl", judge))
            ]
        pairs = [
            (text, coding)
            for text, answer in zip(texts, coder.code_texts(texts), strict=True)
            for coding in answer.codings
        ]
        drawn = random.Random(SEED).sample(pairs, min(options.codings, len(pairs)))  # noqa: S311 - a draw, no secret
        found = trace(
            coder, [text for text, _ in drawn], [coding for _, coding in drawn]
        )
        once = sum(each.flips and len(each.spans) == 1 for each in found) / len(found)
        ever = sum(each.flips for each in found) / len(found)
        spans = sum(len(each.spans) for each in found) / len(found)
        sys.stdout.write(
            f"| {name} | {len(found)} | {once:.3f} | {ever:.3f} | {spans:.1f} |\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
