"""Verdicts: no use of the future, no dependence on units of measure, sticky."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from huixiang.domain.proof.verdict import (
    InconclusiveReason,
    LevelRecovered,
    Metric,
    NoteCode,
    VerdictKind,
)
from huixiang.verification.engine.design import ActionWindow, Design
from huixiang.verification.engine.judging import judge
from huixiang.verification.engine.panel import Panel


def shifted(panel, by):
    """Add *by* to every rating."""
    return dataclasses.replace(
        panel,
        total=panel.total + by * panel.n,
        squares=panel.squares + 2 * by * panel.total + by**2 * panel.n,
    )


def only(panel, wanted):
    """Keep some units."""
    at = [panel.units.index(unit) for unit in wanted]
    return Panel(
        units=tuple(wanted), channels=panel.channels, first_day=panel.first_day,
        n=panel.n[at], total=panel.total[at], squares=panel.squares[at],
    )  # fmt: skip


def test_clear_fixes_are_called_improved(judged):
    kinds = [j.verdict.kind for j in judged]
    assert kinds.count(VerdictKind.IMPROVED) >= 0.6 * len(kinds)
    assert VerdictKind.WORSE not in kinds


def test_a_verdict_does_not_change_when_the_future_is_cut_off(helped, judged):
    settled = [j for j in judged if j.verdict.kind.is_terminal]
    for judgement in settled[:3]:
        day = judgement.verdict.as_of
        again = judge(helped.panel.until(day), helped.actions, as_of=day)
        same = next(j for j in again if j.action_id == judgement.action_id)
        assert same.verdict.kind is judgement.verdict.kind
        assert same.verdict.as_of == day
        assert same.verdict.effect.value == pytest.approx(
            judgement.verdict.effect.value, abs=1e-9
        )
        assert same.verdict.effect.low == pytest.approx(judgement.verdict.effect.low)
        assert same.verdict.plain_comparison == judgement.verdict.plain_comparison


def test_a_verdict_does_not_change_when_the_future_is_different(helped, judged):
    judgement = next(j for j in judged if j.verdict.kind.is_terminal)
    panel, day = helped.panel, helped.panel.day(judgement.verdict.as_of)
    total, squares = panel.total.copy(), panel.squares.copy()
    total[:, day + 1 :] = panel.n[:, day + 1 :]
    squares[:, day + 1 :] = panel.n[:, day + 1 :]
    other = dataclasses.replace(panel, total=total, squares=squares)
    again = judge(other, helped.actions, as_of=panel.last_day)
    same = next(j for j in again if j.action_id == judgement.action_id)
    assert same.verdict == judgement.verdict


def test_before_the_first_look_there_is_no_answer(helped):
    action = helped.actions[0]
    day = action.resolved_on + dt.timedelta(days=3)
    verdict = judge(helped.panel, [action], as_of=day)[0].verdict
    assert verdict.reason is InconclusiveReason.FOLLOWING
    assert verdict.as_of == day


def test_adding_a_constant_to_all_scores_changes_no_effect(helped, judged):
    again = judge(
        shifted(helped.panel, 10.0), helped.actions, as_of=helped.panel.last_day
    )
    for a, b in zip(judged, again, strict=True):
        assert a.verdict.kind is b.verdict.kind
        assert a.verdict.effect.value == pytest.approx(b.verdict.effect.value, abs=1e-6)


def test_a_rate_where_down_is_better_mirrors_one_where_up_is_better(helped):
    panel, actions = helped.panel, helped.actions[:3]
    share = dataclasses.replace(
        panel, total=(panel.total - panel.n) / 4, squares=(panel.total - panel.n) / 8
    )
    turned = dataclasses.replace(share, total=-share.total)
    up = judge(
        turned, actions, as_of=panel.last_day, design=Design(metric=Metric.TOP_BOX)
    )
    down = judge(
        share, actions, as_of=panel.last_day, design=Design(metric=Metric.NEGATIVE)
    )
    for a, b in zip(up, down, strict=True):
        assert a.verdict.kind is b.verdict.kind
        assert a.verdict.effect.value == pytest.approx(-b.verdict.effect.value)
        assert a.verdict.effect.low == pytest.approx(-b.verdict.effect.high)


def test_the_order_of_units_does_not_matter(helped, judged):
    again = judge(
        only(helped.panel, helped.panel.units[::-1]),
        helped.actions,
        as_of=helped.panel.last_day,
    )
    assert [j.verdict.kind for j in again] == [j.verdict.kind for j in judged]


def test_the_interval_shows_what_the_verdict_says(judged):
    for judgement in judged:
        verdict = judgement.verdict
        if verdict.kind is VerdictKind.IMPROVED:
            assert verdict.effect.low > 0
        elif verdict.kind is VerdictKind.INCONCLUSIVE:
            assert verdict.effect.low <= 0


def test_the_headline_effect_is_smaller_than_the_estimate(judged):
    for judgement in judged:
        verdict = judgement.verdict
        assert abs(verdict.shrunk_effect) < abs(verdict.effect.value)
        assert np.sign(verdict.shrunk_effect) == np.sign(verdict.effect.value)


def test_only_the_last_look_is_terminal(judged):
    for judgement in judged:
        kinds = [look.kind for look in judgement.looks]
        assert not any(kind.is_terminal for kind in kinds[:-1])
        assert [look.on for look in judgement.looks] == sorted(
            look.on for look in judgement.looks
        )


def test_without_other_units_the_verdict_is_marked_weak(helped):
    action = helped.actions[0]
    alone = only(helped.panel, [action.unit])
    verdict = judge(alone, [action], as_of=alone.last_day)[0].verdict
    assert NoteCode.WEAK_NO_CONTROLS in verdict.notes
    assert NoteCode.COLD_START_MEMORY in verdict.notes
    assert verdict.n_controls == 0


def test_few_controls_give_a_wider_interval_than_many(helped):
    action = helped.actions[0]
    others = [u for u in helped.panel.units if u != action.unit]
    widths = []
    for n in (29, 6):
        panel = only(helped.panel, [action.unit, *others[:n]])
        day = action.resolved_on + dt.timedelta(days=30)
        effect = judge(panel, [action], as_of=day)[0].looks[-1].effect
        widths.append(effect.high - effect.low)
    assert widths[1] > widths[0] * 0.95


def test_a_unit_with_too_few_feedbacks_says_so(quiet):
    start = quiet.first_day
    action = ActionWindow(
        action_id="a", unit=quiet.units[0], opened_on=start + dt.timedelta(100),
        resolved_on=start + dt.timedelta(120),
    )  # fmt: skip
    judgement = judge(
        quiet, [action], as_of=quiet.last_day,
        design=Design(min_feedbacks_after=10_000),
    )[0]  # fmt: skip
    assert judgement.verdict.reason is InconclusiveReason.TOO_FEW_FEEDBACKS
    assert judgement.looks == ()


def test_no_feedback_before_the_fix_is_no_baseline(quiet):
    panel = dataclasses.replace(quiet, n=quiet.n.copy(), total=quiet.total.copy(),
                                squares=quiet.squares.copy())  # fmt: skip
    for values in (panel.n, panel.total, panel.squares):
        values[0, :150] = 0
    action = ActionWindow(
        action_id="a", unit=panel.units[0],
        opened_on=panel.first_day + dt.timedelta(140),
        resolved_on=panel.first_day + dt.timedelta(150),
    )  # fmt: skip
    verdict = judge(panel, [action], as_of=panel.last_day)[0].verdict
    assert verdict.reason is InconclusiveReason.NO_BASELINE
    assert verdict.effect is None


@pytest.mark.parametrize(
    ("unit", "resolved", "reason"),
    [
        ("unit-000", None, InconclusiveReason.NOT_RESOLVED),
        ("unit-000", dt.date(2031, 1, 1), InconclusiveReason.NOT_RESOLVED),
        ("nowhere", dt.date(2024, 6, 1), InconclusiveReason.NO_BASELINE),
    ],
)
def test_what_cannot_be_followed_says_so(quiet, unit, resolved, reason):
    action = ActionWindow(
        action_id="a", unit=unit, opened_on=dt.date(2024, 5, 1), resolved_on=resolved
    )
    judgement = judge(quiet, [action], as_of=quiet.last_day)[0]
    assert judgement.verdict.reason is reason
    assert judgement.verdict.level_recovered is LevelRecovered.UNKNOWN
    assert judgement.looks == ()


def test_days_a_fix_needs_to_bite_are_left_out(helped):
    action = dataclasses.replace(helped.actions[0], bite_days=14)
    judgement = judge(helped.panel, [action], as_of=helped.panel.last_day)[0]
    first = judgement.looks[0].on
    assert first >= action.resolved_on + dt.timedelta(days=14 + 6)


def test_a_fix_before_its_opening_is_refused():
    with pytest.raises(ValueError, match="correct one of the two dates"):
        ActionWindow(
            action_id="a", unit="u", opened_on=dt.date(2026, 2, 2),
            resolved_on=dt.date(2026, 2, 1),
        )  # fmt: skip


def test_widening_widens(helped):
    action, day = helped.actions[0], helped.panel.last_day
    plain, wide = (
        judge(helped.panel, [action], as_of=day, design=Design(error_factor=f))[0]
        for f in (1.0, 1.5)
    )
    pairs = zip(plain.looks, wide.looks, strict=False)
    for a, b in pairs:
        ratio = (b.effect.high - b.effect.low) / (a.effect.high - a.effect.low)
        assert ratio == pytest.approx(1.5, rel=0.02)
