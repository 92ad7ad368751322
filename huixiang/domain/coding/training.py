"""Facts of training: how a model answers what it has not seen, and how models compare."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from huixiang.domain.reason import Reason

ABSENT = "absent"
"""Stands where a theme is not mentioned, by the label or by the answer."""


class JudgedOn(enum.StrEnum):
    """Who asked the questions that figures rest on."""

    HELD_OUT = "held_out"  # the frozen split, which no model learns from
    CROSS = "cross"  # each row answered by a fit on the other folds


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One question with its true answer and a model's; `unit` is the row it belongs to.

    `chance` is how sure the model was, None where it said nothing. `felt` keeps the
    polarities apart (truth, answer) where the question is a theme.
    """

    head: str
    unit: int
    truth: str
    guessed: str
    chance: float | None
    row_id: str = ""
    words: str = ""
    felt: tuple[str, str] | None = None

    @property
    def is_right(self) -> bool:
        """Say whether the model was right."""
        return self.truth == self.guessed


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """A share with its 95 % interval (Wilson, 1927)."""

    hits: int
    n: int
    value: float
    low: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFigures:
    """How well one class is told; precision is absent where it was never answered."""

    name: str
    recall: Share | None
    precision: Share | None
    f1: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """Answers of like confidence: how sure, and how often right."""

    n: int
    chance: float
    right: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageRow:
    """Trust answers from this confidence on: so many pass, so many of them are right."""

    threshold: float
    coverage: float
    n_passed: int
    n_left: int
    right: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Mistake:
    """A wrong answer that the model was sure of."""

    row_id: str
    words: str
    truth: str
    guessed: str
    chance: float


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadFigures:
    """Everything about one head; `main` is accuracy, or micro-F1 for themes."""

    head: str
    n: int
    main: Share
    main_name: str
    macro_f1: float
    classes: tuple[ClassFigures, ...]
    confusion: tuple[tuple[str, str, int], ...]
    bins: tuple[Bin, ...]
    calibration_error: float | None
    coverage: tuple[CoverageRow, ...]
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CurvePoint:
    """How well a head is told after learning from so many rows."""

    head: str
    n_rows: int
    right: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class VersionPoint:
    """One model of the history with its held-out figures at the time it was trained."""

    model_id: str
    trained_at: dt.datetime
    is_active: bool
    was_promoted: bool
    n_rows: int
    n_corrections: int
    split: str | None
    heads: Mapping[str, Share]


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassChange:
    """What a change of model does to one class; `low` is 95 % sure (one-sided)."""

    head: str
    name: str
    n: int
    champion: float
    challenger: float
    low: float
    is_protected: bool
    is_not_worse: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class HeadChange:
    """What a change of model does to one head: who alone was right how often."""

    head: str
    n: int
    champion: float
    challenger: float
    only_champion: int
    only_challenger: int
    p_value: float


class PromotionReason(enum.StrEnum):
    """Why a model was put to use, or not."""

    FIRST_MODEL = "first_model"
    SAME_MODEL = "same_model"
    CHAMPION_REFUSED = "champion_refused"  # the one in use cannot be used any more
    CHAMPION_SAW_HELD_OUT = "champion_saw_held_out"  # nothing to compare by
    TOO_FEW_HELD_OUT = "too_few_held_out"
    NOT_WORSE = "not_worse"
    WORSE_OVERALL = "worse_overall"
    CLASS_MAY_BE_WORSE = "class_may_be_worse"
    PERSON = "person"  # somebody said so, in their own words


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelComparison:
    """Champion and challenger on the same held-out rows, and what follows."""

    split: str
    n_rows: int
    heads: tuple[HeadChange, ...]
    classes: tuple[ClassChange, ...]
    is_promoted: bool
    reason: PromotionReason


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelFigures:
    """What a model learned from, and how good it was when it was trained.

    `measures` are those of its training, by head and name; `held_out` is the main figure
    of each head on the rows of `split`, which it has not seen.
    """

    n_rows: int = 0
    n_corrections: int = 0
    split: str | None = None
    held_out: Mapping[str, Share] = field(default_factory=dict)
    measures: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptModel:
    """A model that was trained and kept; `folder` is beneath the workspace."""

    model_id: str
    trained_at: dt.datetime
    folder: str
    codeframe_version: str
    active: bool
    figures: ModelFigures


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelDecision:
    """Who put a model to use or did not, why, and what the comparison showed."""

    decision_id: str
    model_id: str
    champion_id: str | None
    decided_at: dt.datetime
    decided_by: str
    promoted: bool
    reason: Reason[PromotionReason]
    comparison: ModelComparison | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageTrust:
    """How often a language model was right on labels it had not seen.

    Lower bounds of precision; `overall` stands in for themes it was seen to mention too
    rarely.
    """

    overall: float
    by_theme: Mapping[str, float]

    def of(self, theme: str) -> float:
        """Return the probability that a mention of *theme* is right."""
        return self.by_theme.get(theme, self.overall)


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingPage:
    """What the training page shows."""

    model: str
    trained_at: dt.datetime | None
    n_rows: int
    n_corrections: int
    judge: JudgedOn
    n_judged: int
    split: str | None
    heads: tuple[HeadFigures, ...]
    curve: tuple[CurvePoint, ...] = ()
    versions: tuple[VersionPoint, ...] = ()
    comparison: ModelComparison | None = None
