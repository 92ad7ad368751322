"""What would have sent a case to another department."""

from collections.abc import Iterator
from dataclasses import dataclass

from huixiang.domain.items.route import Route, RoutingCase
from huixiang.domain.matching import Check
from huixiang.routing.compile import DEFAULT, ReadyRule, Router

MAX_ALTERNATIVES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class RouteAlternative:
    """The one thing that, were it otherwise, would have sent the case elsewhere.

    Without `field` and `wanted` it is the rule that decided: had it not been there.
    """

    rule: str
    department: str
    field: str | None = None
    wanted: tuple[str, ...] = ()
    seen: str | None = None


def alternatives(router: Router, case: RoutingCase) -> tuple[RouteAlternative, ...]:
    """Return what would have sent *case* to another department, nearest first.

    Earlier rules that miss by one part only come first, then the next rule in line.
    """
    route = router.route(case)
    near = _near_misses(router, case, route)
    return (*near, *_next_in_line(router, case, route))[:MAX_ALTERNATIVES]


def _near_misses(
    router: Router, case: RoutingCase, route: Route
) -> Iterator[RouteAlternative]:
    for ready in router.ready:
        if ready.rule.id == route.rule:
            return
        failing = ready.matcher.failing(case)
        is_other = ready.rule.department != route.department
        # Another theme would be another coding, not the same case told differently.
        if is_other and len(failing) == 1 and failing[0].field != "theme":
            yield _missed_by(ready, failing[0], case)


def _missed_by(ready: ReadyRule, check: Check, case: RoutingCase) -> RouteAlternative:
    return RouteAlternative(
        rule=ready.rule.id,
        department=ready.rule.department,
        field=check.field,
        wanted=check.wanted,
        seen=check.seen(case),
    )


def _next_in_line(
    router: Router, case: RoutingCase, route: Route
) -> Iterator[RouteAlternative]:
    if route.rule == DEFAULT:
        return
    second = next(
        (r.rule for r in router.matching(case) if r.rule.id != route.rule), None
    )
    rule = DEFAULT if second is None else second.id
    department = (
        router.rules.default_department if second is None else second.department
    )
    if department != route.department:
        yield RouteAlternative(rule=rule, department=department)
