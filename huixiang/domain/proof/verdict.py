"""What was decided about the effect of an action, with everything it rests on."""

import datetime as dt
import enum
import math
from dataclasses import dataclass


class Metric(enum.StrEnum):
    """What is measured; each has its own direction and minimum effect."""

    MEAN = "mean"  # mean of the rating, in points of its scale
    TOP_BOX = "top_box"  # share of the best rating
    BOTTOM_BOX = "bottom_box"  # share of the two worst ratings; lower is better
    NPS = "nps"  # promoters minus detractors, -1 … 1
    NEGATIVE = "negative"  # share of negative mentions or complaints; lower is better
    CES = "ces"  # mean customer effort score, 1 … 7, higher is easier
    COMPLAINT_RATE = "complaint_rate"  # over exposure, usual = 1; lower is better


class VerdictKind(enum.StrEnum):
    """The four answers to "did it get better?"."""

    IMPROVED = "improved"
    NOT_IMPROVED = "not_improved"
    WORSE = "worse"
    INCONCLUSIVE = "inconclusive"

    @property
    def is_terminal(self) -> bool:
        """Say whether the loop may act on this answer."""
        return self is not VerdictKind.INCONCLUSIVE


class InconclusiveReason(enum.StrEnum):
    """Why no answer can be given (yet)."""

    NOT_RESOLVED = "not_resolved"  # no fix date, nothing to follow
    FOLLOWING = "following"  # still inside the follow-up
    TOO_FEW_FEEDBACKS = "too_few_feedbacks"  # follow-up over, volume too small
    NOT_SEPARABLE = "not_separable"  # last look passed, interval still too wide
    NO_BASELINE = "no_baseline"  # too little feedback before the fix
    FEED_DIED = "feed_died"  # the unit's feedback stopped coming
    CHANNEL_DIED = "channel_died"  # a channel that carried the unit stopped coming
    MIX_MOVED = "mix_moved"  # who answers changed beyond correction
    CODEFRAME_CHANGED = "codeframe_changed"  # themes were redefined inside the window
    MODEL_CHANGED = "model_changed"  # the classifier was replaced inside the window
    OVERLAPPING_ACTION = "overlapping_action"  # another fix in the same window


class LevelRecovered(enum.StrEnum):
    """Whether the score is back to the unit's usual level, whatever the cause."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class NoteCode(enum.StrEnum):
    """Reservations a reader of the verdict must see."""

    WEAK_NO_CONTROLS = "weak_no_controls"  # no untreated units: no common trend removed
    WEAK_FEW_CONTROLS = "weak_few_controls"  # few untreated units: smoothed trend
    COLD_START_MEMORY = "cold_start_memory"  # typical wander assumed, not measured
    PLACEBO_WIDENED = "placebo_widened"  # the placebo check widened the interval
    EARLIER_ACTION = "earlier_action"  # the baseline holds an earlier fix


@dataclass(frozen=True, kw_only=True, slots=True)
class Criterion:
    """What was agreed at opening: the least effect that counts, and by when."""

    metric: Metric
    minimum_effect: float
    horizon_days: int
    alpha: float

    def __post_init__(self) -> None:
        if not self.minimum_effect > 0:
            raise ValueError("minimum_effect must be above 0")
        if self.horizon_days < 1:
            raise ValueError("horizon_days must be at least 1")


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """A difference with its interval, in the metric's own units and direction."""

    value: float
    low: float
    high: float

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.value, self.low, self.high))):
            raise ValueError("an effect that is not finite is no effect: leave it out")
        if not self.low <= self.value <= self.high:
            raise ValueError("an interval must hold its value")


@dataclass(frozen=True, kw_only=True, slots=True)
class PlainComparison:
    """What a plain before/after comparison would have said."""

    effect: Effect
    verdict: VerdictKind
    n_before: int
    n_after: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The answer for one action on one day; effects are absent, never 0 or NaN.

    Effects keep the metric's own sign: for a share of negative mentions an
    improvement is below 0.
    """

    kind: VerdictKind
    reason: InconclusiveReason | None
    effect: Effect | None
    shrunk_effect: float | None
    level_recovered: LevelRecovered
    plain_comparison: PlainComparison | None
    n_before: int
    n_after: int
    n_controls: int
    n_more_needed: int | None
    as_of: dt.date
    criterion: Criterion
    notes: tuple[NoteCode, ...] = ()

    def __post_init__(self) -> None:
        if (self.reason is None) is not self.kind.is_terminal:
            raise ValueError(
                "a reason belongs to an inconclusive verdict, and only there"
            )
        if self.kind.is_terminal and self.effect is None:
            raise ValueError(f"{self.kind} needs an effect")


class Sustained(enum.StrEnum):
    """Whether an improvement lasted."""

    WATCHED = "watched"  # it is too early to look again
    SUSTAINED = "sustained"
    RELAPSED = "relapsed"
    UNCLEAR = "unclear"


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictLook:
    """The evidence on one day, in the metric's own sign."""

    on: dt.date
    effect: Effect
    critical_value: float
    n_after: int
    kind: VerdictKind  # what this day alone says


@dataclass(frozen=True, kw_only=True, slots=True)
class HarmedNeighbour:
    """An issue near a fix that fell below its own forecast since *since*."""

    issue_id: str
    theme: str
    touchpoint: str
    unit: str
    department: str
    effect: Effect
    since: dt.date


@dataclass(frozen=True, kw_only=True, slots=True)
class SideEffects:
    """What a fix did to its neighbours."""

    n_watched: int
    harmed: tuple[HarmedNeighbour, ...]


LEAST_P_SAME = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Consistency:
    """The effects of one kind of fix over several units, seen together.

    *pooled* is the random-effects mean (DerSimonian & Laird 1986); *spread* the share
    of the variation that chance does not explain (I², Higgins & Thompson 2002).
    """

    n_units: int
    pooled: Effect
    spread: float
    p_same: float  # chance of effects this different if all were the same
    against: tuple[str, ...]  # units whose interval lies on the other side of 0

    @property
    def alike(self) -> bool:
        """Say whether the units tell one story."""
        return not self.against and self.p_same >= LEAST_P_SAME


@dataclass(frozen=True, kw_only=True, slots=True)
class VerdictDetail:
    """A verdict with every look that led to it, and its guardrails once it is final."""

    verdict: Verdict
    looks: tuple[VerdictLook, ...] = ()
    p_improved: float | None = None  # chance of looks this good without any effect
    placebo_check_id: str | None = None
    side_effects: SideEffects | None = None
    consistency: Consistency | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class StoredVerdict:
    """What the looks up to *looked_on* say of the fix made on *resolved_on*.

    *final*: there is nothing more to wait for.
    """

    verdict_id: str
    item_id: str
    resolved_on: dt.date
    looked_on: dt.date
    kind: VerdictKind
    reason: InconclusiveReason | None
    final: bool
    detail: VerdictDetail
    method_version: str

    @property
    def verdict(self) -> Verdict:
        """The answer with its effect."""
        return self.detail.verdict


@dataclass(frozen=True, kw_only=True, slots=True)
class LastWord:
    """The final answer on one fix, without what it rests on."""

    item_id: str
    resolved_on: dt.date
    looked_on: dt.date
    kind: VerdictKind
    reason: InconclusiveReason | None
