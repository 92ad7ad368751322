"""Table 1: every head with default settings against plain machines, on unseen rows.

python bench/quality/held_out.py DATA [SET ...]
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC
from splits import FILES, Rows, split, write

from huixiang.understanding.files import evaluate_file, train_file
from huixiang.understanding.segment import Segmenter


def ours(learn: Rows, judge: Rows) -> tuple[dict[str, Any], float]:
    """Return the figures of `train` and `evaluate`, and the CPU seconds of training."""
    with tempfile.TemporaryDirectory() as folder:
        labels = write(Path(folder) / "learn.jsonl", learn)
        started = time.process_time()
        train_file(labels, Path(folder) / "model")
        seconds = time.process_time() - started
        return evaluate_file(
            Path(folder) / "model", write(Path(folder) / "judge.jsonl", judge)
        ), seconds


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


def line(name: str, data: Path) -> str:
    """Return one row of the table."""
    learn, judge = split(data, name)
    found, seconds = ours(learn, judge)
    kind = next(
        each for each in ("mentions", "department", "polarity") if each in found
    )
    beside = plain(learn, judge, kind) if kind != "mentions" else {}
    return f"| {name} | {len(learn)} / {len(judge)} | {_shown(found[kind])} | {_shown(beside)} | {seconds:.0f} |"


def _shown(figures: Mapping[str, float]) -> str:
    return ", ".join(f"{key} {value:.4f}" for key, value in figures.items()) or "–"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("sets", nargs="*", default=list(FILES))
    options = parser.parse_args(arguments)
    out = sys.stdout
    out.write(
        "| set | learn / judge | huixiang | word tf-idf + LinearSVC | training CPU s |\n|---|---|---|---|---|\n"
    )
    for name in options.sets:
        out.write(line(name, options.data) + "\n")
        out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
