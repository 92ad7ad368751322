"""Why a coding is no longer what it was, and why a model decides."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from huixiang.domain.coding.review import StoredReview
from huixiang.domain.coding.stored_coding import SupersededCoding
from huixiang.domain.coding.training import KeptModel, ModelDecision
from huixiang.domain.text import Bilingual
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.wording.coding import explained_codings, models
from huixiang.wording.figures import moment

MAX_LINES = 12


def correction_lines(
    uow: UnitOfWork, feedback_id: str, zone: ZoneInfo
) -> Iterator[Bilingual]:
    """Say who reviewed a feedback, and which codings gave way."""
    for review in uow.reviews.live([feedback_id]):
        stored = uow.reviews.get(review.review_id)
        if stored is not None:
            yield from review_lines(stored, zone)
    for gone in uow.reviews.superseded_of(feedback_id)[:MAX_LINES]:
        yield from superseded_lines(gone, zone)


def superseded_lines(gone: SupersededCoding, zone: ZoneInfo) -> Iterator[Bilingual]:
    """Say what a coding was before a person's word took its place."""
    yield explained_codings.superseded(gone, moment(gone.superseded_at, zone))


def review_lines(stored: StoredReview, zone: ZoneInfo) -> Iterator[Bilingual]:
    """Say what a person decided about a feedback, and whether it stands."""
    yield explained_codings.reviewed(stored, moment(stored.review.reviewed_at, zone))
    if stored.withdrawn_at:
        yield explained_codings.withdrawn(moment(stored.withdrawn_at, zone))
    elif stored.applied_at is None:
        yield explained_codings.NOT_APPLIED


def taken_off_lines(uow: UnitOfWork, issue_id: str) -> Iterator[Bilingual]:
    """Say that reviews took codings off an issue, and that items stayed as they were."""
    gone = uow.reviews.taken_off(issue_id)
    if gone:
        yield explained_codings.taken_off(gone)


def model_lines(
    uow: UnitOfWork, model: KeptModel, zone: ZoneInfo
) -> Iterator[Bilingual]:
    """Say what a model learned from, how good it is and why it decides or not."""
    yield models.model_trained(model, moment(model.trained_at, zone))
    for head, share in model.figures.held_out.items():
        yield models.held_out(head, share)
    for decision in uow.models.decisions(model.model_id):
        yield from _decision(decision, zone)


def _decision(decision: ModelDecision, zone: ZoneInfo) -> Iterator[Bilingual]:
    yield models.model_decided(decision, moment(decision.decided_at, zone))
    comparison = decision.comparison
    if comparison is None:
        return
    yield from map(models.head_compared, comparison.heads)
    for change in comparison.classes:
        if change.is_protected and not change.is_not_worse:
            yield models.class_at_risk(change)
