"""What a fix did to its neighbours, and whether it did the same wherever it was made."""

import datetime as dt
from collections.abc import Mapping, Sequence

from huixiang.domain.items.issue import NOWHERE, Issue
from huixiang.domain.proof.verdict import HarmedNeighbour, SideEffects
from huixiang.verification.checks.guardrails import SideEffect, side_effects
from huixiang.verification.engine.design import ActionWindow, Design
from huixiang.verification.engine.panel import Panel

MAX_NEIGHBOURS = 12  # they share one alpha: more would see less
LEAST_RECENT = 20  # feedbacks in the 90 days before the fix
RECENT_DAYS = 90


def neighbours_harmed(
    panel: Panel,
    fix: ActionWindow,
    fixes: Sequence[ActionWindow],
    issues: Mapping[str, Issue],
    *,
    as_of: dt.date,
    design: Design,
) -> SideEffects:
    """Return which neighbours of a fix got worse since."""
    watched = neighbours(panel, fix, issues)
    harms = side_effects(panel, fix, watched, fixes, as_of=as_of, design=design)
    return SideEffects(
        n_watched=len(watched),
        harmed=tuple(_harmed(each, issues[each.unit]) for each in harms),
    )


def neighbours(
    panel: Panel, fix: ActionWindow, issues: Mapping[str, Issue]
) -> list[str]:
    """Return what a fix could harm: other themes there, other departments of the unit."""
    own = issues[fix.unit]
    near = [
        key
        for key, other in issues.items()
        if key != fix.unit and key in panel.units and _is_near(own, other)
    ]
    volume = {key: _recent(panel, key, fix.resolved_on) for key in near}
    enough = [key for key in near if volume[key] >= LEAST_RECENT]
    return sorted(enough, key=lambda key: (-volume[key], key))[:MAX_NEIGHBOURS]


def _is_near(own: Issue, other: Issue) -> bool:
    """Say whether two issues meet; what names no place meets nothing."""
    if own.unit != other.unit:
        return False
    same_place = own.touchpoint == other.touchpoint != NOWHERE
    named = own.unit != NOWHERE
    return same_place or (named and own.department != other.department)


def _recent(panel: Panel, unit: str, before: dt.date | None) -> float:
    stop = panel.n_days if before is None else max(panel.day(before), 0)
    days = slice(max(stop - RECENT_DAYS, 0), stop)
    return float(panel.n[panel.units.index(unit), days].sum())


def _harmed(harm: SideEffect, issue: Issue) -> HarmedNeighbour:
    return HarmedNeighbour(
        issue_id=harm.unit,
        theme=issue.theme,
        touchpoint=issue.touchpoint,
        unit=issue.unit,
        department=issue.department,
        effect=harm.effect,
        since=harm.since,
    )
