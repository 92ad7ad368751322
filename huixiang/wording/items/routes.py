"""Why a case went where it went, what would have changed it, and rules on trial."""

from collections.abc import Iterable, Mapping

from huixiang.domain.items.route import MatchedPart, Route
from huixiang.domain.text import Bilingual
from huixiang.routing.alternatives import RouteAlternative
from huixiang.routing.check import RouteDifference, RuleTestResult
from huixiang.routing.compile import DEFAULT
from huixiang.wording.language import b

CONDITION_FIELDS: Mapping[str, Bilingual] = {
    "theme": b("主题", "theme"),
    "polarity": b("情感", "polarity"),
    "need_tier": b("需求层次", "need tier"),
    "channel": b("渠道", "channel"),
    "touchpoint": b("触点", "touchpoint"),
    "unit": b("单元", "unit"),
    "segment": b("客群", "segment"),
    "rating": b("评分（1–5）", "rating (1–5)"),
    "pattern": b("文字", "words"),
}


def why_route(route: Route, department: Bilingual) -> Bilingual:
    """Say why, from the stored route alone."""
    if route.rule == DEFAULT:
        return b(
            f"没有规则命中，按默认交给“{department.zh}”"
            f"（routing.yaml 版本 {route.rules_version}）。",
            f"No rule matched, so it goes to the default, {department.en} "
            f"(routing.yaml version {route.rules_version}).",
        )
    matched = _matched(route.matched)
    losing = _losing(route.losing)
    return b(
        f"规则 {route.rule!r}（版本 {route.rules_version}）交给“{department.zh}”："
        f"{matched.zh}。{losing.zh}",
        f"Rule {route.rule!r} (version {route.rules_version}) gives it to "
        f"{department.en}: {matched.en}.{losing.en}",
    )


def why_elsewhere(alternative: RouteAlternative, department: Bilingual) -> Bilingual:
    """Say one thing that would have changed the route."""
    rule = alternative.rule
    if alternative.field is None:
        return b(
            f"若没有这条规则，{rule!r} 会把它交给“{department.zh}”。",
            f"Without that rule, {rule!r} would have given it to {department.en}.",
        )
    wanted = " / ".join(alternative.wanted)
    had = _had_been(alternative.field, wanted, alternative.seen)
    return b(
        f"若{had.zh}，{rule!r} 会先把它交给“{department.zh}”。",
        f"Had {had.en}, {rule!r} would have given it to {department.en} first.",
    )


def rule_test_words(result: RuleTestResult) -> Bilingual:
    """Say in one line what a test of the rules file came to."""
    if result.passed:
        return b(f"通过：{result.name}", f"passed: {result.name}")
    parts = [_difference(each) for each in result.differences]
    zh, en = "，".join(each.zh for each in parts), ", ".join(each.en for each in parts)
    return b(
        f"未通过：{result.name}：{zh}（由规则 {result.route.rule} 决定）",
        f"failed: {result.name}: {en} (rule {result.route.rule} decided)",
    )


def _difference(difference: RouteDifference) -> Bilingual:
    name, expected, actual = difference.field, difference.expected, difference.actual
    return b(
        f"{name} 应为 {expected}，实为 {actual}",
        f"{name} should be {expected}, is {actual}",
    )


def _had_been(field: str, wanted: str, seen: str | None) -> Bilingual:
    if field == "pattern":
        return b(f"文字里有 {wanted}", f"the words held {wanted}")
    name = _field(field)
    return b(
        f"{name.zh}是 {wanted}（现在：{'没有' if seen is None else seen}）",
        f"the {name.en} been {wanted} (it is {'missing' if seen is None else seen})",
    )


def _matched(parts: Iterable[MatchedPart]) -> Bilingual:
    shown = [(_field(part.field), _seen(part)) for part in parts]
    if not shown:
        return b("它对一切都成立", "it holds for everything")
    return b(
        "，".join(f"{name.zh} {seen}" for name, seen in shown),
        ", ".join(f"{name.en} {seen}" for name, seen in shown),
    )


def _seen(part: MatchedPart) -> str:
    """Write what was seen, with what the rule allows where that is more."""
    wanted = " | ".join(part.wanted)
    return part.seen if wanted == part.seen else f"{part.seen} ({wanted})"


def _losing(rules: Iterable[str]) -> Bilingual:
    names = ", ".join(rules)
    if not names:
        return b("", "")
    return b(
        f"排在后面、也会命中的规则：{names}。",
        f" Later rules that would match too: {names}.",
    )


def _field(name: str) -> Bilingual:
    attribute = name.removeprefix("attributes.")
    return CONDITION_FIELDS.get(name, b(attribute, attribute))
