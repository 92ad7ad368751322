"""Order what a person should look at: uncertainty times value, each with its reasons."""

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from huixiang.domain.coding.codeframe import SURE_ENOUGH, CoderKind, Polarity
from huixiang.domain.coding.coding_reason import DISSENT, SILENCE
from huixiang.domain.coding.review import (
    Candidate,
    Queued,
    QueueReason,
    Review,
    ShownCoding,
)
from huixiang.domain.records.feedback import NotCodable

SECOND_LOOK_SHARE = 0.2
"""So much of what was reviewed is shown to a second person, who does not see the first."""
_WEIGHTS: Mapping[QueueReason, float] = {
    QueueReason.REVIEWERS_DISAGREE: 0.95,
    QueueReason.COULD_JOIN_ISSUE: 0.7,
    QueueReason.RULES_AND_MODEL: 0.6,
    QueueReason.RATING_DISAGREES: 0.6,
    QueueReason.LOW_CONFIDENCE: 0.5,
    QueueReason.MODEL_SILENT: 0.25,
    QueueReason.NO_THEME: 0.5,
    QueueReason.NEW_WORDS: 0.2,
    QueueReason.SECOND_LOOK: 0.3,
}
"""How likely each reason alone makes it that the coding is wrong; rough and stated."""
_PLEASED, _DISPLEASED = 4, 2
_TWO = 2
_UNRATED = 1.25
_AT_WORK = 1.5


def queue(
    candidates: Iterable[Candidate],
    *,
    reviewer: str,
    new_words: Mapping[str, Sequence[str]] | None = None,
    only: Collection[QueueReason] = (),
) -> list[Queued]:
    """Return what *reviewer* should look at, the most worthwhile first.

    *new_words* names, for a feedback, the words that nothing knows yet.
    """
    known = new_words or {}
    queued = [
        _queued(each, reasons, tuple(known.get(each.feedback_id, ())))
        for each in candidates
        if (reasons := reasons_to_look(each, reviewer, known.get(each.feedback_id, ())))
    ]
    wanted = [each for each in queued if not only or set(only) & set(each.reasons)]
    return sorted(wanted, key=lambda each: (-each.score, each.candidate.feedback_id))


def reasons_to_look(
    candidate: Candidate, reviewer: str, new_words: Sequence[str] = ()
) -> tuple[QueueReason, ...]:
    """Return why *reviewer* should look; nothing where there is no reason to."""
    reviewers = {each.reviewer for each in candidate.reviews}
    if reviewer in reviewers:
        return ()
    if len(reviewers) > 1:
        told = {_latest(candidate, each) for each in reviewers}
        split = len(reviewers) == _TWO and len(told) == _TWO
        return (QueueReason.REVIEWERS_DISAGREE,) if split else ()
    if reviewers:
        chosen = is_second_look(candidate.feedback_id)
        return (QueueReason.SECOND_LOOK,) if chosen else ()
    found = {reason for each in candidate.codings for reason in _doubts(each)}
    if any(_rating_disagrees(each, candidate.stars) for each in candidate.codings):
        found.add(QueueReason.RATING_DISAGREES)
    if not candidate.codings and candidate.not_codable is NotCodable.NO_THEME:
        found.add(QueueReason.NO_THEME)
    if found and new_words:
        found.add(QueueReason.NEW_WORDS)
    return tuple(each for each in QueueReason if each in found)


def _latest(candidate: Candidate, reviewer: str) -> frozenset[tuple[str, str]]:
    return [each for each in candidate.reviews if each.reviewer == reviewer][-1].answer


def worth_again(reviews: Iterable[Review]) -> list[str]:
    """Return reviewed feedback that another person may be asked about, newest first."""
    reviewers: dict[str, set[str]] = {}
    for each in sorted(reviews, key=lambda each: each.reviewed_at, reverse=True):
        reviewers.setdefault(each.feedback_id, set()).add(each.reviewer)
    return [
        key
        for key, who in reviewers.items()
        if len(who) == _TWO or (len(who) < _TWO and is_second_look(key))
    ]


def is_second_look(feedback_id: str) -> bool:
    """Say whether a feedback belongs to those that two people look at."""
    number = int(hashlib.sha256(feedback_id.encode()).hexdigest()[:8], 16)
    return number < SECOND_LOOK_SHARE * 16**8


def _doubts(coding: ShownCoding) -> Iterable[QueueReason]:
    if coding.no_issue_reason:
        yield QueueReason.COULD_JOIN_ISSUE
    codes = {each.code for each in coding.reasons}
    if codes & DISSENT:
        yield QueueReason.RULES_AND_MODEL
    elif codes & SILENCE:
        yield QueueReason.MODEL_SILENT
    if coding.confidence < SURE_ENOUGH:
        yield QueueReason.LOW_CONFIDENCE


def _rating_disagrees(coding: ShownCoding, stars: float | None) -> bool:
    if stars is None or coding.coder is CoderKind.PERSON:
        return False
    if coding.polarity is Polarity.NEGATIVE:
        return stars >= _PLEASED
    return coding.polarity is Polarity.POSITIVE and stars <= _DISPLEASED


def _queued(
    candidate: Candidate, reasons: tuple[QueueReason, ...], new_words: tuple[str, ...]
) -> Queued:
    return Queued(
        candidate=candidate,
        reasons=reasons,
        uncertainty=round(1 - math.prod(1 - _WEIGHTS[each] for each in reasons), 3),
        value=round(_value(candidate), 2),
        new_words=new_words,
    )


def _value(candidate: Candidate) -> float:
    """Return what a right coding is worth: bad ratings, large issues, work under way."""
    stars = candidate.stars
    rating = _UNRATED if stars is None else 1 + (5 - stars) / 4
    volume = max((each.n_on_issue for each in candidate.codings), default=0)
    at_work = any(each.has_open_item for each in candidate.codings)
    return rating * (1 + math.log10(1 + volume)) * (_AT_WORK if at_work else 1)


def shared_words(
    found: Mapping[str, Sequence[str]], *, least: int = 3, most: int = 5
) -> dict[str, list[str]]:
    """Keep the words that several feedbacks use; a single slip is no new word."""
    counts = Counter(word for words in found.values() for word in set(words))
    kept = {word for word, n in counts.items() if n >= least}
    return {
        key: sorted(kept.intersection(words), key=lambda word: (-counts[word], word))[
            :most
        ]
        for key, words in found.items()
        if kept.intersection(words)
    }
