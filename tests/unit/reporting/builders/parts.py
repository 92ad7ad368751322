"""The parts of a report beside its items, one small example of each."""

import datetime as dt

from huixiang.domain.coding.training import Share, VersionPoint
from huixiang.domain.proof.goal import GoalState
from huixiang.domain.proof.verdict import (
    Criterion,
    Effect,
    InconclusiveReason,
    Metric,
    Sustained,
    VerdictKind,
)
from huixiang.reporting.facts.assurance import (
    Aftercare,
    BridgeError,
    BridgeMove,
    FollowUpResult,
    Foresight,
    ItemAssurance,
    Neighbour,
    Placebo,
    ReportAssurance,
)
from huixiang.reporting.facts.loop import (
    Coverage,
    CoverageCell,
    GoalPoint,
    GoalProgress,
    Maturity,
    MaturityStage,
    Milestone,
    PeriodFigures,
    Scorecard,
    ServiceLevel,
    Transfer,
)
from huixiang.wording.language import b
from tests.unit.reporting.builders.voices import MAY, the_voices

RETAIL = b("商业部", "Retail")
SECURITY = b("安检站", "Security")


def a_criterion() -> Criterion:
    return Criterion(
        metric=Metric.MEAN, minimum_effect=0.2, horizon_days=56, alpha=0.025
    )


def an_item_assurance() -> ItemAssurance:
    return ItemAssurance(
        foresight=Foresight(
            feedbacks_per_day=3.4,
            days_until_medium=25,
            horizon_days=56,
            advice=b("可以跟踪", "Worth following"),
        ),
        side_effects=(
            Neighbour(
                name=b("登机口 · 排队", "Gate · queue"),
                effect=Effect(value=-0.4, low=-0.7, high=-0.1),
                metric=Metric.MEAN,
                since=MAY,
                issue_id="is_gate",
            ),
        ),
        n_neighbours=6,
        neighbours=b("看过 6 个相邻主题", "6 neighbours watched"),
        consistency=b("各处一致", "The same everywhere"),
        aftercare=Aftercare(state=Sustained.WATCHED, on=dt.date(2026, 6, 17)),
        criterion=a_criterion(),
        criterion_change=b("标准改过", "The rules changed since"),
    )


def the_assurance() -> ReportAssurance:
    return ReportAssurance(
        placebo=Placebo(as_of=MAY, n_dips=31, n_improved=1, low=0.006, high=0.16),
        follow_ups=(
            FollowUpResult(
                department=RETAIL,
                n_asked=40,
                n_answered=22,
                n_compared=310,
                kind=VerdictKind.IMPROVED,
                raw=1.4,
                corrected=Effect(value=0.5, low=0.1, high=0.9),
            ),
            FollowUpResult(
                department=SECURITY,
                n_asked=9,
                n_answered=3,
                n_compared=310,
                kind=VerdictKind.INCONCLUSIVE,
                reason=InconclusiveReason.TOO_FEW_FEEDBACKS,
                raw=1.7,
            ),
        ),
        models=tuple(
            VersionPoint(
                model_id=f"model_{number}",
                trained_at=dt.datetime(2026, 3 + number, 1, tzinfo=dt.UTC),
                is_active=number == 1,
                was_promoted=True,
                n_rows=900 + 50 * number,
                n_corrections=20 * number,
                split="sp_1",
                heads={"polarity": _share(160 + 8 * number, 200)},
            )
            for number in range(2)
        ),
        bridges=(
            BridgeError(
                from_version="2025-10",
                to_version="2026-01",
                crossed_on=dt.date(2026, 1, 10),
                n=400,
                n_disagree=8,
                error=0.02,
                low=0.01,
                high=0.04,
                max_error=0.1,
                holds=True,
                moves=(
                    BridgeMove(
                        old=("wait",),
                        new=("queue", "boarding"),
                        n=120,
                        n_disagree=5,
                        error=0.042,
                        low=0.02,
                        high=0.09,
                    ),
                ),
            ),
        ),
        n_reviewed=24,
    )


