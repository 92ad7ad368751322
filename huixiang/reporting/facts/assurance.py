"""What a verdict's reader may rely on: before it, beside it, after it, and the method."""

import datetime as dt
from dataclasses import dataclass

from huixiang.domain.coding.training import VersionPoint
from huixiang.domain.proof.verdict import (
    Criterion,
    Effect,
    InconclusiveReason,
    Metric,
    Sustained,
    VerdictKind,
)
from huixiang.domain.text import Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Foresight:
    """What could be seen of a fix, said when its item opened.

    `days_until_medium`: days of follow-up until a medium effect shows more likely than
    not (absent: not within `horizon_days`). `advice` says what to do where it is.
    """

    feedbacks_per_day: float
    days_until_medium: int | None
    horizon_days: int
    medium_effect: float | None = None
    detectable_effect: float | None = None
    advice: Bilingual | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """Another place that changed after the fix; the metric's own sign."""

    name: Bilingual
    effect: Effect
    metric: Metric
    since: dt.date | None = None
    is_harmed: bool = True
    issue_id: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Aftercare:
    """What became of a verified fix: `on` is when it was, or will be, looked at."""

    state: Sustained
    on: dt.date | None = None
    words: Bilingual | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Placebo:
    """The method tried on dips that nobody fixed: how many it calls improved."""

    as_of: dt.date
    n_dips: int
    n_improved: int
    low: float
    high: float
    error_factor: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUpResult:
    """Customers who were answered, asked again; differences are in stars.

    `raw` compares what they say with what they said when they complained; `corrected`
    takes out what people who complain say later anyway, learnt from `n_compared` others
    (`by_reliability`: from everybody who rated twice, for want of unanswered ones).
    """

    department: Bilingual
    n_asked: int
    n_answered: int
    n_compared: int
    kind: VerdictKind
    reason: InconclusiveReason | None = None
    raw: float | None = None
    corrected: Effect | None = None
    by_reliability: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class BridgeMove:
    """What one change of the codeframe does to codings over the overlap."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    n: int
    n_disagree: int
    error: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class BridgeError:
    """How well one codeframe version leads over to the next, measured on both.

    `holds`: the error is small enough for trends and verdicts to go on across it.
    """

    from_version: str
    to_version: str
    crossed_on: dt.date
    n: int
    n_disagree: int
    error: float | None
    low: float | None
    high: float | None
    max_error: float
    holds: bool
    moves: tuple[BridgeMove, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportAssurance:
    """What the whole report's verdicts rest on beside their own figures.

    `headline` says how many of the improved also stand together, chance held down.
    """

    headline: Bilingual | None = None
    placebo: Placebo | None = None
    follow_ups: tuple[FollowUpResult, ...] = ()
    models: tuple[VersionPoint, ...] = ()
    bridges: tuple[BridgeError, ...] = ()
    n_reviewed: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemAssurance:
    """What one item's reader should know beside its verdict.

    `side_effects` among `n_neighbours` watched; `consistency` over units; `criterion`
    as agreed at opening, `criterion_change`: what the rules would say now, if they
    changed.
    """

    foresight: Foresight | None = None
    side_effects: tuple[Neighbour, ...] = ()
    n_neighbours: int | None = None
    neighbours: Bilingual | None = None
    consistency: Bilingual | None = None
    aftercare: Aftercare | None = None
    criterion: Criterion | None = None
    criterion_change: Bilingual | None = None


NOTHING_KNOWN = ItemAssurance()
"""Before anything was looked at."""

NO_ASSURANCE = ReportAssurance()
"""Before any of it was measured."""
