"""When issues and single voices become items: capacity, cooldown, and why not."""

import datetime as dt

from huixiang.alerts.decision import HoldReason
from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import MoveReason, person_said
from huixiang.domain.proof.verdict import Metric
from huixiang.domain.reason import Reason
from huixiang.steps.items.alert import alert
from huixiang.steps.items.issue_days import AlertContext, held_back, issue_histories
from tests.workbench import COLD, NOON, Said, open_item

DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 3, 12)


def history(
    *, dip_days=10, n_days=70, theme="coffee.cold", unit="南门店", stars=2, name=""
):
    """Return two quiet months, then complaints: four voices a day."""
    made = []
    for back in range(n_days, 0, -1):
        for index in range(4):
            bad = back <= dip_days and index < 3
            made.append(
                Said(
                    number=f"{name}{theme}{unit}{back}-{index}",
                    at=NOON - back * DAY,
                    words="咖啡凉了" if bad else "咖啡很香",
                    theme=theme if bad or index == 3 else None,
                    polarity=Polarity.NEGATIVE if bad else Polarity.POSITIVE,
                    stars=(stars if bad else 5) if stars else None,
                    unit=unit,
                )
            )
    return made


def run(bench, as_of=NOON):
    with bench.run(as_of) as context:
        return alert(context, bench.app.equipment.alerts)


def items(bench):
    with bench.app.store.reading() as uow:
        return list(uow.items.find())


def held(bench, key=COLD, day=TODAY - DAY):
    look = AlertContext(
        rulebook=bench.app.rulebook, alerts=bench.app.equipment.alerts,
        zone=bench.app.settings.zone, last_day=day,
    )  # fmt: skip
    with bench.app.store.reading() as uow:
        found = held_back(look, uow, uow.codings.issue(key.issue_id))
    return found and found.reason


def test_an_issue_that_got_worse_opens_one_item_and_not_a_second(bench):
    bench.hear(history())
    assert run(bench).n_opened == 1
    before = bench.rows()
    assert run(bench).n_opened == 0

    (item,) = items(bench)
    assert (item.kind, item.department) == (ItemKind.IMPROVEMENT, "kitchen")
    assert item.criterion.metric is Metric.MEAN
    assert item.due_at == NOON + dt.timedelta(hours=72)
    assert item.playbook == "warm_cups"
    assert bench.rows() == before
    assert bench.ledger_holds()


def test_without_ratings_the_share_of_complaints_is_what_must_improve(bench):
    bench.hear(history(stars=None))
    run(bench)

    (item,) = items(bench)
    assert item.criterion.metric is Metric.NEGATIVE


def test_lower_ratings_raise_the_priority(bench):
    bench.hear(history(stars=1))
    bench.hear(history(stars=4, unit="北门店"))
    run(bench)

    low, high = sorted(items(bench), key=lambda item: item.priority)
    assert low.issue_id == IssueKey(**_key("北门店")).issue_id
    assert high.priority > low.priority


def _key(unit):
    return {"theme": "coffee.cold", "touchpoint": "counter", "unit": unit}


def test_the_window_and_the_baseline_have_their_mean_ratings(bench):
    bench.hear(history(dip_days=14))
    look = AlertContext(
        rulebook=bench.app.rulebook, alerts=bench.app.equipment.alerts,
        zone=bench.app.settings.zone, last_day=TODAY - DAY,
    )  # fmt: skip
    with bench.app.store.reading() as uow:
        (found,) = issue_histories(look, uow, uow.codings.issues().values())

    assert found.stars_window == (3 * 2 + 5) / 4
    assert found.stars_baseline == 5


