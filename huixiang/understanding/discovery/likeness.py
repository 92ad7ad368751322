"""Texts in nearly the same words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from huixiang.understanding.text.normalise import normalise

NEARLY = 0.6
MAX_TEXTS = 4000
"""The newest are compared: every pair is looked at."""
MIN_CHARACTERS = 6
"""Shorter texts are alike without telling the same event."""
_GAPS = re.compile(r"\W+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Alike:
    """Texts (by number) that share their wording, and how many earlier ones do too."""

    rows: tuple[int, ...]
    n_before: int


def alike(texts: Sequence[str], earlier: Sequence[str] = ()) -> list[Alike]:
    """Return groups of two and more *texts* that share their wording.

    Cosine of character trigrams (TF-IDF); whatever a chain of likeness joins is a group.
    """
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    now, past = _comparable(texts)[-MAX_TEXTS:], _comparable(earlier)
    if len(now) < 2:  # noqa: PLR2004 - a pair
        return []
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=False)
    grams = vectorizer.fit_transform([form for _, form in now])
    _, labels = connected_components(_near(grams, grams), directed=False)
    groups: dict[int, list[int]] = {}
    for place, label in enumerate(labels.tolist()):
        groups.setdefault(label, []).append(place)
    groups = {label: each for label, each in groups.items() if len(each) > 1}
    before = _n_near(vectorizer, [form for _, form in past], grams, groups)
    return [
        Alike(rows=tuple(now[place][0] for place in each), n_before=before[label])
        for label, each in groups.items()
    ]


def _comparable(texts: Sequence[str]) -> list[tuple[int, str]]:
    """Return the texts that are long enough, with their numbers."""
    forms = [_GAPS.sub("", form) for form in normalise(texts)]
    return [
        (row, form) for row, form in enumerate(forms) if len(form) >= MIN_CHARACTERS
    ]


def _near(some: Any, others: Any) -> Any:
    likeness = some @ others.T
    likeness.data = np.where(likeness.data >= NEARLY, 1.0, 0.0)
    likeness.eliminate_zeros()
    return likeness


def _n_near(
    vectorizer: Any, past: Sequence[str], grams: Any, groups: dict[int, list[int]]
) -> dict[int, int]:
    """Count for each group the earlier texts that are near any of its own."""
    if not past or not groups:
        return dict.fromkeys(groups, 0)
    earlier = vectorizer.transform(past)
    return {
        label: int((_near(earlier, grams[each]).getnnz(axis=1) > 0).sum())
        for label, each in groups.items()
    }
