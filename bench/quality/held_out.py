"""Table 1: every head with default settings against plain machines, on unseen rows.

python bench/quality/held_out.py DATA [SET ...]
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC
from splits import FILES, Rows
from trained import folder, parser, trained

from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.labelled_files import evaluate_file


def features(learn: Rows, judge: Rows, *, characters: bool) -> tuple[Any, Any]:
    """Return tf-idf of words, and of one to three characters where asked for."""
    cut = Segmenter().cut
    texts = [
        [f"{row.get('title') or ''} {row['text']}" for row in rows]
        for rows in (learn, judge)
    ]
    words = [
        [[word for word in each if word.strip()] for each in cut(part)]
        for part in texts
    ]
    by_word = TfidfVectorizer(analyzer=lambda each: each)
    parts = [(by_word.fit_transform(words[0]), by_word.transform(words[1]))]
    if characters:
        by_char = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), min_df=2)
        parts.append((by_char.fit_transform(texts[0]), by_char.transform(texts[1])))
    one, other = zip(*parts, strict=True)
    return sparse.hstack(one, format="csr"), sparse.hstack(other, format="csr")


def plain(
    learn: Rows, judge: Rows, label: str, *, characters: bool
) -> dict[str, float]:
    """Return what jieba, TfidfVectorizer and LinearSVC reach with their defaults."""
    known, unseen = features(learn, judge, characters=characters)
    if label == "mentions":
        return plain_pairs(known, unseen, learn, judge)
    guessed = LinearSVC().fit(known, [row[label] for row in learn]).predict(unseen)
    truth = np.array([row[label] for row in judge])
    return {
        "accuracy": float((guessed == truth).mean()),
        "macro_f1": float(f1_score(truth, guessed, average="macro")),
    }


def plain_pairs(known: Any, unseen: Any, learn: Rows, judge: Rows) -> dict[str, float]:
    """Return the pair F1 of one machine against the rest for each pair."""
    told = [
        [
            {(each["theme"], each["polarity"]) for each in row["mentions"]}
            for row in rows
        ]
        for rows in (learn, judge)
    ]
    hits = guessed = 0
    for pair in sorted(set().union(*told[0])):
        truth = [pair in each for each in told[0]]
        answers = LinearSVC().fit(known, truth).predict(unseen)
        guessed += int(answers.sum())
        hits += sum(
            bool(answer) and pair in each
            for answer, each in zip(answers, told[1], strict=True)
        )
    return {"pair_micro_f1": 2 * hits / (guessed + sum(map(len, told[1])))}


def line(name: str, data: Path, models: Path) -> str:
    """Return one row of the table."""
    own = trained(data, name, models)
    found = evaluate_file(own.model, own.labels)
    kind = next(
        each for each in ("mentions", "department", "polarity") if each in found
    )
    beside = " | ".join(
        _shown(plain(own.learn, own.judge, kind, characters=each))
        for each in (False, True)
    )
    sizes = f"{len(own.learn)} / {len(own.judge)}"
    return (
        f"| {name} | {sizes} | {_shown(found[kind])} | {beside} | {own.seconds:.0f} |"
    )


def _shown(figures: Mapping[str, float]) -> str:
    return ", ".join(f"{key} {value:.4f}" for key, value in figures.items()) or "–"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    options = parser(__doc__)
    options.add_argument("sets", nargs="*", default=list(FILES))
    given = options.parse_intermixed_args(arguments)
    out = sys.stdout
    out.write(
        "| set | learn / judge | huixiang | words, LinearSVC | words and characters, LinearSVC | training CPU s |\n|---|---|---|---|---|---|\n"
    )
    with folder(given.models) as models:
        for name in given.sets:
            out.write(line(name, given.data, models) + "\n")
            out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
