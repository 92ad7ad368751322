"""How mature the loop is: four stages, each with milestones counted from stored facts.

After Thompson's stages of a customer-centric company: focused on customers, driven by
them, together with them, inspired by them. A stage counts only when those before do.
"""

from collections.abc import Iterable, Sequence

from huixiang.domain.proof.goal import GoalState
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.loop import (
    CoverageCell,
    GoalProgress,
    Maturity,
    MaturityStage,
    Milestone,
    Scorecard,
    ServiceLevel,
)
from huixiang.reporting.facts.report import Report
from huixiang.wording.report import gathered

HEARD, DELIVERING = 0.8, 0.9
ANSWERED, FIXED = 0.8, 0.5
PROVED, SETTLED = 0.5, 0.5
LASTING, REACHED = 0.9, 0.5


def maturity_of(report: Report) -> tuple[Maturity, ...]:
    """Return the maturity of everything, then of each department that has items."""
    cells = report.coverage.cells if report.coverage else ()
    whole = Maturity(
        stages=_stages(
            listening=_listening(cells, report),
            service=report.service,
            cards=report.scorecards,
            goals=report.goals,
        )
    )
    names = {level.department_id: level.department for level in report.service}
    return (
        whole,
        *(
            Maturity(
                department_id=key,
                department=name,
                stages=_stages(
                    listening=_listening(cells, report),
                    service=[s for s in report.service if s.department_id == key],
                    cards=[c for c in report.scorecards if c.department_id == key],
                    goals=report.goals,
                ),
            )
            for key, name in names.items()
        ),
    )


def _stages(
    *,
    listening: tuple[Milestone, ...],
    service: Sequence[ServiceLevel],
    cards: Sequence[Scorecard],
    goals: Sequence[GoalProgress],
) -> tuple[MaturityStage, ...]:
    return (
        MaturityStage(name=gathered.FOCUSED, milestones=listening),
        MaturityStage(name=gathered.DRIVEN, milestones=tuple(_answering(service))),
        MaturityStage(name=gathered.TOGETHER, milestones=tuple(_proving(cards))),
        MaturityStage(name=gathered.INSPIRED, milestones=tuple(_lasting(cards, goals))),
    )


def _listening(
    cells: Sequence[CoverageCell], report: Report
) -> tuple[Milestone, Milestone]:
    return (
        _milestone(
            gathered.WELL_HEARD,
            sum(not cell.is_blind for cell in cells),
            len(cells),
            HEARD,
        ),
        _milestone(
            gathered.DELIVERING,
            sum(each.silent_since is None and each.n > 0 for each in report.sources),
            len(report.sources),
            DELIVERING,
        ),
    )


def _answering(service: Sequence[ServiceLevel]) -> Iterable[Milestone]:
    yield _milestone(
        gathered.ANSWERED_IN_TIME,
        sum(each.answer_met for each in service),
        sum(each.answer_due for each in service),
        ANSWERED,
    )
    yield _milestone(
        gathered.FIXED_AFTER_ANSWER,
        sum(each.n_resolved for each in service),
        sum(each.n_answered for each in service),
        FIXED,
    )


def _proving(cards: Sequence[Scorecard]) -> Iterable[Milestone]:
    judged = sum(c.n_verified + c.n_refuted + c.n_relapsed for c in cards)
    over = judged + sum(card.n_unproven for card in cards)
    verified = sum(card.n_verified for card in cards)
    yield _milestone(gathered.SETTLED, judged, over, SETTLED)
    yield _milestone(gathered.PROVED, verified, judged, PROVED)


def _lasting(
    cards: Sequence[Scorecard], goals: Sequence[GoalProgress]
) -> Iterable[Milestone]:
    verified = sum(card.n_verified for card in cards)
    relapsed = sum(card.n_relapsed for card in cards)
    good = (GoalState.REACHED, GoalState.ON_TRACK)
    yield _milestone(
        gathered.LASTED,
        verified,
        verified + relapsed,
        LASTING,
    )
    yield _milestone(
        gathered.GOALS_ON_TRACK,
        sum(goal.state in good for goal in goals),
        len(goals),
        REACHED,
    )


def _milestone(name: Bilingual, part: int, n: int, needed: float) -> Milestone:
    return Milestone(name=name, value=part / n if n else None, needed=needed, n=n)
