"""What the voices mean together: needs, drivers, emotion, gaps, effort, events, news.

Facts only: understanding makes them, reports and commands show them.
"""

import datetime as dt
import enum
import math
from dataclasses import dataclass

from huixiang.domain.coding.codeframe import NeedTier
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Estimate:
    """A value with its 95 % interval and how many feedbacks it rests on."""

    value: float
    low: float
    high: float
    n: int

    def __post_init__(self) -> None:
        if not all(map(math.isfinite, (self.value, self.low, self.high))):
            raise ValueError("an estimate that is not finite is none: leave it out")
        if not self.low <= self.value <= self.high:
            raise ValueError("an interval must hold its value")


class Undecided(enum.StrEnum):
    """Why ratings do not tell a theme's need tier."""

    TOO_FEW_NEGATIVE = "too_few_negative"
    TOO_FEW_POSITIVE = "too_few_positive"
    NO_EFFECT = "no_effect"  # neither praise nor complaint moves the rating
    NOT_SEPARABLE = "not_separable"  # the interval is too wide to tell which


@dataclass(frozen=True, kw_only=True, slots=True)
class NeedEvidence:
    """What a theme's praise and complaints do to the rating (1 to 5 stars).

    `penalty` (usually below 0) and `reward` are stars against feedback of the same
    sources that does not mention the theme. `asymmetry` is the share of the room up
    that praise uses less the share of the room down that complaints use.
    """

    theme: str
    declared: NeedTier
    n_rated: int
    n_negative: int
    n_positive: int
    penalty: Estimate | None
    reward: Estimate | None
    asymmetry: Estimate | None
    tier: NeedTier | None
    undecided: Undecided | None

    @property
    def disagrees(self) -> bool:
        """Say whether the ratings speak for another tier than the codeframe."""
        return self.tier is not None and self.tier is not self.declared


class Quadrant(enum.StrEnum):
    """Where a theme stands: how much it moves the rating, how well it does.

    Important: at least the median theme. Well: better balance of praise and complaints
    than all themes together.
    """

    FIX_FIRST = "fix_first"  # important, and does badly
    KEEP_UP = "keep_up"  # important, and does well
    WATCH = "watch"  # less important, does badly
    LEAVE = "leave"  # less important, does well


@dataclass(frozen=True, kw_only=True, slots=True)
class Driver:
    """How far a theme moves the mean rating of everybody (stars).

    `cost` = share of feedback that complains × penalty, `gain` = share that praises ×
    reward, `importance` = gain − cost. `net` is (praise − complaints) / mentions.
    """

    theme: str
    n_mentions: int
    share_negative: float
    share_positive: float
    cost: Estimate | None
    gain: Estimate | None
    importance: Estimate
    net: float
    quadrant: Quadrant


class Moment(enum.StrEnum):
    """The moments a journey is remembered by."""

    PEAK = "peak"
    LOW = "low"
    END = "end"


@dataclass(frozen=True, kw_only=True, slots=True)
class JourneyEmotion:
    """How people feel at a stage (touchpoint None) or touchpoint, in journey order.

    `polarity` is the mean over feedbacks, −1 (all negative) to 1; `stars` of those
    rated. Both are None below the least n.
    """

    stage: str
    touchpoint: str | None
    n: int
    polarity: Estimate | None
    stars: Estimate | None
    moments: tuple[Moment, ...] = ()


class Direction(enum.StrEnum):
    """What was perceived against what was expected."""

    BELOW = "below"
    ABOVE = "above"


class Effort(enum.StrEnum):
    """How hard it was to get something done."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True, kw_only=True, slots=True)
class GapFigures:
    """Expectation against perception, where the text says both."""

    touchpoint: str | None
    n: int
    n_below: int
    n_above: int
    below: Estimate | None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EffortFigures:
    """Signs of effort in the text, and the effort score (1–7, higher is easier)."""

    touchpoint: str | None
    n: int
    n_high: int
    n_low: int
    high: Estimate | None
    ces: Estimate | None
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Insights:
    """What the voices of one period mean; everything ordered, most telling first.

    `gaps` and `efforts` begin with everything (touchpoint None). `examples` in them
    are feedback ids.
    """

    first_on: dt.date
    last_on: dt.date
    n_feedbacks: int
    n_rated: int
    needs: tuple[NeedEvidence, ...] = ()
    drivers: tuple[Driver, ...] = ()
    journey: tuple[JourneyEmotion, ...] = ()
    gaps: tuple[GapFigures, ...] = ()
    efforts: tuple[EffortFigures, ...] = ()


class ProposalState(enum.StrEnum):
    """What became of a proposed theme."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"


