"""The first screen's counts add up, and its sentences say what the counts say."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from huixiang.domain.action import ActionStatus
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import Effect, InconclusiveReason, Metric, VerdictKind
from huixiang.reporting import summary
from huixiang.reporting.model import DepartmentResult

KINDS = st.sampled_from([None, *VerdictKind])


def _answer(make_verdict, kind, naive):
    if kind is None:
        return None
    reason = None if kind.is_terminal else InconclusiveReason.FOLLOWING
    return make_verdict(kind, reason=reason, naive=naive)


@given(st.data())
def test_every_item_stands_in_one_group_and_every_verdict_is_counted_once(data):
    conftest = data.draw(st.just(_builders()))
    drawn = data.draw(st.lists(st.tuples(KINDS, KINDS, st.booleans()), max_size=8))
    items = tuple(
        conftest["an_item"](
            f"ai_{at}",
            verdict=_answer(conftest["a_verdict"], kind, naive),
            kind="recovery" if recovery else "improvement",
        )
        for at, (kind, naive, recovery) in enumerate(drawn)
    )
    report = conftest["a_report"](items=items)
    groups, board = summary.groups(report), summary.scoreboard(report)
    placed = [each for found in groups.judged.values() for each in found]
    placed += [*groups.unjudged, *groups.recovery]
    assert sorted(each.item_id for each in placed) == sorted(
        each.item_id for each in items
    )
    assert sum(board.verdicts.values()) == board.n_judged
    assert board.n_judged == sum(kind is not None for kind, _, _ in drawn)
    assert board.n_naive_only == sum(
        naive is VerdictKind.IMPROVED and kind not in {None, VerdictKind.IMPROVED}
        for kind, naive, _ in drawn
    )
