"""What the first screen says: counts and sentences derived from the report alone."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from huixiang.domain.items.action import WORKING, ActionStatus, ItemKind
from huixiang.domain.proof.verdict import (
    InconclusiveReason,
    Metric,
    Sustained,
    Verdict,
    VerdictKind,
)
from huixiang.domain.text import Bilingual
from huixiang.reporting.facts.report import DepartmentResult, ItemResult, Report
from huixiang.wording.figures import local_day
from huixiang.wording.report import summary as words

ORDER = (
    VerdictKind.IMPROVED,
    VerdictKind.NOT_IMPROVED,
    VerdictKind.WORSE,
    VerdictKind.INCONCLUSIVE,
)
"""Verdicts as they are counted; good news first, nothing hidden behind it."""

ATTENTION = (
    VerdictKind.WORSE,
    VerdictKind.NOT_IMPROVED,
    VerdictKind.IMPROVED,
    VerdictKind.INCONCLUSIVE,
)
"""Verdicts as they are read: what needs somebody comes first."""

BEYOND = 1.15
"""How far past the largest estimate an axis goes; longer intervals are cut."""

LEAST_WIDTH = 0.02


@dataclass(frozen=True, kw_only=True, slots=True)
class Scoreboard:
    """How many fixes did what, and what a plain comparison makes of the same ones.

    `n_plain_only` are improved to the plain comparison alone; `n_relapsed` were verified and
    came back.
    """

    verdicts: Mapping[VerdictKind, int]
    plain: Mapping[VerdictKind, int]
    n_judged: int
    n_following: int
    n_plain_only: int
    n_relapsed: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Groups:
    """The items of a report, each in exactly one place."""

    judged: Mapping[VerdictKind, tuple[ItemResult, ...]]
    unjudged: tuple[ItemResult, ...]
    recovery: tuple[ItemResult, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Workload:
    """Who is on it, over all departments."""

    n_working: int
    n_overdue: int
    n_awaiting_verdict: int
    n_parked: int


def scoreboard(report: Report) -> Scoreboard:
    """Count the verdicts and the plain comparisons of the fixes that can be judged."""
    judged = [(item, item.judged) for item in report.items]
    verdicts = Counter(verdict.kind for _, verdict in judged if verdict)
    plain = Counter(item.plain_kind for item, _ in judged if item.plain_kind)
    return Scoreboard(
        verdicts={kind: verdicts[kind] for kind in ORDER},
        plain={kind: plain[kind] for kind in ORDER},
        n_judged=sum(verdicts.values()),
        n_following=sum(
            verdict.reason is InconclusiveReason.FOLLOWING
            for _, verdict in judged
            if verdict
        ),
        n_plain_only=sum(
            item.plain_kind is VerdictKind.IMPROVED
            and verdict.kind is not VerdictKind.IMPROVED
            for item, verdict in judged
            if verdict
        ),
        n_relapsed=sum(_came_back(item) for item, verdict in judged if verdict),
    )


def _came_back(item: ItemResult) -> bool:
    after = item.assurance.aftercare
    return after is not None and after.state is Sustained.RELAPSED


def groups(report: Report) -> Groups:
    """Put every item into the one section that shows it."""
    judged = {kind: tuple(_judged_as(report.items, kind)) for kind in ATTENTION}
    rest = [item for item in report.items if item.judged is None]
    return Groups(
        judged=judged,
        unjudged=tuple(each for each in rest if each.kind is ItemKind.IMPROVEMENT),
        recovery=tuple(each for each in rest if each.kind is ItemKind.RECOVERY),
    )


def _judged_as(items: Iterable[ItemResult], kind: VerdictKind) -> list[ItemResult]:
    judged = [item for item in items if item.judged and item.judged.kind is kind]
    return sorted(judged, key=lambda item: (-_size(item), item.item_id))


def _size(item: ItemResult) -> float:
    effect = item.judged.effect if item.judged else None
    return abs(effect.value) if effect else 0.0


def workload(report: Report) -> Workload:
    """Count what is being worked on, and what is late."""
    today = local_day(report.as_of, report.time_zone)
    statuses = Counter(item.status for item in report.items)
    return Workload(
        n_working=sum(statuses[status] for status in WORKING),
        n_overdue=sum(item.is_overdue(today) for item in report.items),
        n_awaiting_verdict=statuses[ActionStatus.RESOLVED],
        n_parked=statuses[ActionStatus.PARKED],
    )


def standing(each: DepartmentResult) -> tuple[tuple[str, int], ...]:
    """Return how a department's items stand, each in one place, best first."""
    return (
        ("verified", each.n_verified),
        ("fixed", max(each.n_opened - each.n_verified - each.n_working, 0)),
        ("working", max(each.n_working - each.n_overdue, 0)),
        ("overdue", each.n_overdue),
    )


def most_telling(report: Report, n: int = 4) -> tuple[ItemResult, ...]:
    """Return the fixes whose answers a manager should hear first: bad news, then good."""
    judged = groups(report).judged
    return tuple(
        item
        for kind in ATTENTION
        for item in judged[kind]
        if item.judged and item.judged.effect
    )[:n]


def busiest(departments: Iterable[DepartmentResult]) -> tuple[DepartmentResult, ...]:
    """Return the departments, those with most on their desk first."""
    return tuple(
        sorted(
            departments,
            key=lambda each: (-each.n_overdue, -each.n_working, -each.n_opened),
        )
    )


def headline(report: Report) -> Bilingual:
    """Say in two sentences whether it worked."""
    board = scoreboard(report)
    heard = words.heard(report.n_feedbacks, len(report.items))
    verdict = _verdict_sentence(board) if board.n_judged else words.NOTHING_JUDGED
    return Bilingual(zh=heard.zh + verdict.zh, en=heard.en + verdict.en)


def _verdict_sentence(board: Scoreboard) -> Bilingual:
    improved = board.verdicts[VerdictKind.IMPROVED]
    return words.judged(board.n_judged, improved, board.n_relapsed)


def contrast(report: Report) -> Bilingual | None:
    """Say what a plain before/after comparison would have claimed, if anything."""
    board = scoreboard(report)
    claimed = board.plain[VerdictKind.IMPROVED]
    if not sum(board.plain.values()):
        return None
    if not claimed:
        return words.nothing_claimed(board.verdicts[VerdictKind.IMPROVED])
    if not board.n_plain_only:
        return words.all_claims_stand(claimed)
    return words.claims_too_much(claimed, board.n_plain_only)


def axis_limit(items: Iterable[ItemResult], metric: Metric) -> float:
    """Return how far the effect axis of *metric* reaches to either side of zero.

    Every estimate and every interval that decided something is shown whole; one very
    wide interval that says nothing must not squeeze the others.
    """
    verdicts = [
        item.judged
        for item in items
        if item.judged and item.judged.criterion.metric is metric
    ]
    reach = [_reach(verdict) for verdict in verdicts]
    return max([LEAST_WIDTH, *reach]) * BEYOND


def _reach(verdict: Verdict) -> float:
    ends = [verdict.criterion.minimum_effect]
    if verdict.plain_comparison:
        ends.append(verdict.plain_comparison.effect.value)
    if verdict.effect:
        ends.append(verdict.effect.value)
    if verdict.effect and verdict.kind.is_terminal:
        ends += [verdict.effect.low, verdict.effect.high]
    return max(abs(end) for end in ends)
