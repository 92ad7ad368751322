"""Insights as tables for a terminal."""

from collections.abc import Iterator
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.coding.insight import (
    Estimate,
    Insights,
    JourneyEmotion,
    NeedEvidence,
)
from huixiang.domain.text import Language
from huixiang.wording import commands, terms

Shown = tuple[str, list[dict[str, Any]], tuple[str, ...]]


def insight_tables(
    insights: Insights, book: Rulebook, language: Language
) -> Iterator[Shown]:
    """Yield title, rows and columns of each part."""
    head = f"{insights.first_on} … {insights.last_on}, n = {insights.n_feedbacks}"
    yield (
        f"{commands.NEED_TIERS.get(language)} ({head})",
        *_needs(insights, book, language),
    )
    yield commands.DRIVERS.get(language), *_drivers(insights, book, language)
    yield commands.EMOTION.get(language), *_journey(insights, book, language)
    yield commands.EXPECTATION.get(language), *_gaps(insights, book, language)
    yield commands.EFFORT.get(language), *_efforts(insights, book, language)


def _words(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:+.2f} [{estimate.low:+.2f}, {estimate.high:+.2f}]"


def _share(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:.0%} [{estimate.low:.0%}, {estimate.high:.0%}]"


def _needs(
    insights: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [
        {
            "theme": book.codeframe.name(each.theme, language),
            "n−": each.n_negative,
            "n+": each.n_positive,
            "penalty": _words(each.penalty),
            "reward": _words(each.reward),
            "evidence": _evidence(each, language),
            "codeframe": terms.NEED_TIERS[each.declared].get(language)
            + (" ≠" if each.disagrees else ""),
        }
        for each in insights.needs
    ]
    return rows, ("theme", "n−", "n+", "penalty", "reward", "evidence", "codeframe")


def _evidence(each: NeedEvidence, language: Language) -> str:
    if each.tier is not None:
        return terms.NEED_TIERS[each.tier].get(language)
    return f"? {each.undecided.value}" if each.undecided else "?"


def _drivers(
    insights: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [
        {
            "theme": book.codeframe.name(each.theme, language),
            "n": each.n_mentions,
            "cost": _words(each.cost),
            "gain": _words(each.gain),
            "importance": _words(each.importance),
            "net": f"{each.net:+.2f}",
            "quadrant": terms.QUADRANTS[each.quadrant].get(language),
        }
        for each in insights.drivers
    ]
    return rows, ("theme", "n", "cost", "gain", "importance", "net", "quadrant")


def _journey(
    insights: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [
        {
            "place": _place(each, book, language),
            "n": each.n,
            "polarity": _words(each.polarity),
            "stars": "" if each.stars is None else f"{each.stars.value:.2f}",
            "moment": " ".join(
                terms.MOMENTS[moment].get(language) for moment in each.moments
            ),
        }
        for each in insights.journey
        if each.n
    ]
    return rows, ("place", "n", "polarity", "stars", "moment")


def _place(each: JourneyEmotion, book: Rulebook, language: Language) -> str:
    if each.touchpoint is not None:
        return "  " + book.journey.name(each.touchpoint, language)
    names = {stage.id: stage.name for stage in book.journey.stages}
    return names[each.stage].get(language)


def _gaps(
    insights: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [
        {
            "place": _where(each.touchpoint, book, language),
            "n": each.n,
            "below": each.n_below,
            "above": each.n_above,
            "share below": _share(each.below),
        }
        for each in insights.gaps
    ]
    return rows, ("place", "n", "below", "above", "share below")


def _efforts(
    insights: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [
        {
            "place": _where(each.touchpoint, book, language),
            "n": each.n,
            "high": each.n_high,
            "low": each.n_low,
            "share high": _share(each.high),
            "ces": "" if each.ces is None else f"{each.ces.value:.2f}",
        }
        for each in insights.efforts
    ]
    return rows, ("place", "n", "high", "low", "share high", "ces")


def _where(touchpoint: str | None, book: Rulebook, language: Language) -> str:
    if touchpoint is None:
        return terms.EVERYWHERE.get(language)
    return book.journey.name(touchpoint, language)
