"""What a change of the rules would have done to stored cases."""

from hypothesis import given
from hypothesis import strategies as st

from huixiang.configuration.patterns import compile_pattern
from huixiang.domain.coding.codeframe import Codeframe
from huixiang.domain.items.route import (
    Condition,
    RoutingCase,
    RoutingRule,
    RoutingRules,
    Urgency,
)
from huixiang.routing.backtest import (
    Agreement,
    Load,
    Moved,
    StoredCase,
    backtest,
)
from huixiang.routing.compile import Router, compile_router


def rule(
    theme: str, department: str, severity: Urgency = Urgency.MEDIUM
) -> RoutingRule:
    return RoutingRule(
        id=f"{theme}-{department}",
        department=department,
        when=Condition(theme=(theme,)),
        severity=severity,
    )


def stored(case_id: str, theme: str, corrected: str | None = None) -> StoredCase:
    return StoredCase(
        case_id=case_id, case=RoutingCase(theme=theme), corrected_department=corrected
    )


CASES = [
    stored("1", "lounge.drinks", "catering"),
    stored("2", "lounge.drinks"),
    stored("3", "lounge", "care"),
    stored("4", "queue"),
    stored("5", "queue", "security"),
]


def test_moves_loads_defaults_and_agreement_are_counted(router):
    old = router(rule("lounge", "care"), rule("queue", "security"), version="1")
    new = router(rule("lounge.drinks", "catering"), rule("lounge", "care"), version="2")
    found = backtest(old, new, CASES)
    assert (found.version_before, found.version_after, found.n_cases) == ("1", "2", 5)
    assert found.moved == (
        Moved(before="care", after="catering", n_cases=2, examples=("1", "2")),
        Moved(before="security", after="desk", n_cases=2, examples=("4", "5")),
    )
    assert found.loads == (
        Load(department="care", n_before=3, n_after=1),
        Load(department="catering", n_before=0, n_after=2),
        Load(department="desk", n_before=0, n_after=2),
        Load(department="security", n_before=2, n_after=0),
    )
    assert [load.change for load in found.loads] == [-2, 2, 2, -2]
    assert (found.n_newly_default, found.newly_default) == (2, ("4", "5"))
    assert found.n_no_longer_default == 0
    assert found.agreement == Agreement(n_corrected=3, n_before=2, n_after=2)
    assert (found.n_moved, found.share_moved) == (4, 0.8)


def test_the_largest_move_comes_first_and_agreement_may_differ(router):
    old = router(rule("lounge", "care"), rule("queue", "care"))
    new = router(rule("lounge.drinks", "catering"), rule("queue", "airside"))
    found = backtest(old, new, [*CASES, stored("6", "lounge.drinks")])
    assert [(move.after, move.n_cases) for move in found.moved] == [
        ("catering", 3),
        ("airside", 2),
        ("desk", 1),
    ]
    corrected = [
        stored("1", "lounge.drinks", "catering"),
        stored("2", "queue", "airside"),
    ]
    agreement = backtest(old, new, corrected).agreement
    assert agreement == Agreement(n_corrected=2, n_before=0, n_after=2)


def test_cases_that_leave_the_default_are_counted_the_other_way(router):
    found = backtest(router(), router(rule("queue", "security")), CASES)
    assert (found.n_no_longer_default, found.n_newly_default) == (2, 0)


def test_a_change_of_severity_alone_moves_nobody_but_is_counted(router):
    old = router(rule("queue", "security"))
    new = router(rule("queue", "security", Urgency.HIGH))
    found = backtest(old, new, CASES)
    assert (found.n_moved, found.n_severity_changed) == (0, 2)


def test_rules_that_no_stored_case_reaches_are_named(router):
    new = router(rule("lounge", "care"), rule("lounge.drinks", "catering"))
    assert backtest(router(), new, CASES).never_won == ("lounge.drinks-catering",)


def test_only_a_few_examples_are_kept_however_many_cases_move(router):
    many = (stored(str(i), "queue") for i in range(1000))
    [moved] = backtest(router(), router(rule("queue", "security")), many).moved
    assert (moved.n_cases, len(moved.examples)) == (1000, 5)


def test_no_cases_give_a_backtest_that_says_so(router):
    found = backtest(router(), router(), [])
    assert (found.n_cases, found.share_moved) == (0, 0.0)


def _router(departments: tuple[str, ...]) -> Router:
    rules = tuple(
        rule(theme, each)
        for theme, each in zip("abc", departments, strict=True)
        if each != "desk"
    )
    routing = RoutingRules(version="1", default_department="desk", rules=rules)
    return compile_router(routing, Codeframe(version="1", themes=()), compile_pattern)


_departments = st.tuples(*[st.sampled_from(["desk", "x", "y"])] * 3)


@given(
    before=_departments,
    after=_departments,
    themes=st.lists(st.sampled_from("abcd"), max_size=30),
)
def test_every_case_is_somewhere_before_and_after(before, after, themes):
    cases = [stored(str(i), theme) for i, theme in enumerate(themes)]
    found = backtest(_router(before), _router(after), cases)
    assert sum(load.n_before for load in found.loads) == len(cases)
    assert sum(load.n_after for load in found.loads) == len(cases)
    assert sum(load.change for load in found.loads) == 0
    expected = dict(zip("abc", zip(before, after, strict=True), strict=True))
    moved = sum(len(set(expected.get(theme, ("desk",)))) > 1 for theme in themes)
    assert found.n_moved == moved
