"""Goals: what should be reached, where, by when (`rules/goals.yaml`)."""

import datetime as dt
import enum
from dataclasses import dataclass
from typing import ClassVar

from huixiang.domain.proof.verdict import Metric
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class GoalScope:
    """What a goal is about; what is left out is not limited."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    theme: str | None = None
    touchpoint: str | None = None
    unit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Goal:
    """A metric, where it counts, where it stood, where it should be, and when."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: Bilingual
    metric: Metric
    target: float
    due_on: dt.date
    scope: GoalScope = GoalScope()
    baseline: float | None = None


class GoalState(enum.StrEnum):
    """Where a goal stands."""

    REACHED = "reached"
    ON_TRACK = "on_track"
    BEHIND = "behind"
    MISSED = "missed"
    UNMEASURED = "unmeasured"
