"""Fixes, deadlines and transfers, told from moves alone."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from huixiang.domain.items.action import (
    ActionItem,
    ActionStatus,
    ItemKind,
)
from huixiang.domain.items.move import Move, person_said, rerouted, time_to_answer
from huixiang.domain.items.route import Urgency
from huixiang.domain.proof.verdict import Criterion, Metric
from huixiang.steps.report.fixes import (
    Fate,
    fixes_of,
    is_verified,
    rounds_of,
    scorecards,
    service_levels,
    transfers,
)
from huixiang.steps.report.issues import departments_of
from huixiang.steps.rules import load_rules
from tests.imitations import IMITATIONS
from tests.workbench import RATE_FACTS

SHOP = Path(__file__).parents[2] / "data" / "shop" / "rules"
NOON = dt.datetime(2026, 3, 12, 4, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
S = ActionStatus
CRITERION = Criterion(
    metric=Metric.MEAN, minimum_effect=0.2, horizon_days=56, alpha=0.05
)


@pytest.fixture(scope="module")
def context():
    """What these figures need of a run: the rules and its moment."""
    return SimpleNamespace(
        rulebook=load_rules(SHOP),
        as_of=NOON,
        zone=ZoneInfo("Asia/Shanghai"),
        today=NOON.date(),
    )


def item(item_id="ai_1", status=S.OPEN, *, opened=10, department="kitchen"):
    at = NOON - opened * DAY
    return ActionItem(
        item_id=item_id, kind=ItemKind.IMPROVEMENT, issue_id="is_1", feedback_id=None,
        department=department, status=status, severity=Urgency.HIGH, priority=1,
        playbook=None, opened_at=at, due_at=at + 3 * DAY, alert=RATE_FACTS, criterion=CRITERION,
    )  # fmt: skip


def moves(*steps, item_id="ai_1"):
    """Return moves from (days ago, status[, reason])."""
    before, made = None, []
    for ago, after, *reason in steps:
        made.append(
            Move(
                item_id=item_id, before=before, after=after, moved_at=NOON - ago * DAY,
                actor="x", reason=reason[0] if reason else person_said(""),
            )
        )  # fmt: skip
        before = after
    return made


@pytest.mark.parametrize(
    ("after", "fates"),
    [
        ((), [Fate.FOLLOWED]),
        ((S.VERIFIED,), [Fate.VERIFIED]),
        ((S.VERIFIED, S.CLOSED), [Fate.VERIFIED]),
        ((S.REOPENED,), [Fate.REFUTED]),
        ((S.VERIFIED, S.REOPENED), [Fate.RELAPSED]),
        ((S.UNPROVEN, S.CLOSED), [Fate.UNPROVEN]),
        ((S.REOPENED, S.RESOLVED, S.VERIFIED), [Fate.REFUTED, Fate.VERIFIED]),
    ],
)
def test_every_fix_has_its_own_fate(after, fates):
    steps = [(9, S.OPEN), (8, S.ACCEPTED), (7, S.RESOLVED)]
    steps += [(6 - index, status) for index, status in enumerate(after)]

    assert [fix.fate for fix in fixes_of(item(), moves(*steps))] == fates


def test_only_verified_improvements_count(context):
    items = [item("ai_1", S.VERIFIED), item("ai_2", S.REOPENED), item("ai_3")]
    done = [(9, S.OPEN), (8, S.ACCEPTED), (7, S.RESOLVED)]
    all_moves = {
        "ai_1": moves(*done, (1, S.VERIFIED)),
        "ai_2": moves(*done, (2, S.VERIFIED), (1, S.REOPENED), item_id="ai_2"),
        "ai_3": moves((9, S.OPEN), item_id="ai_3"),
    }

    (card,) = scorecards(context.rulebook, items, all_moves)

    assert (card.n_claimed, card.n_verified, card.n_relapsed) == (2, 1, 1)
    assert card.item_ids == ("ai_1",)


def test_service_is_counted_against_the_day_an_answer_was_due(context):
    items = [
        item("ai_1", S.RESOLVED),
        item("ai_2", S.ACCEPTED),
        item("ai_3"),
        item("ai_4", opened=1),
    ]
    all_moves = {
        "ai_1": moves((10, S.OPEN), (9, S.ACCEPTED), (8, S.RESOLVED)),
        "ai_2": moves((10, S.OPEN), (5, S.ACCEPTED)),
        "ai_3": moves((10, S.OPEN)),
        "ai_4": moves((1, S.OPEN)),
    }

    (level,) = service_levels(context, items, all_moves)

    assert (level.answer_met, level.answer_due, level.n_overdue) == (1, 3, 1)
    assert (level.resolve_met, level.resolve_due) == (1, 2)
    assert (level.median_answer_hours, level.median_resolve_hours) == (72.0, 48.0)


def test_a_refusal_names_who_refused_and_where_it_went(context):
    told = moves(
        (9, S.OPEN),
        (8, S.REJECTED, person_said("not mine")),
        (8, S.OPEN, rerouted("kitchen", "floor", "not mine")),
        (7, S.REJECTED, person_said("nor mine")),
    )

    found = transfers(context, [item(department="floor")], {"ai_1": told})

    assert [(t.refused_by.en, t.given_to and t.given_to.en) for t in found] == [
        ("Bar", "Floor"),
        ("Floor", None),
    ]
    assert [t.reason for t in found] == ["not mine", "nor mine"]


@pytest.mark.parametrize("words", IMITATIONS)
def test_words_that_imitate_a_handover_are_none(context, words):
    told = moves(
        (9, S.OPEN),
        (8, S.REJECTED, person_said(words)),
        (7, S.REJECTED, person_said(words)),
    )

    (refusal,) = transfers(context, [item(department="floor")], {"ai_1": told})

    assert (refusal.refused_by.en, refusal.given_to) == ("Floor", None)
    assert refusal.reason == words


def reopened(*after):
    """Return an item fixed too late, sent back three days ago, and its moves."""
    steps = [(10, S.OPEN), (9, S.ACCEPTED), (5, S.RESOLVED), (3, S.REOPENED), *after]
    sent_back = replace(item(status=steps[-1][1]), due_at=NOON)
    return sent_back, moves(*steps)


def test_a_reopened_item_is_a_new_round_and_keeps_the_old_deadline_for_the_old_one():
    first, second = rounds_of(*reopened())
    assert first.due_at == NOON - 7 * DAY
    assert (first.answered_at, first.resolved_at) == (NOON - 9 * DAY, NOON - 5 * DAY)
    assert (second.started_at, second.due_at) == (NOON - 3 * DAY, NOON)
    assert second.answered_at is None


def test_a_reopened_item_nobody_answers_is_overdue_after_its_day(context):
    sent_back, made = reopened()
    (level,) = service_levels(context, [sent_back], {"ai_1": made})
    assert level.n_overdue == 0, "its day is not over"
    late = replace(sent_back, due_at=NOON - DAY)
    (level,) = service_levels(context, [late], {"ai_1": made})
    assert level.n_overdue == 1


def test_who_was_never_asked_is_neither_late_nor_in_time(context):
    (department,) = departments_of(
        context, [item(status=S.PARKED)], {"ai_1": moves((10, S.PARKED))}
    )
    assert (department.sla_met, department.sla_due, department.n_overdue) == (0, 0, 0)


def test_a_late_fix_that_failed_is_never_in_time(context):
    sent_back, made = reopened((2, S.ACCEPTED), (1, S.RESOLVED))
    (level,) = service_levels(context, [sent_back], {"ai_1": made})
    assert (level.resolve_met, level.resolve_due) == (1, 2)
    assert (level.answer_met, level.answer_due) == (2, 2)


def test_each_reopening_gives_the_same_time_to_answer():
    sent_back, made = reopened((2, S.RESOLVED))
    assert time_to_answer(sent_back, made) == 3 * DAY


@pytest.mark.parametrize(
    ("after", "counts"),
    [((S.VERIFIED,), True), ((S.VERIFIED, S.REOPENED), False), ((S.UNPROVEN,), False)],
)
def test_a_fix_that_came_back_is_not_verified(after, counts):
    steps = [(9, S.OPEN), (8, S.ACCEPTED), (7, S.RESOLVED)]
    made = moves(*steps, *((1, each) for each in after))
    assert is_verified(item(status=after[-1]), made) is counts
