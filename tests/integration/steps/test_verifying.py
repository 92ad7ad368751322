"""Verdicts move items and are announced; the report of one moment is always the same."""

import datetime as dt
import random
from pathlib import Path

import pytest

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import person_said
from huixiang.domain.items.outbox import EventType
from huixiang.domain.proof.verdict import VerdictKind
from huixiang.steps.report.write import write_report
from huixiang.steps.verify.apply import verify
from tests.workbench import COLD, NOON, Said, open_item

DAY = dt.timedelta(days=1)
OPENED = NOON - 70 * DAY
FIXED = NOON - 60 * DAY
UNITS = ["南门店", "北门店", "东门店", "西门店", "机场店"]


def past(after, *, n_after=4, n_days=150):
    """Return five shops' ratings; the first dips, then is fixed to the level *after*."""
    rng = random.Random(11)
    made = []
    for back in range(n_days, 0, -1):
        for unit in UNITS:
            treated = unit == UNITS[0]
            level = 4.3
            if treated:
                level = 4.3 if back > 95 else 2.8 if back >= 60 else after
            n = n_after if treated and back < 60 else 4
            made += [
                _voice(f"{unit}{back}-{index}", NOON - back * DAY, unit, level, rng)
                for index in range(n)
            ]
    return made


def _voice(number, at, unit, level, rng):
    stars = min(5, max(1, round(level + rng.gauss(0, 0.6))))
    return Said(
        number=number, at=at, unit=unit, stars=stars,
        polarity=Polarity.NEGATIVE if stars < 3 else Polarity.POSITIVE,
    )  # fmt: skip


def fix(bench, item_id="ai_1", at=FIXED):
    with bench.run(at, "item") as context, context.transaction("fix") as uow:
        for status in (ActionStatus.ACCEPTED, ActionStatus.RESOLVED):
            more = (
                {"resolved_at": at, "root_cause": "杯子没温"}
                if status is ActionStatus.RESOLVED
                else {}
            )
            uow.items.move(
                item_id,
                status,
                moved_at=at,
                actor="小王",
                reason=person_said(""),
                **more,
            )


@pytest.fixture
def fixed(desk):
    """Make a workspace whose fix had the effect asked for."""

    def make(after, **more):
        desk.hear(past(after, **more))
        open_item(desk, opened_at=OPENED)
        fix(desk)
        return desk

    return make


def look(bench, as_of=NOON):
    bench.clock.pass_(minutes=1)
    with bench.run(as_of) as context:
        return dict(verify(context))


def events(bench):
    with bench.app.store.reading() as uow:
        return [row.event for row in uow.outbox.messages()][1:]


@pytest.mark.parametrize(
    ("after", "kind", "status", "event"),
    [
        (4.3, VerdictKind.IMPROVED, ActionStatus.VERIFIED, EventType.VERIFIED),
        (2.8, VerdictKind.NOT_IMPROVED, ActionStatus.REOPENED, EventType.REOPENED),
        (1.6, VerdictKind.WORSE, ActionStatus.REOPENED, EventType.REOPENED),
    ],
)
def test_the_scores_decide_what_becomes_of_an_item(fixed, after, kind, status, event):
    bench = fixed(after)

    assert look(bench)[kind.value] == 1
    assert bench.item("ai_1").status is status
    assert events(bench) == [event]
    with bench.app.store.reading() as uow:
        verdict = uow.verdicts.latest()["ai_1"]
        last = uow.items.moves("ai_1")[-1]
    assert verdict.kind is kind
    assert verdict.final
    assert (last.moved_at, last.actor) == (NOON, "huixiang")
    assert last.reason.facts["verdict"] == kind.value
    assert bench.ledger_holds()


def test_looking_again_changes_nothing(fixed):
    bench = fixed(4.3)
    look(bench)
    before = bench.rows()

    assert look(bench) == {}
    assert look(bench, NOON + DAY) == {}
    assert bench.rows() == before


def test_while_it_is_too_early_the_item_stays_and_each_day_is_kept(fixed):
    bench = fixed(4.3)
    early = FIXED + 2 * DAY

    assert look(bench, early) == {"following": 1}
    assert look(bench, early) == {"following": 1}
    assert look(bench, early + DAY) == {"following": 1}
    assert bench.item("ai_1").status is ActionStatus.RESOLVED
    with bench.app.store.reading() as uow:
        assert len(uow.verdicts.of_item("ai_1")) == 2


def test_silence_after_the_fix_is_no_improvement(fixed):
    bench = fixed(4.3, n_after=0)

    assert look(bench) == {VerdictKind.INCONCLUSIVE.value: 1}
    assert bench.item("ai_1").status is ActionStatus.UNPROVEN
    assert events(bench) == [EventType.UPDATED]
    with bench.app.store.reading() as uow:
        assert uow.verdicts.latest()["ai_1"].reason in {
            "feed_died",
            "too_few_feedbacks",
        }
    assert bench.ledger_holds()


def test_a_reopened_item_is_judged_anew_after_its_next_fix(fixed):
    bench = fixed(2.8)
    look(bench)
    fix(bench, at=NOON + DAY)

    assert look(bench, NOON + 3 * DAY) == {"following": 1}
    with bench.app.store.reading() as uow:
        days = {each.resolved_on for each in uow.verdicts.of_item("ai_1")}
    assert days == {dt.date(2026, 1, 11), dt.date(2026, 3, 13)}


def test_one_answered_customer_gets_no_verdict_and_we_say_so(desk):
    key = IssueKey(theme="safety", touchpoint="counter", unit="南门店")
    desk.hear([Said(number="1", at=OPENED, theme="safety")])
    open_item(
        desk, key=key, kind=ItemKind.RECOVERY, opened_at=OPENED, feedback_id="fb_1"
    )
    fix(desk)
    assert look(desk, FIXED - DAY) == {}

    assert look(desk) == {"not_measurable": 1}
    assert desk.item("ai_1").status is ActionStatus.UNPROVEN
    with desk.app.store.reading() as uow:
        assert uow.verdicts.of_item("ai_1") == []
    assert events(desk) == [EventType.UPDATED]


def test_the_report_of_one_moment_is_the_same_bytes_every_time(fixed):
    bench = fixed(4.3)
    look(bench)
    made = []
    for _ in range(2):
        bench.clock.pass_(hours=5)
        with bench.run() as context:
            where = write_report(context)
        made.append([Path(where[kind]).read_bytes() for kind in ("html", "xlsx")])

    assert made[0] == made[1]
    assert len(bench.rows()["report"]) == 1


def test_every_issue_of_the_past_has_one_department(fixed):
    bench = fixed(2.8)
    with bench.app.store.reading() as uow:
        assert {each.department for each in uow.codings.issues().values()} == {
            "kitchen"
        }
        assert uow.codings.issue(COLD.issue_id).touchpoint == "counter"
