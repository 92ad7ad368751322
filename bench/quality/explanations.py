"""Table 7: does taking the evidence away take the coding away?

python bench/quality/explanations.py DATA [--codings N]
"""

import random
import sys
from collections.abc import Sequence

from splits import SEED
from tracing import trace
from trained import Trained, folder, parser, trained

from huixiang.understanding.coding.coder import Coder
from huixiang.understanding.model.labels import read_rows
from huixiang.understanding.model.model_file import load

SETS = ("car_opinions", "dining_opinions")


def line(own: Trained, name: str, n_codings: int) -> str:
    """Return one row of the table."""
    coder = Coder(None, load(own.model))
    texts = [row.as_text for row in read_rows(own.labels)]
    pairs = [
        (text, coding)
        for text, answer in zip(texts, coder.code_texts(texts), strict=True)
        for coding in answer.codings
    ]
    drawn = random.Random(SEED).sample(pairs, min(n_codings, len(pairs)))  # noqa: S311 - a draw, no secret
    found = trace(coder, [text for text, _ in drawn], [coding for _, coding in drawn])
    once = sum(each.flips and len(each.spans) == 1 for each in found) / len(found)
    ever = sum(each.flips for each in found) / len(found)
    spans = sum(len(each.spans) for each in found) / len(found)
    return f"| {name} | {len(found)} | {once:.3f} | {ever:.3f} | {spans:.1f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = parser(__doc__)
    options.add_argument("--codings", type=int, default=250)
    options.add_argument("sets", nargs="*", default=SETS)
    given = options.parse_intermixed_args(arguments)
    sys.stdout.write(
        "| set | codings | flipped by the evidence | by the spans named | spans, mean |\n|---|---|---|---|---|\n"
    )
    with folder(given.models) as models:
        for name in given.sets:
            sys.stdout.write(
                line(trained(given.data, name, models), name, given.codings) + "\n"
            )
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
