"""Table 2: are the probabilities true, and how right are the surest answers?

python bench/quality/calibration.py DATA
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from splits import split, write

from huixiang.understanding.coder import Coder
from huixiang.understanding.files import train_file
from huixiang.understanding.labels import read_rows
from huixiang.understanding.model_file import load

HEADS = {
    "citizen_messages": "department",
    "car_complaints": "department",
    "takeaway_reviews": "polarity",
    "shop_reviews": "polarity",
}
BINS = 15
COVERAGES = (1.0, 0.9, 0.8, 0.7, 0.5)
Floats = npt.NDArray[np.float64]


def calibration_error(sure: Floats, right: Floats) -> float:
    """Return the expected calibration error over bins of equal size."""
    parts = np.array_split(np.argsort(sure, kind="stable"), BINS)
    gaps = [
        abs(sure[part].mean() - right[part].mean()) * len(part)
        for part in parts
        if len(part)
    ]
    return float(sum(gaps) / len(sure))


def answers(data: Path, name: str) -> tuple[Floats, Floats]:
    """Return how sure each held-out answer is, and whether it is right."""
    learn, judge = split(data, name)
    with tempfile.TemporaryDirectory() as folder:
        train_file(write(Path(folder) / "learn.jsonl", learn), Path(folder) / "model")
        model = load(Path(folder) / "model")
        rows = read_rows(write(Path(folder) / "judge.jsonl", judge))
    given = Coder(None, model).code_texts([row.as_text for row in rows])
    if HEADS[name] == "department":
        pairs = [
            (each.department_confidence, each.suggested_department == row.department)
            for row, each in zip(rows, given, strict=True)
        ]
    else:
        pairs = [
            (each.polarity_confidence, each.polarity == row.polarity)
            for row, each in zip(rows, given, strict=True)
        ]
    sure, right = np.array(pairs, dtype=float).T
    return sure, right


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    data = parser.parse_args(arguments).data
    shares = " | ".join(f"{share:.0%}" for share in COVERAGES)
    sys.stdout.write(
        f"| set | head | ECE | {shares} |\n|{'---|' * (3 + len(COVERAGES))}\n"
    )
    for name, head in HEADS.items():
        sure, right = answers(data, name)
        order = np.argsort(-sure, kind="stable")
        kept = [right[order[: round(share * len(order))]].mean() for share in COVERAGES]
        shown = " | ".join(f"{each:.4f}" for each in kept)
        sys.stdout.write(
            f"| {name} | {head} | {calibration_error(sure, right):.4f} | {shown} |\n"
        )
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
