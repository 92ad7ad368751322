"""What people decide about records, reviews, themes, models, messages, endpoints."""

from typing import TypeVar

from huixiang.configuration.insert_theme import NewTheme
from huixiang.domain.acts.act import Act
from huixiang.domain.acts.decision import (
    AcceptTheme,
    DiscardRecord,
    DismissTheme,
    NoteReview,
    Payload,
    PromoteModel,
    ReleaseRecord,
    ThemeFound,
)
from huixiang.domain.coding.review import Mention, Review
from huixiang.errors import ConfigurationError, NotFound
from huixiang.steps.acts.effect import ActEffect
from huixiang.steps.codeframe.accept_theme import accept_proposal
from huixiang.steps.codeframe.emerging import dismiss_proposal
from huixiang.steps.codeframe.models import promote_model
from huixiang.steps.context import Context
from huixiang.steps.intake.quarantine import discard_record, release_record
from huixiang.steps.messages.replay import replay_message
from huixiang.steps.review.reviews import new_words, withdraw_review
from huixiang.store.unit_of_work import UnitOfWork

P = TypeVar("P")


def release(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Let a quarantined record in; the effect names the feedback it became."""
    said = _as(act.payload, ReleaseRecord)
    feedback_id = release_record(
        context,
        uow,
        act.target.id,
        changes=said.changes,
        by=act.who,
        why=said.reason,
    )
    return ActEffect(facts={"feedback": feedback_id})


def discard(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Give a quarantined record up."""
    said = _as(act.payload, DiscardRecord)
    discard_record(context, uow, act.target.id, by=act.who, why=said.reason)
    return ActEffect()


def accept_theme(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Write a proposed theme into the codeframe."""
    said = _as(act.payload, AcceptTheme)
    theme = NewTheme(
        theme_id=said.theme_id,
        name_zh=said.name_zh,
        name_en=said.name_en,
        keywords=said.keywords,
        parent=said.parent,
        touchpoint=said.touchpoint,
        owner=said.owner,
    )
    done = accept_proposal(context, uow, act.target.id, theme, by=act.who)
    return ActEffect(
        facts={"version_before": done.version_before, "version": done.version}
    )


def dismiss_theme(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Turn a proposed theme down."""
    said = _as(act.payload, DismissTheme)
    dismiss_proposal(context, uow, act.target.id, by=act.who, reason=said.reason)
    return ActEffect()


def promote(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Put a kept model to use."""
    said = _as(act.payload, PromoteModel)
    promote_model(context, uow, act.target.id, by=act.who, why=said.reason)
    return ActEffect()


def replay(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Queue a dead letter again."""
    replay_message(uow, act.target.id, context.now())
    return ActEffect()


def resume(context: Context, uow: UnitOfWork, act: Act) -> ActEffect:
    """Send to a stopped endpoint again."""
    known = context.rulebook.endpoints
    if act.target.id not in known:
        raise ConfigurationError(
            f"no endpoint {act.target.id!r}; known: {', '.join(known)}",
            code="unknown_endpoint",
        )
    uow.outbox.enable(act.target.id)
    return ActEffect()


def note_review(uow: UnitOfWork, act: Act) -> ActEffect:
    """Keep what a reviewer says; codings follow in the next run."""
    review = review_of(act)
    if not uow.feedback.by_id([review.feedback_id]):
        raise NotFound(f"no feedback {review.feedback_id}; see huixiang review list")
    new = new_words(uow, [review])
    uow.reviews.add(new)
    return ActEffect(facts={"is_new": bool(new)})


def withdraw(uow: UnitOfWork, act: Act) -> ActEffect:
    """Take a review back; codings follow in the next run."""
    withdraw_review(uow, act.target.id, act.recorded_at)
    return ActEffect()


def review_of(act: Act) -> Review:
    """Return the review that an act says."""
    said = _as(act.payload, NoteReview)
    evidence = dict(enumerate(said.evidence))
    return Review(
        review_id=said.review_id,
        feedback_id=act.target.id,
        reviewer=act.who,
        reviewed_at=act.recorded_at,
        mentions=tuple(
            Mention(
                theme=each.theme,
                polarity=each.polarity,
                evidence=evidence.get(number, ""),
                span=each.span,
            )
            for number, each in enumerate(said.themes)
        ),
        polarity=said.polarity,
        department=said.department,
        seen=said.seen,
    )


def note_of(review: Review) -> NoteReview:
    """Return what is said with an act that notes *review*."""
    return NoteReview(
        review_id=review.review_id,
        themes=tuple(
            ThemeFound(theme=each.theme, polarity=each.polarity, span=each.span)
            for each in review.mentions
        ),
        evidence=tuple(each.evidence for each in review.mentions),
        polarity=review.polarity,
        department=review.department,
        seen=review.seen,
    )


def _as(payload: Payload, kind: type[P]) -> P:
    """Return the payload as the kind that its verb goes with."""
    if not isinstance(payload, kind):
        raise TypeError(f"{payload.verb} goes without {kind.__name__}")
    return payload
