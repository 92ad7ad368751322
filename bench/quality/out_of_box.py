"""Table 3: polarity without any training, beside snownlp in the same run.

    python bench/quality/out_of_box.py DATA [--rows N]

snownlp is compared where it is installed; it is slow, so N rows of each set (default
2,000) are drawn for both.
"""

import argparse
import importlib
import importlib.util
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from splits import SEED, Rows, load

from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.text.batch import RatedText

SETS = ("takeaway_reviews", "shop_reviews")


def accuracy(rows: Rows, guessed: Sequence[str]) -> float:
    """Return the share of right answers."""
    hits = [row["polarity"] == each for row, each in zip(rows, guessed, strict=True)]
    return float(sum(hits) / len(rows))


def ours(rows: Rows) -> float:
    """Return the accuracy of a coder without codeframe or model."""
    answers = Coder(None, None).code_texts(
        [RatedText(words=row["text"]) for row in rows]
    )
    return accuracy(rows, [answer.polarity for answer in answers])


def theirs(rows: Rows) -> float | None:
    """Return snownlp's accuracy at its threshold of one half."""
    if importlib.util.find_spec("snownlp") is None:
        return None
    snownlp = importlib.import_module("snownlp")
    chances = [
        snownlp.SnowNLP(row["text"]).sentiments if row["text"].strip() else 0.5
        for row in rows
    ]
    return accuracy(
        rows, ["positive" if each > 0.5 else "negative" for each in chances]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--rows", type=int, default=2000)
    options = parser.parse_args(arguments)
    sys.stdout.write(
        "| set | rows | huixiang, all rows | huixiang, drawn | snownlp, drawn |\n|---|---|---|---|---|\n"
    )
    for name in SETS:
        rows = load(options.data, name)
        drawn = random.Random(SEED).sample(rows, min(options.rows, len(rows)))  # noqa: S311 - a draw, no secret
        other = theirs(drawn)
        beside = "not installed" if other is None else f"{other:.4f}"
        sys.stdout.write(
            f"| {name} | {len(rows)} | {ours(rows):.4f} | {ours(drawn):.4f} | {beside} |\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
