"""Why a stored coding went where it went, and what would have changed it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from huixiang.domain.route import Route
from huixiang.domain.text import Bilingual
from huixiang.routing.compile import Router
from huixiang.routing.why import changes, why_change, why_route
from huixiang.store.queries.coding.codings import routing_case


def route_words(
    router: Router,
    case: Mapping[str, Any],
    coding: Mapping[str, Any],
    department: Callable[[str], Bilingual],
) -> Iterator[Bilingual]:
    """Say why, from the stored route; then what would have changed it, by today's rules."""
    yield why_route(_stored_route(coding), department(coding["department"]))
    for change in changes(router, routing_case(_Row(case))):
        yield why_change(change, department(change.department))


class _Row:
    """A mapping read like a row."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.__dict__.update(values)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


def _stored_route(coding: Mapping[str, Any]) -> Route:
    return Route(
        department=coding["department"],
        severity=coding["severity"],
        sla_hours=coding["sla_hours"],
        playbook=coding["playbook"],
        rule=coding["rule"],
        rules_version=coding["rules_version"],
        matched=tuple(coding["matched"]),
        losing=tuple(coding["losing"]),
    )
