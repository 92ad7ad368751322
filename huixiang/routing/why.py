"""Say in words why a case went where it went, and what would have changed it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from huixiang.domain.matching import Check
from huixiang.domain.route import Route, RoutingCase
from huixiang.domain.text import Bilingual
from huixiang.routing.compile import DEFAULT, ReadyRule, Router

MAX_CHANGES = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """The one thing that, were it otherwise, would have sent the case elsewhere.

    Without `wanted` it is the rule that decided: had it not been there.
    """

    rule: str
    department: str
    field: str | None = None
    wanted: tuple[str, ...] = ()
    seen: str | None = None


_FIELDS: Mapping[str, Bilingual] = {
    "theme": Bilingual(zh="主题", en="theme"),
    "polarity": Bilingual(zh="情感", en="polarity"),
    "need_tier": Bilingual(zh="需求层次", en="need tier"),
    "channel": Bilingual(zh="渠道", en="channel"),
    "touchpoint": Bilingual(zh="触点", en="touchpoint"),
    "unit": Bilingual(zh="单元", en="unit"),
    "segment": Bilingual(zh="客群", en="segment"),
    "rating": Bilingual(zh="评分（1–5）", en="rating (1–5)"),
    "pattern": Bilingual(zh="文字", en="words"),
}


def changes(router: Router, case: RoutingCase) -> tuple[Change, ...]:
    """Return what would have sent *case* to another department, nearest first.

    Earlier rules that miss by one part only come first, then the next rule in line.
    """
    route = router.route(case)
    near = _near_misses(router, case, route)
    return (*near, *_next_in_line(router, case, route))[:MAX_CHANGES]


def why_route(route: Route, department: Bilingual) -> Bilingual:
    """Say why, from the stored route alone."""
    if route.rule == DEFAULT:
        return Bilingual(
            zh=f"没有规则命中，按默认交给“{department.zh}”"
            f"（routing.yaml 版本 {route.rules_version}）。",
            en=f"No rule matched, so it goes to the default, {department.en} "
            f"(routing.yaml version {route.rules_version}).",
        )
    matched = _matched(route)
    losing = _losing(route)
    return Bilingual(
        zh=f"规则 {route.rule!r}（版本 {route.rules_version}）交给“{department.zh}”："
        f"{matched.zh}。{losing.zh}",
        en=f"Rule {route.rule!r} (version {route.rules_version}) gives it to "
        f"{department.en}: {matched.en}.{losing.en}",
    )


def why_change(change: Change, department: Bilingual) -> Bilingual:
    """Say one thing that would have changed the route."""
    if change.field is None:
        return Bilingual(
            zh=f"若没有这条规则，{change.rule!r} 会把它交给“{department.zh}”。",
            en=f"Without that rule, {change.rule!r} would have given it to "
            f"{department.en}.",
        )
    had = _had_been(change.field, " / ".join(change.wanted), change.seen)
    return Bilingual(
        zh=f"若{had.zh}，{change.rule!r} 会先把它交给“{department.zh}”。",
        en=f"Had {had.en}, {change.rule!r} would have given it to "
        f"{department.en} first.",
    )


def _had_been(field: str, wanted: str, seen: str | None) -> Bilingual:
    if field == "pattern":
        return Bilingual(zh=f"文字里有 {wanted}", en=f"the words held {wanted}")
    name = _field(field)
    return Bilingual(
        zh=f"{name.zh}是 {wanted}（现在：{'没有' if seen is None else seen}）",
        en=f"the {name.en} been {wanted} (it is {'missing' if seen is None else seen})",
    )


def _near_misses(router: Router, case: RoutingCase, route: Route) -> Iterator[Change]:
    for ready in router.ready:
        if ready.rule.id == route.rule:
            return
        failing = ready.matcher.failing(case)
        is_other = ready.rule.department != route.department
        # Another theme would be another coding, not the same case told differently.
        if is_other and len(failing) == 1 and failing[0].field != "theme":
            yield _change(ready, failing[0], case)


def _change(ready: ReadyRule, check: Check, case: RoutingCase) -> Change:
    return Change(
        rule=ready.rule.id,
        department=ready.rule.department,
        field=check.field,
        wanted=check.wanted,
        seen=check.seen(case),
    )


def _next_in_line(router: Router, case: RoutingCase, route: Route) -> Iterator[Change]:
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
        yield Change(rule=rule, department=department)


def _matched(route: Route) -> Bilingual:
    if not route.matched:
        return Bilingual(zh="它对一切都成立", en="it holds for everything")
    notes = [note.partition(": ") for note in route.matched]
    return Bilingual(
        zh="，".join(f"{_field(name).zh} {rest}" for name, _, rest in notes),
        en=", ".join(f"{_field(name).en} {rest}" for name, _, rest in notes),
    )


def _losing(route: Route) -> Bilingual:
    if not route.losing:
        return Bilingual(zh="", en="")
    names = ", ".join(route.losing)
    return Bilingual(
        zh=f"排在后面、也会命中的规则：{names}。",
        en=f" Later rules that would match too: {names}.",
    )


def _field(name: str) -> Bilingual:
    attribute = name.removeprefix("attributes.")
    return _FIELDS.get(name, Bilingual(zh=attribute, en=attribute))
