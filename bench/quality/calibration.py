"""Table 2: are the probabilities true, and how right are the surest answers?

python bench/quality/calibration.py DATA
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from trained import folder, parser, trained

from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.model.labels import read_rows
from huixiang.understanding.model.model_file import load

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


def answers(data: Path, name: str, models: Path) -> tuple[Floats, Floats]:
    """Return how sure each held-out answer is, and whether it is right."""
    own = trained(data, name, models)
    model, rows = load(own.model), read_rows(own.labels)
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
    options = parser(__doc__).parse_args(arguments)
    shares = " | ".join(f"{share:.0%}" for share in COVERAGES)
    sys.stdout.write(
        f"| set | head | ECE | {shares} |\n|{'---|' * (3 + len(COVERAGES))}\n"
    )
    with folder(options.models) as models:
        for name, head in HEADS.items():
            sure, right = answers(options.data, name, models)
            order = np.argsort(-sure, kind="stable")
            kept = [
                right[order[: round(share * len(order))]].mean() for share in COVERAGES
            ]
            shown = " | ".join(f"{each:.4f}" for each in kept)
            sys.stdout.write(
                f"| {name} | {head} | {calibration_error(sure, right):.4f} | {shown} |\n"
            )
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
