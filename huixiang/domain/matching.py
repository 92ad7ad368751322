"""Does a condition of a rules file hold? Shared by every stage that has rules."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from operator import attrgetter

from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.items.issue import NOWHERE
from huixiang.domain.items.route import Condition, MatchedPart, Range, RoutingCase

Find = Callable[[str], str | None]
"""Returns the piece of a text that a pattern found, or None."""

CompilePattern = Callable[[str], Find]
"""Makes a Find from a pattern as written; the composition root chooses the engine."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One part of a condition, made ready.

    `wanted` is what the rule says, `seen` what the case has (None: nothing there).
    """

    field: str
    wanted: tuple[str, ...]
    holds: Callable[[RoutingCase], bool]
    seen: Callable[[RoutingCase], str | None]

    def matched(self, case: RoutingCase) -> MatchedPart:
        """Return why this part holds; only for a case that it holds for."""
        return MatchedPart(
            field=self.field, seen=str(self.seen(case)), wanted=self.wanted
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Matcher:
    """A whole condition, made ready: all its parts must hold."""

    checks: tuple[Check, ...]

    def holds(self, case: RoutingCase) -> bool:
        """Say whether every part holds."""
        return all(check.holds(case) for check in self.checks)

    def matched(self, case: RoutingCase) -> tuple[MatchedPart, ...]:
        """Return why each part holds; only for a case that matches."""
        return tuple(check.matched(case) for check in self.checks)

    def failing(self, case: RoutingCase) -> tuple[Check, ...]:
        """Return the parts that do not hold."""
        return tuple(check for check in self.checks if not check.holds(case))


def compile_condition(
    condition: Condition, codeframe: Codeframe, compile_pattern: CompilePattern
) -> Matcher:
    """Make *condition* ready to be asked many times; cheap parts come first."""
    checks = [*_list_checks(condition, codeframe)]
    checks += [
        _one_of(f"attributes.{name}", values, _attribute(name))
        for name, values in condition.attributes.items()
    ]
    if condition.rating is not None:
        checks.append(_in_range(condition.rating))
    if condition.pattern is not None:
        checks.append(_found(condition.pattern, compile_pattern(condition.pattern)))
    return Matcher(checks=tuple(checks))


def with_descendants(themes: tuple[str, ...], codeframe: Codeframe) -> frozenset[str]:
    """Return *themes* and everything below them."""
    wanted = frozenset(themes)
    below = (
        theme.id
        for theme in codeframe.themes
        if not wanted.isdisjoint(codeframe.ancestors(theme.id))
    )
    return wanted.union(below)


def _list_checks(condition: Condition, codeframe: Codeframe) -> Iterator[Check]:
    if condition.theme:
        themes = with_descendants(condition.theme, codeframe)
        yield Check(
            field="theme",
            wanted=condition.theme,
            holds=lambda case: case.theme in themes,
            seen=attrgetter("theme"),
        )
    for field in ("polarity", "need_tier", "channel", "touchpoint", "unit", "segment"):
        values = getattr(condition, field)
        if values:
            yield _one_of(field, values, _value(field))


def _one_of(
    field: str, values: tuple[str, ...], get: Callable[[RoutingCase], str]
) -> Check:
    allowed = frozenset(map(str, values))
    return Check(
        field=field,
        wanted=tuple(map(str, values)),
        holds=lambda case: get(case) in allowed,
        seen=get,
    )


def _value(field: str) -> Callable[[RoutingCase], str]:
    get = attrgetter(field)
    return lambda case: get(case) or NOWHERE


def _attribute(name: str) -> Callable[[RoutingCase], str]:
    return lambda case: case.attributes.get(name) or NOWHERE


def _in_range(wanted: Range) -> Check:
    low = float("-inf") if wanted.min is None else wanted.min
    high = float("inf") if wanted.max is None else wanted.max
    return Check(
        field="rating",
        wanted=(range_words(wanted),),
        holds=lambda case: case.stars is not None and low <= case.stars <= high,
        seen=lambda case: None if case.stars is None else f"{case.stars:.3g}",
    )


def range_words(wanted: Range) -> str:
    """Write a range as people do: "≤ 2", "≥ 4", "2–3"."""
    if wanted.min is None and wanted.max is None:
        return "any"
    if wanted.min is None:
        return f"≤ {wanted.max:g}"
    if wanted.max is None:
        return f"≥ {wanted.min:g}"
    return f"{wanted.min:g}–{wanted.max:g}"


def _found(pattern: str, find: Find) -> Check:
    return Check(
        field="pattern",
        wanted=(f"/{pattern}/",),
        holds=lambda case: find(case.words) is not None,
        seen=lambda case: find(case.words),
    )
