"""Insights as tables for a terminal."""

from collections.abc import Iterator
from typing import Any

from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.codeframe import NeedTier
from huixiang.domain.insight import (
    Estimate,
    Insights,
    JourneyEmotion,
    NeedEvidence,
    Quadrant,
)
from huixiang.domain.text import Language

Shown = tuple[str, list[dict[str, Any]], tuple[str, ...]]

_TIERS = {
    NeedTier.PAIN: ("痛点", "pain"),
    NeedTier.ITCH: ("痒点", "itch"),
    NeedTier.DELIGHT: ("悦点", "delight"),
}
_QUADRANTS = {
    Quadrant.FIX_FIRST: ("先整改", "fix first"),
    Quadrant.KEEP_UP: ("保持", "keep up"),
    Quadrant.WATCH: ("留意", "watch"),
    Quadrant.LEAVE: ("维持现状", "leave"),
}
_MOMENTS = {
    "peak": ("峰", "peak"),
    "low": ("谷", "low"),
    "end": ("终", "end"),
}


def insight_tables(
    found: Insights, book: Rulebook, language: Language
) -> Iterator[Shown]:
    """Yield title, rows and columns of each part."""
    at = 0 if language == "zh-CN" else 1
    head = f"{found.first_on} … {found.last_on}, n = {found.n_feedbacks}"
    yield f"{('需求层级', 'Need tiers')[at]} ({head})", *_needs(found, book, language)
    yield ("驱动因素（星）", "Drivers (stars)")[at], *_drivers(found, book, language)
    yield ("旅程情绪（−1…1）", "Emotion (−1…1)")[at], *_journey(found, book, language)
    yield ("期望与感知", "Expectation, perception")[at], *_gaps(found, book, language)
    yield ("费力度", "Effort")[at], *_efforts(found, book, language)


def _words(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:+.2f} [{estimate.low:+.2f}, {estimate.high:+.2f}]"


def _share(estimate: Estimate | None) -> str:
    if estimate is None:
        return ""
    return f"{estimate.value:.0%} [{estimate.low:.0%}, {estimate.high:.0%}]"


def _needs(
    found: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    at = 0 if language == "zh-CN" else 1
    rows = [
        {
            "theme": book.codeframe.name(each.theme, language),
            "n−": each.n_negative,
            "n+": each.n_positive,
            "penalty": _words(each.penalty),
            "reward": _words(each.reward),
            "evidence": _evidence(each, at),
            "codeframe": _TIERS[each.declared][at] + (" ≠" if each.disagrees else ""),
        }
        for each in found.needs
    ]
    return rows, ("theme", "n−", "n+", "penalty", "reward", "evidence", "codeframe")


def _evidence(each: NeedEvidence, at: int) -> str:
    if each.tier is not None:
        return _TIERS[each.tier][at]
    return f"? {each.undecided.value}" if each.undecided else "?"


def _drivers(
    found: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    at = 0 if language == "zh-CN" else 1
    rows = [
        {
            "theme": book.codeframe.name(each.theme, language),
            "n": each.n_mentions,
            "cost": _words(each.cost),
            "gain": _words(each.gain),
            "importance": _words(each.importance),
            "net": f"{each.net:+.2f}",
            "quadrant": _QUADRANTS[each.quadrant][at],
        }
        for each in found.drivers
    ]
    return rows, ("theme", "n", "cost", "gain", "importance", "net", "quadrant")


def _journey(
    found: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    at = 0 if language == "zh-CN" else 1
    rows = [
        {
            "place": _place(each, book, language),
            "n": each.n,
            "polarity": _words(each.polarity),
            "stars": "" if each.stars is None else f"{each.stars.value:.2f}",
            "moment": " ".join(_MOMENTS[moment.value][at] for moment in each.moments),
        }
        for each in found.journey
        if each.n
    ]
    return rows, ("place", "n", "polarity", "stars", "moment")


def _place(each: JourneyEmotion, book: Rulebook, language: Language) -> str:
    if each.touchpoint is not None:
        return "  " + book.journey.name(each.touchpoint, language)
    names = {stage.id: stage.name for stage in book.journey.stages}
    return names[each.stage].get(language)


def _gaps(
    found: Insights, book: Rulebook, language: Language
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    rows = [
        {
            "place": _where(each.touchpoint, book, language),
            "n": each.n,
            "below": each.n_below,
            "above": each.n_above,
            "share below": _share(each.below),
        }
        for each in found.gaps
    ]
    return rows, ("place", "n", "below", "above", "share below")


def _efforts(
    found: Insights, book: Rulebook, language: Language
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
        for each in found.efforts
    ]
    return rows, ("place", "n", "high", "low", "share high", "ces")


def _where(touchpoint: str | None, book: Rulebook, language: Language) -> str:
    if touchpoint is None:
        return "全部" if language == "zh-CN" else "all"
    return book.journey.name(touchpoint, language)
