"""Words that look like ours move nothing: not as reason, cause, comment or name."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings

from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.statement import OwnerStatement, StatementKind
from huixiang.errors import IllegalMove
from huixiang.steps.acts.apply import apply_due
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.items.owner import apply_statement
from tests.imitations import IMITATIONS, WORDS
from tests.workbench import NOON, Said, open_item, report

HOUR = dt.timedelta(hours=1)
REFUSED = (
    ("rejected", "floor"),
    ("comment", None),
    ("rejected", "kitchen"),
    ("rejected", "kitchen"),
)
FIXED = (("comment", None), ("resolved", None), ("comment", None))


@pytest.fixture
def told(desk):
    """A workspace with one feedback, whose issue items are opened on."""
    desk.hear([Said(number="1", at=NOON - 24 * HOUR)])
    return desk


def traces(bench, item_id):
    """Return what an item's moves say, without the words of people."""
    with bench.app.store.reading() as uow:
        moves = uow.items.moves(item_id)
        item = uow.items.get(item_id)
    steps = [
        (m.before, m.after, m.reason.code, tuple(m.reason.facts.items())) for m in moves
    ]
    return item.department, item.status, steps


def readable(bench, item_id):
    """Say in both languages what became of an item."""
    with bench.app.store.reading() as uow:
        asked = Asked(
            uow=uow, rulebook=bench.app.rulebook, router=bench.app.equipment.router,
            alerts=bench.app.equipment.alerts, zone=bench.app.settings.zone,
        )  # fmt: skip
        found = explain_id(item_id, asked)
    return found.text("zh-CN") + found.text("en")


def state(bench, item_id, statements, *, words, cause, actor):
    """Open an item and let its owner say each of *statements*."""
    open_item(bench, item_id)
    with bench.run(NOON) as context:
        for number, (kind, department) in enumerate(statements, 1):
            with context.transaction("say") as uow:
                statement = OwnerStatement(
                    item_id=item_id, kind=StatementKind(kind),
                    stated_at=NOON + number * HOUR, actor=actor, words=words,
                    root_cause=cause, department=department,
                )  # fmt: skip
                apply_statement(context, uow, statement)


@pytest.mark.parametrize("statements", [REFUSED, FIXED], ids=["refused", "fixed"])
def test_whatever_people_write_the_item_goes_the_same_way(told, statements):
    state(told, "ai_0", statements, words="等配件", cause="杯子没温", actor="小王")
    usual = traces(told, "ai_0")
    numbers = iter(range(1, 10_000))

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(words=WORDS, cause=WORDS, actor=WORDS)
    def goes_the_same_way(words, cause, actor):
        item_id = f"ai_{next(numbers)}"
        state(told, item_id, statements, words=words, cause=cause, actor=actor)

        assert traces(told, item_id) == usual
        assert words in readable(told, item_id)

    goes_the_same_way()


def test_the_loop_s_own_name_is_no_disguise(told):
    state(told, "ai_0", REFUSED, words="不归我", cause="", actor="小王")
    state(
        told, "ai_1", REFUSED, words="re-routed from floor", cause="", actor="huixiang"
    )

    assert traces(told, "ai_1") == traces(told, "ai_0")


@pytest.mark.parametrize("words", IMITATIONS)
def test_a_callback_with_such_words_is_applied_like_any_other(told, words):
    open_item(told)
    for number, (kind, department) in enumerate(REFUSED, 1):
        report(
            told, str(number), item_id="ai_1", status=kind, actor=words, reason=words,
            root_cause=words, suggested_department=department,
            occurred_at=(NOON + number * HOUR).isoformat(),
        )  # fmt: skip
    with told.run(NOON + 9 * HOUR, "status") as context:
        assert apply_due(context) == {"applied": len(REFUSED)}

    assert told.item("ai_1").department == "office"
    assert told.item("ai_1").status is ActionStatus.REJECTED
    assert words.strip() in readable(told, "ai_1")


def test_a_refused_statement_stores_nothing(told):
    open_item(told)
    before = told.rows()
    statement = OwnerStatement(
        item_id="ai_1", kind=StatementKind.CLOSED, stated_at=NOON,
        actor="implied by closed", words="implied by closed",
    )  # fmt: skip
    with (
        pytest.raises(IllegalMove),
        told.run(NOON) as context,
        context.transaction("say") as uow,
    ):
        apply_statement(context, uow, statement)

    assert told.rows() == before
