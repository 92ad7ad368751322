"""Groups of texts that speak of the same thing in the same words."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from huixiang.understanding.discovery.bursts import false_shares

Rows = npt.NDArray[np.int64]

MAX_TEXTS = 2000
"""More are thinned evenly: grouping compares every pair."""
_MOST = 0.5


@dataclass(frozen=True, kw_only=True, slots=True)
class ClusterRule:
    """What counts as a group: enough texts, and words that hold it together."""

    min_texts: int = 5
    distance: float = 0.75
    shared: float = 0.6
    false_share: float = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Cluster:
    """Rows that belong together and the columns (words) most of them share."""

    members: tuple[int, ...]
    words: tuple[int, ...]


def typical_words(
    n_uncovered: Rows, n_all: Rows, share: float, rule: ClusterRule
) -> Rows:
    """Return the words that feedback without a theme says more often than the rest.

    Binomial tail against the *share* without a theme, false discoveries held down over
    all words; where most has no theme, every word that enough texts say.
    """
    from scipy.special import betainc

    enough = n_uncovered >= rule.min_texts
    if share > _MOST:
        return np.flatnonzero(enough)
    tail = betainc(np.maximum(n_uncovered, 1), n_all - n_uncovered + 1, share)
    said = n_all > 0
    shares = np.ones(len(tail))
    shares[said] = false_shares(tail[said])
    return np.flatnonzero(enough & (shares <= rule.false_share))


def find_clusters(says: Any, rule: ClusterRule) -> list[Cluster]:
    """Return the groups in a sparse 0/1 matrix of texts × words, largest first.

    Average linkage on the cosine distance of TF-IDF: the same texts give the same groups.
    """
    if not says.shape[1]:
        return []
    worded = np.flatnonzero(says.getnnz(axis=1) > 0)
    rows = worded[:: -(-len(worded) // MAX_TEXTS) or 1]
    if len(rows) < rule.min_texts:
        return []
    found = [
        cluster
        for members in _groups(says[rows], rule)
        if (cluster := _held_together(says, rows[members], rule))
    ]
    return sorted(found, key=lambda each: (-len(each.members), each.members))


def _groups(says: Any, rule: ClusterRule) -> list[Rows]:
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfTransformer

    weighed = TfidfTransformer().fit_transform(says)
    distances = np.clip(1.0 - (weighed @ weighed.T).toarray(), 0.0, 1.0)
    labels = AgglomerativeClustering(
        n_clusters=None,
        metric="precomputed",
        linkage="average",
        distance_threshold=rule.distance,
    ).fit_predict(distances)
    sizes = np.bincount(labels)
    return [
        np.flatnonzero(labels == label)
        for label in np.flatnonzero(sizes >= rule.min_texts)
    ]


def _held_together(says: Any, members: Rows, rule: ClusterRule) -> Cluster | None:
    """Return the group with the words that most of it shares; None where there is none."""
    counts = np.asarray(says[members].sum(axis=0)).ravel()
    order = np.argsort(-counts, kind="stable")
    shared = [int(word) for word in order if counts[word] >= rule.shared * len(members)]
    if not shared:
        return None
    return Cluster(members=tuple(members.tolist()), words=tuple(shared))
