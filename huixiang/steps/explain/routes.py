"""Why a stored coding went where it went, and what would have changed it."""

from collections.abc import Callable, Iterator

from huixiang.domain.items.route import Route, RoutingCase
from huixiang.domain.text import Bilingual
from huixiang.routing.alternatives import alternatives
from huixiang.routing.compile import Router
from huixiang.wording.items.routes import why_elsewhere, why_route


def route_words(
    router: Router,
    case: RoutingCase,
    route: Route,
    department: Callable[[str], Bilingual],
) -> Iterator[Bilingual]:
    """Say why, from the stored route; then what would have changed it, by today's rules."""
    yield why_route(route, department(route.department))
    for alternative in alternatives(router, case):
        yield why_elsewhere(alternative, department(alternative.department))
