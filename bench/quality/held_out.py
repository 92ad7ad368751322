"""Table 1: every head with default settings against plain machines, on unseen rows.

python bench/quality/held_out.py DATA [SET ...]
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC
from splits import FILES, Rows
from trained import folder, parser, trained

from huixiang.understanding.files import evaluate_file
from huixiang.understanding.segment import Segmenter


def plain(learn: Rows, judge: Rows, label: str) -> dict[str, float]:
    """Return what jieba, TfidfVectorizer and LinearSVC reach with their defaults."""
    cut = Segmenter().cut
    texts = [
        [f"{row.get('title') or ''} {row['text']}" for row in rows]
        for rows in (learn, judge)
    ]
    vectors = TfidfVectorizer(
        analyzer=lambda words: [word for word in words if word.strip()]
    )
    machine = LinearSVC().fit(
        vectors.fit_transform(cut(texts[0])), [row[label] for row in learn]
    )
    guessed = machine.predict(vectors.transform(cut(texts[1])))
    truth = np.array([row[label] for row in judge])
    return {
        "accuracy": float((guessed == truth).mean()),
        "macro_f1": float(f1_score(truth, guessed, average="macro")),
    }


def line(name: str, data: Path, models: Path) -> str:
    """Return one row of the table."""
    own = trained(data, name, models)
    found = evaluate_file(own.model, own.labels)
    kind = next(
        each for each in ("mentions", "department", "polarity") if each in found
    )
    beside = plain(own.learn, own.judge, kind) if kind != "mentions" else {}
    sizes = f"{len(own.learn)} / {len(own.judge)}"
    return f"| {name} | {sizes} | {_shown(found[kind])} | {_shown(beside)} | {own.seconds:.0f} |"


def _shown(figures: Mapping[str, float]) -> str:
    return ", ".join(f"{key} {value:.4f}" for key, value in figures.items()) or "–"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = parser(__doc__)
    options.add_argument("sets", nargs="*", default=list(FILES))
    given = options.parse_intermixed_args(arguments)
    out = sys.stdout
    out.write(
        "| set | learn / judge | huixiang | word tf-idf + LinearSVC | training CPU s |\n|---|---|---|---|---|\n"
    )
    with folder(given.models) as models:
        for name in given.sets:
            out.write(line(name, given.data, models) + "\n")
            out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
