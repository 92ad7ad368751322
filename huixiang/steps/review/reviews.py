"""Review: note what people say of codings, and let the codings follow."""

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.codeframe import Codeframe, CoderKind, Coding
from huixiang.domain.coding.coding_reason import CodingReason, Why, why
from huixiang.domain.coding.review import (
    Mention,
    Queued,
    QueueReason,
    Review,
    ShownCoding,
)
from huixiang.domain.coding.stored_coding import StoredCoding
from huixiang.domain.records.feedback import Feedback, NotCodable
from huixiang.errors import ConfigurationError, NotFound
from huixiang.routing.compile import Router
from huixiang.steps.coding.classify import issue_key
from huixiang.steps.coding.route import route_batch
from huixiang.steps.context import Context, short_id
from huixiang.store.engine import Store
from huixiang.store.queries.coding.codings import NewCoding
from huixiang.store.unit_of_work import UnitOfWork
from huixiang.understanding.coding.keywords import need_tier
from huixiang.understanding.discovery.novelty import unseen_words
from huixiang.understanding.model.model_file import Model
from huixiang.understanding.review.ranking import queue, shared_words, worth_again

LOOKED_AT = 3000
"""The newest so many doubtful feedbacks are weighed against each other."""


def review_queue(
    store: Store,
    codeframe: Codeframe,
    model: Model | None,
    *,
    reviewer: str,
    only: Collection[QueueReason] = (),
) -> list[Queued]:
    """Return what *reviewer* should look at, the most worthwhile first."""
    with store.reading() as uow:
        again = worth_again(uow.reviews.live())[:LOOKED_AT]
        found = uow.reviews.candidates([*again, *uow.reviews.doubtful(LOOKED_AT)])
    words = {each.feedback_id: each.words for each in found if not each.reviews}
    unseen = shared_words(unseen_words(words, model, codeframe))
    return queue(found, reviewer=reviewer, new_words=unseen, only=only)


def check_review(review: Review, rulebook: Rulebook) -> None:
    """Raise ConfigurationError where a review names what the rules do not know."""
    for mention in review.mentions:
        if mention.theme not in rulebook.codeframe.by_id:
            raise ConfigurationError(
                f"no theme {mention.theme!r} in the codeframe; its themes are in "
                "rules/codeframe.yaml"
            )
    if review.department and review.department not in rulebook.departments:
        known = ", ".join(rulebook.departments)
        raise ConfigurationError(
            f"no department {review.department!r}; known are {known}"
        )


def not_said_before(store: Store, reviews: Sequence[Review]) -> Sequence[Review]:
    """Return the reviews that say something new."""
    with store.reading() as uow:
        return new_words(uow, reviews)


def new_words(uow: UnitOfWork, reviews: Sequence[Review]) -> Sequence[Review]:
    """Return the reviews that say something new.

    Who says the same again has said it once.
    """
    before = uow.reviews.live([each.feedback_id for each in reviews])
    latest = {(each.feedback_id, each.reviewer): each for each in before}
    new = []
    for review in reviews:
        earlier = latest.get((review.feedback_id, review.reviewer))
        if earlier is None or not earlier.says_as(review):
            new.append(review)
    return new


def new_review(
    feedback_id: str,
    mentions: Sequence[Mention],
    *,
    reviewer: str,
    at: dt.datetime,
    seen: Sequence[ShownCoding] = (),
) -> Review:
    """Return a review under an id of its own."""
    return Review(
        review_id=short_id("rv", feedback_id, reviewer, at.isoformat()),
        feedback_id=feedback_id,
        reviewer=reviewer,
        reviewed_at=at,
        mentions=tuple(mentions),
        seen=tuple(each.coding_id for each in seen),
    )


def withdraw_review(uow: UnitOfWork, review_id: str, at: dt.datetime) -> None:
    """Take a review back; raise NotFound where there is none."""
    if uow.reviews.get(review_id) is None:
        raise NotFound(f"no review {review_id}; huixiang explain FEEDBACK names them")
    uow.reviews.withdraw(review_id, at)


