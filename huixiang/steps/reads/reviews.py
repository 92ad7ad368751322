"""Reviews: how far reviewers agree, and what machines made of a feedback."""

from collections.abc import Sequence

from huixiang.store.engine import Store
from huixiang.understanding.review.agreement import ReviewerAgreement, agreements


def reviewer_agreement(store: Store) -> Sequence[ReviewerAgreement]:
    """Return how far reviewers agree beyond chance, by what they were asked."""
    with store.reading() as uow:
        return agreements(uow.reviews.live())
