"""How the loop itself works: the figures of a report that are about us, not the fix."""

import datetime as dt
from dataclasses import dataclass

from huixiang.domain.proof.goal import GoalState
from huixiang.domain.proof.verdict import Metric
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Scope:
    """What a report is limited to; without limits it is about everything.

    `label` is how the period was asked for: "2026-03", "2026-Q1", "2026-03-01..2026-03-15".
    """

    label: str = ""
    first: dt.date | None = None
    last: dt.date | None = None
    department_id: str | None = None
    department: Bilingual | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.first is None and self.department_id is None


WHOLE = Scope()
"""Everything there is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PeriodFigures:
    """What happened within some days, both ends included; a count is of events in them.

    `n_opened` items were asked for, `n_answered` answered for the first time,
    `n_resolved` said to be fixed; the last four are the fixes' last words.
    """

    label: str
    first: dt.date
    last: dt.date
    n_feedbacks: int
    n_negative: int
    n_opened: int = 0
    n_answered: int = 0
    n_resolved: int = 0
    n_verified: int = 0
    n_not_improved: int = 0
    n_worse: int = 0
    n_unproven: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class ServiceLevel:
    """How soon a department answered and fixed; a median is absent where nothing was.

    `answer_met` of `answer_due` items were answered before they were due;
    `resolve_met` of `resolve_due` accepted ones were fixed before that moment too.
    """

    department_id: str
    department: Bilingual
    answer_met: int
    answer_due: int
    resolve_met: int
    resolve_due: int
    n_overdue: int
    median_answer_hours: float | None
    median_resolve_hours: float | None
    n_answered: int
    n_resolved: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Transfer:
    """One "not mine": who refused, where it went (nowhere: a person has to decide)."""

    item_id: str
    on: dt.date
    refused_by: Bilingual
    given_to: Bilingual | None
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class CoverageCell:
    """One touchpoint of the journey: how much of what is said there reaches us.

    `is_blind`: nothing at all in the period, or all of it from one source only.
    """

    stage_id: str
    stage: Bilingual
    touchpoint_id: str
    touchpoint: Bilingual
    n_feedbacks: int
    n_negative: int
    sources: tuple[str, ...]
    last_on: dt.date | None

    @property
    def is_blind(self) -> bool:
        """Whether problems here could go unheard."""
        return len(self.sources) <= 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Coverage:
    """The journey and who is heard where; `n_unplaced` feedbacks name no touchpoint."""

    first: dt.date
    last: dt.date
    cells: tuple[CoverageCell, ...] = ()
    n_feedbacks: int = 0
    n_unplaced: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Scorecard:
    """What a department achieved; only `n_verified` counts as an achievement.

    `n_claimed` fixes were reported; each is verified, refuted (not improved or worse),
    relapsed, unproven or still followed. `item_ids` are the verified ones.
    """

    department_id: str
    department: Bilingual
    n_claimed: int
    n_verified: int
    n_refuted: int
    n_relapsed: int
    n_unproven: int
    n_followed: int
    item_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalPoint:
    """One week of a goal's scope."""

    on: dt.date
    n: int
    value: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalProgress:
    """A goal and how far it is: `current` is of the last 28 days, `previous` before.

    On track: at the pace of these 56 days it is reached by `due_on`. `progress` is the
    share of the way from the baseline (0 … 1, absent without a baseline).
    """

    goal_id: str
    name: Bilingual
    metric: Metric
    target: float
    due_on: dt.date
    state: GoalState
    baseline: float | None = None
    current: float | None = None
    previous: float | None = None
    n: int = 0
    progress: float | None = None
    theme: Bilingual | None = None
    touchpoint: Bilingual | None = None
    unit: Bilingual | None = None
    series: tuple[GoalPoint, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """One condition of a maturity stage: a share measured against what is needed."""

    name: Bilingual
    value: float | None
    needed: float
    n: int

    @property
    def is_reached(self) -> bool:
        """Whether it was measured and is high enough."""
        return self.value is not None and self.value >= self.needed


@dataclass(frozen=True, kw_only=True, slots=True)
class MaturityStage:
    """One stage; it is reached when all its milestones and all before it are."""

    name: Bilingual
    milestones: tuple[Milestone, ...]

    @property
    def is_reached(self) -> bool:
        """Whether every milestone of this stage is reached."""
        return all(each.is_reached for each in self.milestones)


@dataclass(frozen=True, kw_only=True, slots=True)
class Maturity:
    """How mature the loop is, for everything or for one department."""

    stages: tuple[MaturityStage, ...]
    department_id: str | None = None
    department: Bilingual | None = None

    @property
    def level(self) -> int:
        """How many stages are reached in a row, from the first."""
        level = 0
        for stage in self.stages:
            if not stage.is_reached:
                break
            level += 1
        return level
