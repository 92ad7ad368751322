"""Table 6: the same held-out texts in simplified, traditional and mixed script.

python bench/quality/scripts.py DATA [SET ...]
"""

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import opencc_pyo3
from splits import Rows, split, write

from huixiang.understanding.files import evaluate_file, train_file

SETS = ("takeaway_reviews", "car_complaints", "car_opinions")
_TRADITIONAL = opencc_pyo3.OpenCC("s2t").convert


def mixed(text: str) -> str:
    """Return every second stretch of ten characters in traditional script."""
    parts = [text[start : start + 10] for start in range(0, len(text), 10)]
    return "".join(
        _TRADITIONAL(part) if number % 2 else part for number, part in enumerate(parts)
    )


def figure(model: Path, rows: Rows, form: Callable[[str], str]) -> str:
    """Return the main figures over *rows* written in another form."""
    changed = [row | {"text": form(row["text"])} for row in rows]
    found: dict[str, Any] = evaluate_file(model, write(model / "judge.jsonl", changed))
    kind = next(
        each for each in ("mentions", "department", "polarity") if each in found
    )
    return ", ".join(f"{value:.4f}" for value in list(found[kind].values())[:2])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("sets", nargs="*", default=SETS)
    options = parser.parse_args(arguments)
    sys.stdout.write("| set | simplified | traditional | mixed |\n|---|---|---|---|\n")
    for name in options.sets:
        learn, judge = split(options.data, name)
        with tempfile.TemporaryDirectory() as folder:
            model = Path(folder) / "model"
            train_file(write(Path(folder) / "learn.jsonl", learn), model)
            forms: tuple[Callable[[str], str], ...] = (str, _TRADITIONAL, mixed)
            shown = " | ".join(figure(model, judge, form) for form in forms)
        sys.stdout.write(f"| {name} | {shown} |\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
