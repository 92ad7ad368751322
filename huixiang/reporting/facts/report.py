"""The report as facts: filled from the store, shown by html, xlsx and text alike.

Everything here is already masked and already worded in both languages where a stage
words it (alert, verdict, root cause as entered). Rendering adds nothing but labels, so
the same report gives the same bytes.
"""

import datetime as dt
from dataclasses import dataclass

from huixiang.clock import check_aware
from huixiang.domain.items.action import UNANSWERED, ActionStatus, ItemKind
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.ledger import Ledger
from huixiang.domain.proof.verdict import (
    Effect,
    InconclusiveReason,
    Metric,
    Verdict,
    VerdictKind,
)
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.assurance import (
    NO_ASSURANCE,
    NOTHING_KNOWN,
    ItemAssurance,
    ReportAssurance,
)
from huixiang.reporting.facts.loop import (
    WHOLE,
    Coverage,
    GoalProgress,
    Maturity,
    PeriodFigures,
    Scope,
    Scorecard,
    ServiceLevel,
    Transfer,
)
from huixiang.reporting.facts.voices import NO_VOICES, Voices


@dataclass(frozen=True, kw_only=True, slots=True)
class ReportPeriod:
    """The days a report covers, both ends included."""

    first: dt.date
    last: dt.date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a period ends on or after its first day")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A count with its name."""

    name: Bilingual
    n: int


