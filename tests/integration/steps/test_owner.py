"""What owners say of their items: legal moves, "not mine", and who is told."""

import datetime as dt

import pytest

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import implied_by, person_said, rerouted
from huixiang.domain.items.outbox import EventType
from huixiang.domain.items.statement import OwnerStatement, StatementKind
from huixiang.errors import ConfigurationError, IllegalMove, NotFound
from huixiang.steps.items.owner import (
    apply_statement,
    check_department,
    check_moment,
)
from tests.workbench import COLD, NOON, Said, open_item


@pytest.fixture
def item(bench):
    bench.hear([Said(number="1", at=NOON - dt.timedelta(days=1))])
    return open_item(bench)


def say(bench, kind, *, hours=1, **more):
    at = NOON + dt.timedelta(hours=hours)
    with bench.run(at) as context, context.transaction("answer") as uow:
        apply_statement(
            context,
            uow,
            OwnerStatement(
                item_id="ai_1",
                kind=StatementKind(kind),
                stated_at=at,
                actor="小王",
                **more,
            ),
        )


def moves(bench):
    with bench.app.store.reading() as uow:
        return [(m.after, m.reason) for m in uow.items.moves("ai_1")]


def events(bench):
    with bench.app.store.reading() as uow:
        return [row.event for row in uow.outbox.messages()]


def test_an_item_goes_its_way_and_each_step_is_kept_with_who_and_why(bench, item):
    say(bench, "accepted", words="今天就看")
    say(bench, "in_progress", hours=2)
    say(bench, "resolved", hours=3, root_cause="杯子没温")

    found = bench.item("ai_1")
    assert found.status is ActionStatus.RESOLVED
    assert found.resolved_at == NOON + dt.timedelta(hours=3)
    assert found.root_cause == "杯子没温"
    assert moves(bench)[1] == (ActionStatus.ACCEPTED, person_said("今天就看"))
    assert len(events(bench)) == 4
    assert bench.ledger_holds()


def test_resolving_what_nobody_accepted_implies_that_it_was(bench, item):
    say(bench, "resolved", root_cause="换了机器")

    assert [after for after, _ in moves(bench)] == ["open", "accepted", "resolved"]
    assert moves(bench)[1][1] == implied_by(ActionStatus.RESOLVED)
    assert events(bench).count(EventType.UPDATED) == 1


def test_saying_the_same_twice_is_saying_it_once(bench, item):
    say(bench, "accepted")
    before = bench.rows()
    say(bench, "accepted", hours=2)

    assert bench.rows() == before


@pytest.mark.parametrize(
    ("first", "then", "pattern"),
    [
        ("cancelled", "accepted", "ai_1.*'cancelled' to 'accepted'"),
        ("resolved", "rejected", "ai_1.*'resolved' to 'rejected'"),
        ("accepted", "closed", "ai_1.*'accepted' to 'closed'"),
    ],
)
def test_an_illegal_move_names_the_item_and_both_states(
    bench, item, first, then, pattern
):
    say(bench, first)
    before = bench.rows()
    with pytest.raises(IllegalMove, match=pattern):
        say(bench, then, hours=2)

    assert bench.rows() == before


def test_a_comment_is_kept_and_moves_nothing(bench, item):
    say(bench, "comment", words="等配件")

    assert moves(bench)[-1] == (ActionStatus.OPEN, person_said("等配件"))
    assert bench.item("ai_1").status is ActionStatus.OPEN


def test_not_mine_goes_to_the_department_that_was_suggested(bench, item):
    say(bench, "rejected", words="不归我", department="floor")

    assert bench.item("ai_1").status is ActionStatus.OPEN
    assert bench.item("ai_1").department == "floor"
    with bench.app.store.reading() as uow:
        issue = uow.codings.issue(COLD.issue_id)
    assert (issue.department, issue.department_person) == ("floor", "小王")
    assert moves(bench)[-1][1] == rerouted("kitchen", "floor", "不归我")
    assert bench.ledger_holds()


def test_not_mine_without_a_suggestion_goes_to_the_default_department(bench, item):
    say(bench, "rejected", words="不归我")

    assert bench.item("ai_1").department == "office"


def test_an_unknown_suggestion_is_not_followed(bench, item):
    say(bench, "rejected", words="不归我", department="nobody")

    assert bench.item("ai_1").department == "office"


def test_an_item_is_never_sent_back_to_who_refused_it(bench, item):
    say(bench, "rejected", words="不归我", department="floor")
    say(bench, "rejected", hours=2, words="也不归我", department="kitchen")
    assert bench.item("ai_1").department == "office"

    say(bench, "rejected", hours=3, words="还是不归我", department="floor")
    assert bench.item("ai_1").status is ActionStatus.REJECTED
    assert bench.item("ai_1").department == "office"
    assert bench.ledger_holds()


def test_a_refused_item_takes_its_new_department_s_feedback_along(bench, item):
    say(bench, "rejected", words="不归我", department="floor")
    bench.hear([Said(number="2", at=NOON + dt.timedelta(hours=5))])

    with bench.app.store.reading() as uow:
        assert uow.codings.issue(COLD.issue_id).department == "floor"


def test_the_endpoint_that_said_it_is_not_told_again(bench, item):
    say(bench, "accepted", endpoint="desk")

    assert events(bench) == [EventType.OPENED]
    assert bench.ledger_holds()


def test_an_endpoint_that_never_heard_of_the_item_hears_of_it_as_new(bench):
    bench.hear([Said(number="1", at=NOON - dt.timedelta(days=1))])
    bench.rewrite(
        "departments.yaml",
        "en: Bar}\n    endpoints: [desk]",
        "en: Bar}\n    endpoints: []",
    )
    open_item(bench)
    say(bench, "rejected", words="不归我", department="floor")

    assert events(bench) == [EventType.OPENED]
    assert bench.ledger_holds()


def test_an_unknown_item_is_named_with_the_next_step(bench):
    with pytest.raises(NotFound, match="huixiang item list"):
        say(bench, "accepted")


def test_an_answer_before_the_last_move_is_refused(bench, item):
    with (
        pytest.raises(ConfigurationError, match="give a later --as-of"),
        bench.app.store.reading() as uow,
    ):
        check_moment(uow, "ai_1", NOON - dt.timedelta(seconds=1))


def test_an_unknown_department_is_refused_with_those_that_exist(bench):
    with (
        pytest.raises(ConfigurationError, match="kitchen, floor, office"),
        bench.run() as context,
    ):
        check_department(context, "nobody")
