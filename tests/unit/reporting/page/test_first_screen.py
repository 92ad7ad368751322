"""The first screen's counts add up, and its sentences say what the counts say."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.proof.verdict import (
    Effect,
    InconclusiveReason,
    Metric,
    VerdictKind,
)
from huixiang.domain.text import Bilingual
from huixiang.reporting import summary
from huixiang.reporting.facts.report import DepartmentResult

ANSWERS = st.sampled_from([None, *VerdictKind])


def _answer(make_verdict: Any, kind: Any, plain: Any, **changes: object) -> Any:
    if kind is None:
        return None
    reason = None if kind.is_terminal else InconclusiveReason.FOLLOWING
    return make_verdict(kind, reason=reason, plain_comparison=plain, **changes)


@given(
    drawn=st.lists(st.tuples(ANSWERS, ANSWERS, st.sampled_from(ItemKind)), max_size=8)
)
def test_every_item_stands_in_one_group_and_every_verdict_is_counted_once(
    make_report, make_item, make_verdict, drawn
):
    items = tuple(
        make_item(f"ai_{at}", verdict=_answer(make_verdict, kind, plain), kind=of)
        for at, (kind, plain, of) in enumerate(drawn)
    )
    report = make_report(items=items)
    groups, board = summary.groups(report), summary.scoreboard(report)
    placed = [each for found in groups.judged.values() for each in found]
    placed += [*groups.unjudged, *groups.recovery]
    assert sorted(each.item_id for each in placed) == sorted(
        each.item_id for each in items
    )
    assert sum(board.verdicts.values()) == board.n_judged
    assert board.n_judged == sum(kind is not None for kind, _, _ in drawn)
    assert board.n_plain_only == sum(
        plain is VerdictKind.IMPROVED and kind not in {None, VerdictKind.IMPROVED}
        for kind, plain, _ in drawn
    )


def test_what_needs_somebody_is_read_first_and_the_largest_leads(
    make_report, make_item, make_verdict, make_effect
):
    def fix(name: str, kind: VerdictKind, effect: float) -> Any:
        verdict = _answer(make_verdict, kind, None, effect=make_effect(effect, 0.01))
        return make_item(name, verdict=verdict)

    items = (
        fix("small", VerdictKind.IMPROVED, 0.3),
        fix("large", VerdictKind.IMPROVED, 0.9),
        fix("bad", VerdictKind.WORSE, -0.4),
    )
    judged = summary.groups(make_report(items=items)).judged
    assert next(iter(judged)) is VerdictKind.WORSE
    assert [item.item_id for item in judged[VerdictKind.IMPROVED]] == ["large", "small"]


def test_the_workload_counts_late_parked_and_waiting_items(make_report, make_item):
    statuses = {
        "a": ActionStatus.OPEN,
        "b": ActionStatus.REOPENED,
        "c": ActionStatus.RESOLVED,
        "d": ActionStatus.PARKED,
        "e": ActionStatus.CLOSED,
    }
    items = tuple(make_item(name, status=status) for name, status in statuses.items())
    assert summary.workload(make_report(items=items)) == summary.Workload(
        n_working=2, n_overdue=2, n_awaiting_verdict=1, n_parked=1
    )


def test_the_department_with_most_late_items_comes_first():
    def department(
        name: str, *, n_working: int = 0, n_overdue: int = 0
    ) -> DepartmentResult:
        return DepartmentResult(
            department=Bilingual(zh=name, en=name),
            n_opened=0,
            n_accepted=0,
            n_resolved=0,
            n_verified=0,
            n_working=n_working,
            n_overdue=n_overdue,
        )

    found = summary.busiest(
        [
            department("idle"),
            department("busy", n_working=9),
            department("late", n_overdue=1),
        ]
    )
    assert [each.department.en for each in found] == ["late", "busy", "idle"]


def test_the_headline_counts_what_was_proven(report):
    headline = summary.headline(report)
    assert "已验收 5 项整改，其中 1 项经证实确有改善" in headline.zh
    assert "Of 5 fixes judged, 1 demonstrably made things better" in headline.en


def test_the_headline_claims_nothing_while_nothing_is_judged(empty_report):
    assert "No fix can be judged yet" in summary.headline(empty_report).en
    assert "还没有" in summary.headline(empty_report).zh


def test_one_of_a_thing_is_not_written_as_many(make_report, make_item):
    headline = summary.headline(make_report(items=(make_item(),)))
    assert "1 action item followed" in headline.en
    assert "Of 1 fix judged" in headline.en


def test_the_contrast_names_what_only_the_plain_comparison_calls_improved(report):
    contrast = summary.contrast(report)
    assert contrast is not None
    assert "会说 4 项已改善；其中 3 项没有证据支持" in contrast.zh
    assert "improved on 4; for 3 of those nothing shows" in contrast.en


def test_the_contrast_says_so_when_all_claims_stand(make_report, make_item):
    contrast = summary.contrast(make_report(items=(make_item(),)))
    assert contrast is not None
    assert "all of them stand" in contrast.en


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (VerdictKind.IMPROVED, "improved on none; with the trend"),
        (VerdictKind.WORSE, "improved on none either"),
    ],
)
def test_the_contrast_says_so_when_the_plain_comparison_claims_nothing(
    make_report, make_item, make_verdict, kind, said
):
    verdict = make_verdict(kind, plain_comparison=VerdictKind.NOT_IMPROVED)
    report = make_report(items=(make_item(verdict=verdict),))
    assert said in summary.contrast(report).en


def test_no_contrast_is_drawn_without_a_plain_figure(
    make_report, make_item, make_verdict
):
    item = make_item(verdict=make_verdict(plain_comparison=None))
    assert summary.contrast(make_report(items=(item,))) is None


@given(
    ends=st.lists(
        st.tuples(st.floats(-5, 5), st.floats(0.01, 3)), min_size=1, max_size=6
    )
)
def test_the_axis_shows_every_interval_that_decided_something(
    make_item, make_verdict, ends
):
    items = [
        make_item(
            f"ai_{at}",
            verdict=make_verdict(
                effect=Effect(value=value, low=value - half, high=value + half)
            ),
        )
        for at, (value, half) in enumerate(ends)
    ]
    limit = summary.axis_limit(items, Metric.MEAN)
    assert all(abs(value) + half <= limit for value, half in ends)


def test_a_wide_interval_that_decides_nothing_does_not_squeeze_the_others(
    make_item, make_verdict
):
    decided = make_item("ai_1")
    open_question = make_verdict(
        VerdictKind.INCONCLUSIVE,
        reason=InconclusiveReason.NOT_SEPARABLE,
        effect=Effect(value=0.1, low=-9, high=9.2),
    )
    items = [decided, make_item("ai_2", verdict=open_question)]
    assert summary.axis_limit(items, Metric.MEAN) < 1


def test_the_least_effect_agreed_is_always_on_the_axis(make_item, make_verdict):
    tiny = make_verdict(
        effect=Effect(value=0.01, low=0, high=0.02), plain_comparison=None
    )
    items = [make_item(verdict=dataclasses.replace(tiny))]
    assert summary.axis_limit(items, Metric.MEAN) > tiny.criterion.minimum_effect
