"""Reviews: how far reviewers agree, and what machines made of a feedback."""

from collections.abc import Iterable, Mapping, Sequence

from huixiang.domain.coding.review import Candidate
from huixiang.store.engine import Store
from huixiang.understanding.review.agreement import ReviewerAgreement, agreements


def reviewer_agreement(store: Store) -> Sequence[ReviewerAgreement]:
    """Return how far reviewers agree beyond chance, by what they were asked."""
    with store.reading() as uow:
        return agreements(uow.reviews.live())


def candidates_of(store: Store, feedback_ids: Iterable[str]) -> Mapping[str, Candidate]:
    """Return feedback with what machines made of it and its reviews, by id."""
    with store.reading() as uow:
        found = uow.reviews.candidates(sorted(set(feedback_ids)))
    return {candidate.feedback_id: candidate for candidate in found}
