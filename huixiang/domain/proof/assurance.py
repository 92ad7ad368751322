"""What stands beside the verdicts: before them, after them, and about the method."""

import datetime as dt
import enum
from dataclasses import dataclass

from huixiang.domain.proof.verdict import Criterion, Effect, SideEffects, Sustained


class Advice(enum.StrEnum):
    """What to do about an effect that can, or cannot, be seen."""

    FOLLOW = "follow"  # a medium effect shows in time
    POOL = "pool"  # not here, but over all units of the theme
    ASK = "ask"  # not there either: ask the affected customers again
    NO_HISTORY = "no_history"  # too little feedback to plan on, anywhere


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemOutlook:
    """Whether the effect of a fix could be seen at all, as found at the opening.

    `days_until_medium`: days of follow-up until a medium effect shows more likely than
    not, `…_likely`: four times in five; None: not in time. `n_pooled` issues of the
    theme were seen together where one alone does not suffice.
    """

    item_id: str
    as_of: dt.datetime
    advice: Advice
    feedbacks_per_day: float | None
    days_until_medium: int | None
    days_until_medium_likely: int | None
    detectable_effect: float | None
    n_pooled: int
    pooled_days: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceboCheck:
    """How often one design calls dips improved that nobody touched.

    `low` and `high` are the 95 % interval of that share; `panel` names what the scores
    meant when it was made.
    """

    check_id: str
    design_id: str
    design: Criterion
    looked_on: dt.date
    as_of: dt.datetime
    panel: str
    n_dips: int
    n_improved: int
    low: float
    high: float
    z_mean: float | None
    z_sd: float | None
    error_factor: float
    method_version: str


@dataclass(frozen=True, kw_only=True, slots=True)
class LookDetail:
    """What a look after a verified fix found; side effects only at a full look."""

    effect: Effect | None
    side_effects: SideEffects | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SustainedLook:
    """One look, *after_days* days after a verified fix: does it last?"""

    look_id: str
    item_id: str
    resolved_on: dt.date
    after_days: int
    looked_on: dt.date
    as_of: dt.datetime
    outcome: Sustained
    final: bool
    detail: LookDetail
    method_version: str
