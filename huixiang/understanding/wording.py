"""Texts in nearly the same words."""

import re
from collections.abc import Sequence

import numpy as np

from huixiang.understanding.normalise import normalise

NEARLY = 0.6
MAX_TEXTS = 4000
"""The newest are compared: every pair is looked at."""
MIN_CHARACTERS = 6
"""Shorter texts are alike without telling the same event."""
_GAPS = re.compile(r"\W+")


def alike(texts: Sequence[str]) -> list[list[int]]:
    """Return groups of two and more *texts* (by number) that share their wording.

    Cosine of character trigrams (TF-IDF); whatever a chain of likeness joins is a group.
    """
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    forms = [_GAPS.sub("", form) for form in normalise(texts)]
    rows = [row for row, form in enumerate(forms) if len(form) >= MIN_CHARACTERS]
    rows = rows[-MAX_TEXTS:]
    if len(rows) < 2:  # noqa: PLR2004 - a pair
        return []
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=False)
    grams = vectorizer.fit_transform([forms[row] for row in rows])
    likeness = grams @ grams.T
    likeness.data = np.where(likeness.data >= NEARLY, 1.0, 0.0)
    likeness.eliminate_zeros()
    _, labels = connected_components(likeness, directed=False)
    groups: dict[int, list[int]] = {}
    for row, label in zip(rows, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(row)
    return [group for group in groups.values() if len(group) > 1]