@dataclass(frozen=True, kw_only=True, slots=True)
class FunnelStep:
    """How many got as far as here, and where those are that did not.

    Bars are drawn to the scale of the largest step with the same `counted`
    (feedbacks, issues, items).
    """

    name: Bilingual
    n: int
    counted: Bilingual
    rest: tuple[Part, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesPoint:
    """One day or week of an item's scope: its mean, the untreated units' mean, n."""

    on: dt.date
    n: int
    mean: float | None
    control: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuotedVoice:
    """What one customer said, masked."""

    feedback_id: str
    quote: str
    said_on: dt.date
    channel: Bilingual


@dataclass(frozen=True, kw_only=True, slots=True)
class Precedent:
    """What fixed it last time; only actions whose verdict was improved."""

    item_id: str
    playbook: Bilingual
    verified_on: dt.date
    effect: Effect
    metric: Metric = Metric.MEAN


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemResult:
    """One action item: why it opened, who did what, and whether it worked.

    `explanation` says why the verdict is what it is, `plain_explanation` why a plain
    before/after comparison says otherwise. `series` holds one point for every
    `series_days` days.
    """

    item_id: str
    issue_id: str
    kind: ItemKind
    theme: Bilingual
    department: Bilingual
    severity: Urgency
    status: ActionStatus
    opened_on: dt.date
    alert: Bilingual
    touchpoint: Bilingual | None = None
    unit: Bilingual | None = None
    due_on: dt.date | None = None
    accepted_on: dt.date | None = None
    resolved_on: dt.date | None = None
    root_cause: str | None = None
    playbook: Bilingual | None = None
    metric: Metric = Metric.MEAN
    verdict: Verdict | None = None
    explanation: Bilingual | None = None
    plain_explanation: Bilingual | None = None
    mean_before: float | None = None
    mean_after: float | None = None
    series: tuple[SeriesPoint, ...] = ()
    series_days: int = 7
    evidence: tuple[QuotedVoice, ...] = ()
    n_feedbacks: int = 0
    precedents: tuple[Precedent, ...] = ()
    department_id: str = ""
    assurance: ItemAssurance = NOTHING_KNOWN

    def __post_init__(self) -> None:
        if self.series_days < 1:
            raise ValueError("series_days must be at least 1")

    @property
    def judged(self) -> Verdict | None:
        """The verdict on a fix; none while there is no fix to judge."""
        if (
            self.verdict is None
            or self.verdict.reason is InconclusiveReason.NOT_RESOLVED
        ):
            return None
        return self.verdict

    @property
    def plain_kind(self) -> VerdictKind | None:
        """What a plain before/after comparison says of the fix."""
        judged = self.judged
        return (
            judged.plain_comparison.verdict
            if judged and judged.plain_comparison
            else None
        )

    def is_overdue(self, on: dt.date) -> bool:
        """Say whether its department still owes an answer after the agreed day."""
        late = self.due_on is not None and self.due_on < on
        return late and self.status in UNANSWERED


@dataclass(frozen=True, kw_only=True, slots=True)
class TopIssue:
    """One of the issues customers mention most; `n_previous` is the period before.

    `trend` counts negative mentions week by week, the newest last.
    """

    issue_id: str
    theme: Bilingual
    department: Bilingual
    n_negative: int
    share: float
    n_previous: int | None = None
    touchpoint: Bilingual | None = None
    unit: Bilingual | None = None
    item_ids: tuple[str, ...] = ()
    trend: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DepartmentResult:
    """What one department was asked for, did, and achieved.

    `sla_met` of `sla_due` items were answered in time; `n_ping_pong` items changed
    departments more than once.
    """

    department: Bilingual
    n_opened: int
    n_accepted: int
    n_resolved: int
    n_verified: int
    n_working: int = 0
    n_overdue: int = 0
    sla_met: int = 0
    sla_due: int = 0
    n_not_mine: int = 0
    n_ping_pong: int = 0
    department_id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceState:
    """One source: what it brought, and since when it says nothing.

    `silent_since` is set once the silence is longer than is normal for it.
    """

    name: str
    channel: Bilingual
    n: int
    n_previous: int | None = None
    last_delivery_on: dt.date | None = None
    silent_since: dt.date | None = None
    problem: Bilingual | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class QuarantineReason:
    """One expectation and how many records broke it."""

    rule: str
    message: Bilingual
    source: str
    n: int
    n_waiting: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CodingFigures:
    """Who coded, and how good the model was on sentences it had not seen.

    `figures` are name and share, such as ("macro_f1", 0.83).
    """

    n_by_rule: int = 0
    n_by_model: int = 0
    n_by_person: int = 0
    n_waiting: int = 0
    codeframe_version: str = ""
    model_version: str | None = None
    figures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """Everything one report shows, as it was known at `as_of`.

    Dates are days of `time_zone`, which only rendering uses. `period` are the days it
    is about; a limited report has its limits in `scope`. `periods` are its months, the
    last one up to `as_of`. `n_erased_quotes` were left out of a report written again,
    because their writers asked to be forgotten since.
    """

    title: Bilingual
    workspace: Bilingual
    generated_for: Bilingual
    as_of: dt.datetime
    period: ReportPeriod
    ledger: Ledger
    funnel: tuple[FunnelStep, ...] = ()
    items: tuple[ItemResult, ...] = ()
    issues: tuple[TopIssue, ...] = ()
    departments: tuple[DepartmentResult, ...] = ()
    sources: tuple[SourceState, ...] = ()
    quarantine: tuple[QuarantineReason, ...] = ()
    coding: CodingFigures = CodingFigures()
    n_feedbacks: int = 0
    time_zone: str = "Asia/Shanghai"
    scope: Scope = WHOLE
    periods: tuple[PeriodFigures, ...] = ()
    service: tuple[ServiceLevel, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    coverage: Coverage | None = None
    scorecards: tuple[Scorecard, ...] = ()
    goals: tuple[GoalProgress, ...] = ()
    maturity: tuple[Maturity, ...] = ()
    n_erased_quotes: int = 0
    voices: Voices = NO_VOICES
    assurance: ReportAssurance = NO_ASSURANCE

    def __post_init__(self) -> None:
        check_aware(self.as_of, "as_of")
        ids = [item.item_id for item in self.items]
        if len(set(ids)) != len(ids):
            raise ValueError("an action item may appear once in a report")
