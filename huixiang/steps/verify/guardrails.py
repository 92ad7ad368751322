"""What a fix did to its neighbours, and whether it did the same wherever it was made."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.issue import NOWHERE, Issue
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Effect, Metric
from huixiang.steps.documents import both, plain
from huixiang.verification.checks.guardrails import (
    SideEffect,
    consistency,
    side_effects,
)
from huixiang.verification.engine.design import ActionWindow, Design
from huixiang.verification.engine.panel import Panel
from huixiang.wording.checks import consistency_words, side_effect_words
from huixiang.wording.names import named_place, theme_name

MAX_NEIGHBOURS = 12  # they share one alpha: more would see less
LEAST_RECENT = 20  # feedbacks in the 90 days before the fix
RECENT_DAYS = 90


def side_effect_facts(
    panel: Panel,
    fix: ActionWindow,
    fixes: Sequence[ActionWindow],
    issues: Mapping[str, Issue],
    rulebook: Rulebook,
    *,
    as_of: dt.date,
    design: Design,
) -> dict[str, Any]:
    """Return which neighbours of a fix got worse since, with one sentence."""
    watched = neighbours(panel, fix, issues)
    found = side_effects(panel, fix, watched, fixes, as_of=as_of, design=design)
    harmed = [_harmed(each, issues[each.unit], rulebook) for each in found]
    words = side_effect_words(harmed, len(watched), design.metric)
    return {"n_watched": len(watched), "harmed": harmed, "words": both(words)}


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


def _harmed(found: SideEffect, issue: Issue, rulebook: Rulebook) -> dict[str, Any]:
    return {
        "issue_id": found.unit,
        "theme": issue.theme,
        "touchpoint": issue.touchpoint,
        "unit": issue.unit,
        "department": issue.department,
        "name": both(issue_name(issue, rulebook)),
        "effect": plain(found.effect),
        "since": found.since.isoformat(),
    }


def issue_name(issue: Issue, rulebook: Rulebook) -> Bilingual:
    """Return what people call an issue: its theme and where."""
    places = (named_place(rulebook, key) for key in (issue.touchpoint, issue.unit))
    names = [
        theme_name(rulebook, issue.theme),
        *(place for place in places if place is not None),
    ]
    return Bilingual(
        zh=" · ".join(each.zh for each in names),
        en=" · ".join(each.en for each in names),
    )


def consistency_facts(
    effects: Mapping[str, Effect], metric: Metric, direction: int
) -> dict[str, Any] | None:
    """Return how well the *effects* (by issue) agree; None of fewer than two."""
    found = consistency(effects, direction)
    if found is None:
        return None
    facts = {**plain(found), "alike": found.alike}
    words = consistency_words(facts, metric)
    return {**facts, "words": both(words) if words else None}