def test_a_full_department_parks_the_item_and_takes_it_when_there_is_room(bench):
    bench.rewrite("departments.yaml", "en: Bar}", "en: Bar}\n    capacity: 1")
    bench.hear(history(stars=1))
    bench.hear(history(stars=4, unit="北门店"))
    first = run(bench)
    assert (first.n_opened, first.n_parked) == (1, 1)
    by_status = {item.status: item for item in items(bench)}
    with bench.app.store.reading() as uow:
        assert len(uow.outbox.messages()) == 1
        (parked,) = uow.items.moves(by_status[ActionStatus.PARKED].item_id)
    assert parked.reason == Reason(code=MoveReason.PARKED_CAPACITY)
    assert run(bench).n_promoted == 0

    with bench.run(NOON + DAY) as context, context.transaction("cancel") as uow:
        uow.items.move(
            by_status[ActionStatus.OPEN].item_id, ActionStatus.CANCELLED,
            moved_at=NOON + DAY, actor="小王", reason=person_said("关店"),
        )  # fmt: skip
    assert run(bench, NOON + DAY).n_promoted == 1
    promoted = bench.item(by_status[ActionStatus.PARKED].item_id)
    assert promoted.status is ActionStatus.OPEN
    assert promoted.opened_at == NOON + DAY
    waited = by_status[ActionStatus.PARKED]
    assert promoted.due_at == waited.due_at + (NOON + DAY - waited.opened_at)
    with bench.app.store.reading() as uow:
        assert len(uow.outbox.messages()) == 2
    assert bench.ledger_holds()


def test_one_critical_voice_opens_a_recovery_item_at_once_even_where_all_is_full(bench):
    bench.rewrite(
        "departments.yaml", "en: Head office}", "en: Head office}\n    capacity: 1"
    )
    open_key = IssueKey(theme="safety", touchpoint="counter", unit="南门店")
    bench.hear([Said(number="1", at=NOON - DAY, theme="safety", words="有玻璃渣")])
    bench.hear([Said(number="2", at=NOON - DAY, theme="safety", words="烫伤了")])

    assert run(bench).n_recovery == 2
    assert run(bench).n_recovery == 0
    found = items(bench)
    assert {item.feedback_id for item in found} == {"fb_1", "fb_2"}
    assert {item.issue_id for item in found} == {open_key.issue_id}
    assert all(item.due_at == NOON + dt.timedelta(hours=4) for item in found)
    assert bench.ledger_holds()


def test_an_old_critical_voice_is_answered_no_more(bench):
    bench.hear([Said(number="1", at=NOON - 15 * DAY, theme="safety")])

    assert run(bench).n_recovery == 0


def test_an_item_cancelled_today_is_not_opened_again_today(bench):
    bench.rewrite("alerts.yaml", "cooldown_days: 28", "cooldown_days: 0")
    bench.hear(history())
    run(bench)
    with bench.run() as context, context.transaction("cancel") as uow:
        uow.items.move(
            items(bench)[0].item_id, ActionStatus.CANCELLED, moved_at=NOON,
            actor="小王", reason=person_said("误报"),
        )  # fmt: skip

    run(bench)
    assert [item.status for item in items(bench)] == [ActionStatus.CANCELLED]


def test_why_nothing_opened_can_be_said_of_every_issue(desk):
    desk.hear(history(dip_days=1))
    desk.hear(history(n_days=15, unit="新店"))
    desk.hear(history(unit="东门店", dip_days=70))
    desk.hear(history(unit="西门店"))
    open_item(desk, key=IssueKey(**_key("西门店")), opened_at=NOON - 3 * DAY)

    assert held(desk) is HoldReason.TOO_FEW
    assert held(desk, IssueKey(**_key("新店"))) is HoldReason.HISTORY_TOO_SHORT
    assert held(desk, IssueKey(**_key("东门店"))) is HoldReason.NOT_UNUSUAL
    assert held(desk, IssueKey(**_key("西门店"))) is HoldReason.LIVE_ITEM

    with desk.run() as context, context.transaction("cancel") as uow:
        uow.items.move(
            "ai_1",
            ActionStatus.CANCELLED,
            moved_at=NOON,
            actor="小王",
            reason=person_said("误报"),
        )
    assert held(desk, IssueKey(**_key("西门店"))) is HoldReason.COOLDOWN
    day = TODAY + 40 * DAY
    assert held(desk, IssueKey(**_key("西门店")), day) is HoldReason.TOO_FEW
