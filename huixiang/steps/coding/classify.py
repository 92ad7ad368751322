"""Classify: say of each feedback what it mentions, how it feels, and how we know."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import (
    SURE_ENOUGH,
    Codeframe,
    CoderKind,
    Coding,
    Polarity,
)
from huixiang.domain.coding.coding_reason import CodingReason, NoIssueReason
from huixiang.domain.items.issue import NOWHERE, IssueKey
from huixiang.domain.records.feedback import Feedback
from huixiang.steps.context import Context, short_id
from huixiang.store.queries.coding.codings import FeedbackReading, NewCoding
from huixiang.understanding.coding.coder import Coder, Understood

Advise = Callable[[Sequence[Feedback], Sequence[Understood]], list[Understood]]
"""A second opinion on what was understood."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassifyResult:
    """How one batch went."""

    n_feedback: int
    n_codings: int
    n_not_codable: int
    n_unheard: int = 0


def classify_batch(
    context: Context, coder: Coder, advise: Advise | None = None
) -> ClassifyResult | None:
    """Code the next feedback; return None when there is none left."""
    with context.store.reading() as uow:
        batch = uow.feedback.uncoded(context.batch_size)
    if not batch:
        return None
    understood = coder.code(batch)
    if advise:
        understood = advise(batch, understood)
    codeframe = context.rulebook.codeframe
    codings = [
        new
        for feedback, each in zip(batch, understood, strict=True)
        for new in new_codings(feedback, each, codeframe)
    ]
    with context.transaction("classify") as uow:
        uow.codings.add(
            codings, codeframe_version=codeframe.version, coded_at=context.now()
        )
        uow.codings.finish([_reading(each) for each in understood])
    return ClassifyResult(
        n_feedback=len(batch),
        n_codings=len(codings),
        n_not_codable=sum(each.not_codable is not None for each in understood),
        n_unheard=sum(map(_was_unheard, understood)),
    )


def _was_unheard(understood: Understood) -> bool:
    return any(
        each.code is CodingReason.LANGUAGE_UNHEARD for each in understood.reasons
    )


def new_codings(
    feedback: Feedback, understood: Understood, codeframe: Codeframe
) -> list[NewCoding]:
    """Give codings their ids and the issues they belong to."""
    return [
        NewCoding(
            coding_id=short_id("cd", feedback.feedback_id, coding.theme, *coding.span),
            feedback_id=feedback.feedback_id,
            coding=coding,
            key=issue_key(feedback, coding, codeframe),
            no_issue_reason=why_no_issue(feedback, coding, codeframe),
        )
        for coding in understood.codings
    ]


def issue_key(feedback: Feedback, coding: Coding, codeframe: Codeframe) -> IssueKey:
    """Return the issue a coding is about: where the record, else the theme, says."""
    theme = codeframe.by_id.get(coding.theme)
    touchpoint = feedback.touchpoint or (theme.touchpoint if theme else None)
    return IssueKey(
        theme=coding.theme,
        touchpoint=touchpoint or NOWHERE,
        unit=feedback.unit or NOWHERE,
    )


def why_no_issue(
    feedback: Feedback, coding: Coding, codeframe: Codeframe
) -> NoIssueReason | None:
    """Say why a negative coding waits for review instead of joining an issue.

    Only a model's word is doubted: where it is unsure, or speaks of a theme that
    happens elsewhere than the record says it was.
    """
    if coding.polarity is not Polarity.NEGATIVE or coding.coder is not CoderKind.MODEL:
        return None
    if coding.confidence < SURE_ENOUGH:
        return NoIssueReason.LOW_CONFIDENCE
    theme = codeframe.by_id.get(coding.theme)
    places = theme.places if theme else frozenset()
    if places and feedback.touchpoint and feedback.touchpoint not in places:
        return NoIssueReason.TOUCHPOINT_DISAGREES
    return None


def _reading(understood: Understood) -> FeedbackReading:
    return FeedbackReading(
        feedback_id=understood.feedback_id,
        not_codable=understood.not_codable,
        polarity=understood.polarity,
        polarity_confidence=understood.polarity_confidence,
        suggested_department=understood.suggested_department,
        department_confidence=understood.department_confidence,
    )
