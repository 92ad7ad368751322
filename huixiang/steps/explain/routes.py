"""Why a stored coding went where it went, and what would have changed it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from huixiang.domain.text import Bilingual
from huixiang.routing.alternatives import alternatives
from huixiang.routing.compile import Router
from huixiang.store.queries.coding.codings import routing_case, stored_route
from huixiang.wording.routes import why_elsewhere, why_route


def route_words(
    router: Router,
    case: Mapping[str, Any],
    coding: Mapping[str, Any],
    department: Callable[[str], Bilingual],
) -> Iterator[Bilingual]:
    """Say why, from the stored route; then what would have changed it, by today's rules."""
    yield why_route(stored_route(coding), department(coding["department"]))
    for alternative in alternatives(router, routing_case(_Row(case))):
        yield why_elsewhere(alternative, department(alternative.department))


class _Row:
    """A mapping read like a row."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)
