"""Sentences about stored decisions, in both languages."""

from collections.abc import Mapping
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.action import ActionItem, ItemKind
from huixiang.domain.issue import Issue
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Metric
from huixiang.wording.alerts import why_critical, why_rate
from huixiang.wording.checks import change
from huixiang.wording.terms import SEVERITIES


def why_opened(item: ActionItem, issue: Issue, rulebook: Rulebook) -> Bilingual:
    """Say in one sentence why an item opened."""
    theme = rulebook.codeframe.by_id.get(issue.theme)
    name = theme.name if theme else Bilingual(zh=issue.theme, en=issue.theme)
    facts: Mapping[str, Any] = item.alert
    if item.kind is ItemKind.RECOVERY:
        severity = SEVERITIES[item.severity]
        return Bilingual(
            zh=why_critical({**facts, "severity": severity.zh}, name).zh,
            en=why_critical({**facts, "severity": severity.en}, name).en,
        )
    return why_rate(facts, name)


def effect_words(detail: Mapping[str, Any]) -> Bilingual:
    """Say how large a stored verdict's effect was, in the metric's own units."""
    verdict = detail["verdict"]
    if verdict["effect"] is None:
        return Bilingual(zh="无法衡量", en="not measurable")
    found = change(verdict["effect"], Metric(verdict["criterion"]["metric"]))
    return Bilingual(zh=f"效果 {found.zh}", en=f"effect {found.en}")