def _share(hits: int, n: int) -> Share:
    value = hits / n
    return Share(hits=hits, n=n, value=value, low=value - 0.05, high=value + 0.05)


def the_coverage() -> Coverage:
    def cell(stage: str, place: str, n: int, sources: tuple[str, ...]) -> CoverageCell:
        return CoverageCell(
            stage_id=stage,
            stage=b(f"阶段{stage}", f"Stage {stage}"),
            touchpoint_id=place,
            touchpoint=b(f"触点{place}", f"Touchpoint {place}"),
            n_feedbacks=n,
            n_negative=n // 3,
            sources=sources,
            last_on=MAY if n else None,
        )

    return Coverage(
        first=dt.date(2026, 4, 20),
        last=MAY,
        cells=(
            cell("a", "1", 200, ("survey", "app")),
            cell("a", "2", 30, ("survey",)),
            cell("b", "3", 0, ()),
        ),
        n_feedbacks=250,
        n_unplaced=20,
    )


def the_goals() -> tuple[GoalProgress, ...]:
    return (
        GoalProgress(
            goal_id="queue-t1",
            name=b("排队回到 4.0", "Queue back to 4.0"),
            metric=Metric.MEAN,
            target=4.0,
            due_on=dt.date(2026, 6, 30),
            state=GoalState.ON_TRACK,
            baseline=2.8,
            current=3.6,
            previous=3.3,
            n=210,
            progress=0.67,
            theme=b("安检排队", "Security queue"),
            series=tuple(
                GoalPoint(
                    on=dt.date(2026, 3, 2) + dt.timedelta(days=7 * week),
                    n=20,
                    value=None if week == 3 else 2.8 + week / 10,
                )
                for week in range(10)
            ),
        ),
        GoalProgress(
            goal_id="lounge-t2",
            name=b("休息室负面减半", "Lounge complaints halved"),
            metric=Metric.NEGATIVE,
            target=0.2,
            due_on=dt.date(2026, 6, 30),
            state=GoalState.UNMEASURED,
        ),
    )


def the_maturity() -> tuple[Maturity, ...]:
    def stage(zh: str, en: str, value: float | None) -> MaturityStage:
        milestone = Milestone(
            name=b(zh + "比例", en + " share"), value=value, needed=0.8, n=50
        )
        return MaturityStage(name=b(zh, en), milestones=(milestone,))

    stages = (stage("听见", "Hear", 0.9), stage("行动", "Act", 0.4))
    return (
        Maturity(stages=stages),
        Maturity(stages=stages, department_id="retail", department=RETAIL),
    )


def loop_parts() -> dict[str, object]:
    """Return the fields of a report that are about the loop itself."""
    return {
        "periods": tuple(
            PeriodFigures(
                label=f"2026-0{month}",
                first=dt.date(2026, month, 1),
                last=dt.date(2026, month, 28),
                n_feedbacks=900 + month,
                n_negative=200,
                n_opened=4,
                n_answered=4,
                n_resolved=3,
                n_verified=month % 3,
            )
            for month in range(3, 6)
        ),
        "service": (
            ServiceLevel(
                department_id="retail",
                department=RETAIL,
                answer_met=3,
                answer_due=4,
                resolve_met=0,
                resolve_due=0,
                n_overdue=1,
                median_answer_hours=20.5,
                median_resolve_hours=None,
                n_answered=4,
                n_resolved=0,
            ),
        ),
        "transfers": (
            Transfer(
                item_id="ai_open",
                on=dt.date(2026, 3, 5),
                refused_by=SECURITY,
                given_to=RETAIL,
                reason="不归安检管",
            ),
        ),
        "coverage": the_coverage(),
        "scorecards": (
            Scorecard(
                department_id="retail",
                department=RETAIL,
                n_claimed=5,
                n_verified=1,
                n_refuted=2,
                n_relapsed=0,
                n_unproven=1,
                n_followed=1,
                item_ids=("ai_good",),
            ),
        ),
        "goals": the_goals(),
        "maturity": the_maturity(),
        "voices": the_voices(),
        "assurance": the_assurance(),
    }
