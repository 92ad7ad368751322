"""How mature the loop is: four stages, each with milestones counted from stored facts.

After Thompson's stages of a customer-centric company: focused on customers, driven by
them, together with them, inspired by them. A stage counts only when those before do.
"""

from collections.abc import Iterable, Sequence

from huixiang.domain.goal import GoalState
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
        MaturityStage(name=_b("专注于客户", "Focused"), milestones=listening),
        MaturityStage(
            name=_b("受客户驱动", "Driven"), milestones=tuple(_answering(service))
        ),
        MaturityStage(
            name=_b("客户参与", "Together"), milestones=tuple(_proving(cards))
        ),
        MaturityStage(
            name=_b("受客户鼓舞", "Inspired"), milestones=tuple(_lasting(cards, goals))
        ),
    )


def _listening(
    cells: Sequence[CoverageCell], report: Report
) -> tuple[Milestone, Milestone]:
    return (
        _milestone(
            _b("触点有两个以上来源", "touchpoints heard from two sources or more"),
            sum(not cell.is_blind for cell in cells),
            len(cells),
            HEARD,
        ),
        _milestone(
            _b("来源按时送达", "sources that deliver as expected"),
            sum(each.silent_since is None and each.n > 0 for each in report.sources),
            len(report.sources),
            DELIVERING,
        ),
    )


def _answering(service: Sequence[ServiceLevel]) -> Iterable[Milestone]:
    yield _milestone(
        _b("按时答复", "items answered in time"),
        sum(each.answer_met for each in service),
        sum(each.answer_due for each in service),
        ANSWERED,
    )
    yield _milestone(
        _b("答复之后完成整改", "answered items that were fixed"),
        sum(each.n_resolved for each in service),
        sum(each.n_answered for each in service),
        FIXED,
    )


def _proving(cards: Sequence[Scorecard]) -> Iterable[Milestone]:
    judged = sum(c.n_verified + c.n_refuted + c.n_relapsed for c in cards)
    over = judged + sum(card.n_unproven for card in cards)
    verified = sum(card.n_verified for card in cards)
    yield _milestone(
        _b("有定论的整改", "fixes with a last word of yes or no"), judged, over, SETTLED
    )
    yield _milestone(
        _b("经验收改善", "of these, verified improvements"), verified, judged, PROVED
    )


def _lasting(
    cards: Sequence[Scorecard], goals: Sequence[GoalProgress]
) -> Iterable[Milestone]:
    verified = sum(card.n_verified for card in cards)
    relapsed = sum(card.n_relapsed for card in cards)
    good = (GoalState.REACHED, GoalState.ON_TRACK)
    yield _milestone(
        _b("改善没有反弹", "improvements that lasted"),
        verified,
        verified + relapsed,
        LASTING,
    )
    yield _milestone(
        _b("目标达成或在正轨", "goals reached or on track"),
        sum(goal.state in good for goal in goals),
        len(goals),
        REACHED,
    )


def _milestone(name: Bilingual, part: int, n: int, needed: float) -> Milestone:
    return Milestone(name=name, value=part / n if n else None, needed=needed, n=n)


def _b(zh: str, en: str) -> Bilingual:
    return Bilingual(zh=zh, en=en)