def follow_reviews(context: Context, router: Router) -> int:
    """Let codings, issues and routes follow the reviews; return how many feedbacks."""
    n_settled = apply_reviews(context)
    while n_settled and route_batch(context, router) is not None:
        pass
    return n_settled


def apply_reviews(context: Context) -> int:
    """Let codings follow the reviews; negative ones then wait for a route."""
    n_settled = 0
    while n := _apply_batch(context):
        n_settled += n
    return n_settled


def _apply_batch(context: Context) -> int:
    with context.store.reading() as uow:
        ids = uow.reviews.waiting(context.batch_size)
        feedback = uow.feedback.by_id(ids)
        latest = {each.feedback_id: each for each in uow.reviews.live(ids)}
    if not ids:
        return 0
    with context.transaction("review") as uow:
        for feedback_id in ids:
            _settle(context, uow, feedback[feedback_id], latest.get(feedback_id))
        uow.reviews.applied(ids, context.now())
    return len(ids)


def _settle(
    context: Context, uow: UnitOfWork, feedback: Feedback, review: Review | None
) -> None:
    """Make the codings of a feedback what its newest review says, if any stands."""
    key, at = feedback.feedback_id, context.now()
    before = uow.codings.of_feedback(key)
    new = person_codings(feedback, review, before, context.rulebook.codeframe)
    ids = {each.coding_id for each in new}
    gone = [
        each.coding_id
        for each in before
        if (review or each.coder is CoderKind.PERSON) and each.coding_id not in ids
    ]
    by = review.review_id if review else "withdrawn"
    uow.reviews.supersede(gone, by=by, at=at)
    if review is None:
        uow.reviews.restore(key)
    uow.reviews.brought_back(sorted(ids))
    version = context.rulebook.codeframe.version
    uow.codings.add(new, codeframe_version=version, coded_at=at)
    has_any = bool(uow.codings.of_feedback(key))
    silent = NotCodable.NO_THEME if feedback.words.strip() else NotCodable.NO_WORDS
    uow.reviews.settle(key, None if has_any else silent)


def person_codings(
    feedback: Feedback,
    review: Review | None,
    before: Sequence[StoredCoding],
    codeframe: Codeframe,
) -> list[NewCoding]:
    """Return the codings that a review amounts to, each with what it takes the place of."""
    if review is None:
        return []
    was = {each.theme: each for each in before}
    made = []
    for mention in review.mentions:
        coding = _coding(feedback, review, mention, codeframe)
        reasons = (
            why(CodingReason.REVIEW, review=review.review_id),
            *_instead_of(was.get(mention.theme)),
        )
        coding = dataclasses.replace(coding, reasons=reasons)
        made.append(
            NewCoding(
                coding_id=short_id("cd", review.review_id, mention.theme),
                feedback_id=feedback.feedback_id,
                coding=coding,
                key=issue_key(feedback, coding, codeframe),
                no_issue_reason=None,
            )
        )
    return made


def _coding(
    feedback: Feedback, review: Review, mention: Mention, codeframe: Codeframe
) -> Coding:
    start, end = mention.span or (0, len(feedback.words))
    return Coding(
        theme=mention.theme,
        polarity=mention.polarity,
        evidence=feedback.words[start:end],
        span=(start, end),
        confidence=1.0,
        coder=CoderKind.PERSON,
        coder_id=review.reviewer,
        need_tier=need_tier(codeframe.by_id.get(mention.theme), mention.polarity),
    )


def _instead_of(coding: StoredCoding | None) -> Iterator[Why]:
    if coding is not None:
        yield why(
            CodingReason.INSTEAD_OF,
            polarity=coding.polarity.value,
            coder=coding.coder.value,
            by=coding.coder_id,
        )
