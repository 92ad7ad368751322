"""The polarity model that comes with the project, for texts nobody has labelled yet."""

import functools
from pathlib import Path

import numpy as np

from huixiang.understanding.linear import Floats, matrix
from huixiang.understanding.model_file import Model, load
from huixiang.understanding.ngrams import Grams

FOLDER = Path(__file__).parent / "data" / "base_polarity"


@functools.cache
def base_model() -> Model:
    """Return the shipped model; bench/quality/base_polarity.py says how it was made."""
    return load(FOLDER)


def base_margins(grams: Grams, n_rows: int) -> Floats:
    """Return how far each row leans to positive (above 0) or negative; 0 if unknown."""
    model = base_model()
    head = model.heads["polarity"]
    features = matrix(grams, n_rows, model.vocabulary)
    known = np.diff(features.indptr) > 0
    margins = np.asarray(features @ head.weights[:, 1]) + head.bias[1]
    return np.where(known, margins, 0).astype(np.float32)
