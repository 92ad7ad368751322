"""Backtest: what changed routing rules would have done to what came in before."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from huixiang.configuration.patterns import compile_pattern
from huixiang.configuration.rulebook import Rulebook
from huixiang.domain.items.issue import GivenBy
from huixiang.errors import ConfigurationError
from huixiang.routing.backtest import Backtest, StoredCase, backtest
from huixiang.routing.compile import Router, compile_router
from huixiang.steps.rules import parse_rules
from huixiang.store.engine import Store
from huixiang.store.queries.coding.cases import OwnedCase
from huixiang.wording.rules.problems import problem_lines


def backtest_against(
    store: Store,
    rulebook: Rulebook,
    current: Router,
    changed: bytes,
    *,
    back: dt.timedelta,
) -> Backtest:
    """Compare today's routing with *changed* (a routing.yaml) on the last days."""
    router = compile_router(
        *_routing_of(rulebook, changed), compile_pattern=compile_pattern
    )
    with store.reading() as uow:
        last = uow.histories.last_day()
        owned = uow.cases.owned(last - back) if last else []
    return backtest(current, router, _cases(owned))


def _routing_of(rulebook: Rulebook, changed: bytes) -> tuple[Any, Any]:
    texts = {**rulebook.texts, "routing.yaml": changed}
    reading = parse_rules(texts, name=rulebook.name.en)
    if reading.rulebook is None:
        lines = "\n".join(problem_lines(reading.problems))
        raise ConfigurationError(f"the changed rules cannot be used:\n{lines}")
    return reading.rulebook.routing, reading.rulebook.codeframe


def _cases(owned: Iterable[OwnedCase]) -> Iterator[StoredCase]:
    for each in owned:
        by_person = each.owned_by is GivenBy.PERSON
        yield StoredCase(
            case_id=each.coding_id,
            case=each.case,
            corrected_department=each.owner if by_person else None,
        )
