"""Table 6: the same held-out texts in simplified, traditional and mixed script.

python bench/quality/scripts.py DATA [SET ...]
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import opencc_pyo3
from splits import Rows, write
from trained import folder, parser, trained

from huixiang.understanding.training.labelled_files import evaluate_file

SETS = ("takeaway_reviews", "car_complaints", "car_opinions")
_TRADITIONAL = opencc_pyo3.OpenCC("s2t").convert


def mixed(text: str) -> str:
    """Return every second stretch of ten characters in traditional script."""
    parts = [text[start : start + 10] for start in range(0, len(text), 10)]
    return "".join(
        _TRADITIONAL(part) if number % 2 else part for number, part in enumerate(parts)
    )


FORMS: tuple[Callable[[str], str], ...] = (str, _TRADITIONAL, mixed)


def figure(model: Path, rows: Rows, form: Callable[[str], str]) -> str:
    """Return the main figures over *rows* written in another form."""
    changed = [row | {"text": form(row["text"])} for row in rows]
    found: dict[str, Any] = evaluate_file(
        model, write(model.with_suffix(".form.jsonl"), changed)
    )
    kind = next(
        each for each in ("mentions", "department", "polarity") if each in found
    )
    return ", ".join(f"{value:.4f}" for value in list(found[kind].values())[:2])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = parser(__doc__)
    options.add_argument("sets", nargs="*", default=SETS)
    given = options.parse_intermixed_args(arguments)
    sys.stdout.write("| set | simplified | traditional | mixed |\n|---|---|---|---|\n")
    with folder(given.models) as models:
        for name in given.sets:
            own = trained(given.data, name, models)
            shown = " | ".join(figure(own.model, own.judge, form) for form in FORMS)
            sys.stdout.write(f"| {name} | {shown} |\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
