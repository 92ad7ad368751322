"""Facts of training: how a model answers what it has not seen, and how models compare."""

import datetime as dt
import enum
from collections.abc import Mapping
from dataclasses import dataclass

ABSENT = "absent"
"""Stands where a theme is not mentioned, by the label or by the answer."""


class Judge(enum.StrEnum):
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


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Champion and challenger on the same held-out rows, and what follows."""

    split: str
    n_rows: int
    heads: tuple[HeadChange, ...]
    classes: tuple[ClassChange, ...]
    is_promoted: bool
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class TrainingPage:
    """What the training page shows."""

    model: str
    trained_at: dt.datetime | None
    n_rows: int
    n_corrections: int
    judge: Judge
    n_judged: int
    split: str | None
    heads: tuple[HeadFigures, ...]
    curve: tuple[CurvePoint, ...] = ()
    versions: tuple[VersionPoint, ...] = ()
    comparison: Comparison | None = None
