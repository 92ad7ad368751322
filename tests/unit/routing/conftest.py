"""A codeframe, and routers made of a few rules."""

from collections.abc import Callable

import pytest

from huixiang.configuration.patterns import compile_pattern
from huixiang.domain.coding.codeframe import Codeframe, Theme
from huixiang.domain.items.route import RoutingRule, RoutingRules, RuleTest
from huixiang.domain.text import Bilingual
from huixiang.routing.compile import Router, compile_router

PARENTS = {
    "lounge": None,
    "lounge.drinks": "lounge",
    "lounge.drinks.cola": "lounge.drinks",
    "queue": None,
}


@pytest.fixture
def codeframe() -> Codeframe:
    """Return three levels of themes."""
    name = Bilingual(zh="名", en="name")
    themes = (Theme(id=i, name=name, parent=parent) for i, parent in PARENTS.items())
    return Codeframe(version="1", themes=tuple(themes))


@pytest.fixture
def router(codeframe: Codeframe) -> Callable[..., Router]:
    """Return a function that makes a router of the given rules."""

    def _router(
        *rules: RoutingRule, version: str = "1", tests: tuple[RuleTest, ...] = ()
    ) -> Router:
        routing = RoutingRules(
            version=version, default_department="desk", rules=rules, tests=tests
        )
        return compile_router(routing, codeframe, compile_pattern)

    return _router
