"""Reviews: what a person says a feedback is about, and what waits to be looked at."""

import datetime as dt
import enum
from dataclasses import dataclass

from huixiang.clock import check_aware
from huixiang.domain.coding.codeframe import CoderKind, Polarity
from huixiang.domain.coding.coding_reason import NoIssueReason, Why
from huixiang.domain.records.feedback import NotCodable


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A theme that a person finds in a feedback; without a place the whole is meant."""

    theme: str
    polarity: Polarity
    evidence: str = ""
    span: tuple[int, int] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Review:
    """One person's word on one feedback: everything it mentions, or nothing.

    `polarity` and `department` are of the whole feedback and may be left out. `seen`
    names the codings that were shown.
    """

    review_id: str
    feedback_id: str
    reviewer: str
    reviewed_at: dt.datetime
    mentions: tuple[Mention, ...]
    polarity: Polarity | None = None
    department: str | None = None
    seen: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_aware(self.reviewed_at, "reviewed_at")

    @property
    def answer(self) -> frozenset[tuple[str, str]]:
        """What two reviewers must have in common to agree."""
        return frozenset((each.theme, each.polarity.value) for each in self.mentions)

    def says_as(self, other: "Review") -> bool:
        """Say whether *other* decided just the same."""
        mine = (self.mentions, self.polarity, self.department)
        return mine == (other.mentions, other.polarity, other.department)


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredReview:
    """A review, when the codings began to follow it, and when it was taken back."""

    review: Review
    applied_at: dt.datetime | None
    withdrawn_at: dt.datetime | None


class QueueReason(enum.StrEnum):
    """Why a feedback is worth a person's look."""

    REVIEWERS_DISAGREE = "reviewers_disagree"
    COULD_JOIN_ISSUE = "could_join_issue"  # negative, held back for a person
    RULES_AND_MODEL = "rules_and_model"  # they do not say the same
    RATING_DISAGREES = "rating_disagrees"  # praise with one star, or the reverse
    MODEL_SILENT = "model_silent"  # the rules see a theme that the model does not
    LOW_CONFIDENCE = "low_confidence"
    NO_THEME = "no_theme"  # words, but no theme of the codeframe
    NEW_WORDS = "new_words"  # words that neither codeframe nor model knows
    SECOND_LOOK = "second_look"  # looked at by two, to measure agreement


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownCoding:
    """A machine's coding as a reviewer sees it; `n_on_issue` feedbacks say the same."""

    coding_id: str
    theme: str
    polarity: Polarity
    evidence: str
    span: tuple[int, int]
    confidence: float
    coder: CoderKind
    coder_id: str
    reasons: tuple[Why, ...] = ()
    no_issue_reason: NoIssueReason | None = None
    n_on_issue: int = 0
    has_open_item: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A feedback that might be worth a look, and who has looked already."""

    feedback_id: str
    occurred_at: dt.datetime
    words: str
    codings: tuple[ShownCoding, ...]
    stars: float | None = None
    touchpoint: str | None = None
    unit: str | None = None
    not_codable: NotCodable | None = None
    suggested_department: str | None = None
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Queued:
    """A candidate in the queue: score = uncertainty × value, and why."""

    candidate: Candidate
    reasons: tuple[QueueReason, ...]
    uncertainty: float
    value: float
    new_words: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """How much a look is worth."""
        return self.uncertainty * self.value