class ProposalReason(enum.StrEnum):
    """Why a theme is proposed; `words` is the word that is spoken of."""

    BURST = "burst"  # facts: n, days, expected, q_value
    UNCOVERED = "uncovered"  # no theme covers what says it; facts: n, days
    KEPT = "kept"  # what an earlier version wrote; facts: en


@dataclass(frozen=True, kw_only=True, slots=True)
class EmergingTheme:
    """Something new that people speak of, proposed as a theme.

    `n` feedbacks in the last days against `n_before` in the history; `growth` is the
    ratio of their rates (None: never heard before). `q_value` is the share of false
    ones to expect among bursts as clear as this (None: found as a cluster only).
    `share_uncovered` of them have no sure theme; `nearest_theme` is what most of the
    others are coded as. Units, touchpoints and polarities come with how many feedbacks,
    most first. `examples` are feedback ids.
    """

    proposal_id: str
    name_zh: str
    keywords: tuple[str, ...]
    n: int
    n_before: int
    first_seen_on: dt.date
    growth: float | None
    q_value: float | None
    share_uncovered: float
    nearest_theme: str | None
    why: Reason[ProposalReason]
    units: tuple[tuple[str, int], ...] = ()
    touchpoints: tuple[tuple[str, int], ...] = ()
    polarities: tuple[tuple[str, int], ...] = ()
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposal:
    """A proposed theme and what somebody decided about it.

    `found_at` and `decided_at` are business times, `last_found_on` the last day that
    still spoke of it. `words` say why it is no theme, `accepted_as` which theme it is.
    """

    found: EmergingTheme
    found_at: dt.datetime
    last_found_on: dt.date
    state: ProposalState
    decided_at: dt.datetime | None = None
    decided_by: str | None = None
    words: str | None = None
    accepted_as: str | None = None

    @property
    def proposal_id(self) -> str:
        """Its id."""
        return self.found.proposal_id

    @property
    def is_open(self) -> bool:
        """Say whether it waits for a decision."""
        return self.state is ProposalState.PROPOSED


@dataclass(frozen=True, kw_only=True, slots=True)
class Heat:
    """The parts of a heat index, each 0 to 1; `index` is 0 to 100."""

    volume: float
    people: float
    negativity: float
    public: float
    growth: float

    @property
    def index(self) -> float:
        """Return 100 × the weighted mean of the parts."""
        parts = (self.volume, self.people, self.negativity, self.public, self.growth)
        return 100 * sum(
            weight * part for weight, part in zip(HEAT_WEIGHTS, parts, strict=True)
        )


HEAT_WEIGHTS = (0.35, 0.25, 0.15, 0.15, 0.10)
"""Volume, people, negativity, public, growth."""


@dataclass(frozen=True, kw_only=True, slots=True)
class HotIssue:
    """One event told by many: where, what about, who says so, and how hot it is.

    `n_people` counts persons once (the same words from unknown people too). `expected`
    is how many such feedbacks the same days usually have. `by` says what holds the
    cluster together: place, entity, wording. `dates` are days that most of them name.
    `examples` are feedback ids.
    """

    hot_id: str
    title: Bilingual
    first_on: dt.date
    last_on: dt.date
    theme: str | None
    touchpoint: str | None
    unit: str | None
    entities: tuple[str, ...]
    dates: tuple[dt.date, ...]
    by: tuple[str, ...]
    n: int
    n_people: int
    n_copies: int
    expected: float
    heat: Heat
    examples: tuple[str, ...] = ()
    feedback_ids: tuple[str, ...] = ()
