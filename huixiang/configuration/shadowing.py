"""Warn of routing rules that can never win, because an earlier one always does."""

from collections.abc import Iterator

from huixiang.configuration.facts import ReadRules
from huixiang.configuration.problem_codes import ProblemCode
from huixiang.configuration.problems import ProblemSeverity
from huixiang.configuration.remark import Remark
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.items.route import Condition, Range
from huixiang.domain.matching import with_descendants

_PLAIN = ("polarity", "need_tier", "channel", "touchpoint", "unit", "segment")


def shadowed_rules(facts: ReadRules) -> Iterator[Remark]:
    """Yield a warning for each rule that an earlier rule takes everything from."""
    if facts.routing is None or facts.codeframe is None:
        return
    if {"routing.yaml", "codeframe.yaml"} & facts.damaged:
        return  # a rule that lost a condition would seem to take everything
    rules = facts.routing.rules
    for later, rule in enumerate(rules):
        for earlier in rules[:later]:
            if covers(earlier.when, rule.when, facts.codeframe):
                yield _remark(later, rule.id, earlier.id)
                break


def covers(wide: Condition, narrow: Condition, codeframe: Codeframe) -> bool:
    """Say whether everything that *narrow* takes is surely taken by *wide* too."""
    return (
        _themes_cover(wide, narrow, codeframe)
        and all(_list_covers(getattr(wide, f), getattr(narrow, f)) for f in _PLAIN)
        and all(
            _list_covers(values, narrow.attributes.get(name, ()))
            for name, values in wide.attributes.items()
        )
        and _range_covers(wide.rating, narrow.rating)
        and wide.pattern in (None, narrow.pattern)
    )


def _list_covers(wide: tuple[str, ...], narrow: tuple[str, ...]) -> bool:
    return not wide or (bool(narrow) and set(narrow) <= set(wide))


def _themes_cover(wide: Condition, narrow: Condition, codeframe: Codeframe) -> bool:
    if not wide.theme:
        return True
    inner = with_descendants(narrow.theme, codeframe)
    return bool(narrow.theme) and inner <= with_descendants(wide.theme, codeframe)


def _range_covers(wide: Range | None, narrow: Range | None) -> bool:
    if wide is None:
        return True
    if narrow is None:
        return False
    low = wide.min is None or (narrow.min is not None and narrow.min >= wide.min)
    high = wide.max is None or (narrow.max is not None and narrow.max <= wide.max)
    return low and high


def _remark(later: int, rule: str, earlier: str) -> Remark:
    return Remark(
        file="routing.yaml",
        path=("rules", later),
        code=ProblemCode.RULE_SHADOWED,
        facts={"rule": rule, "earlier": earlier},
        severity=ProblemSeverity.WARNING,
    )
