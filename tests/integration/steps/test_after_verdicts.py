"""Beside and after a verdict: outlook, placebo check, neighbours, lasting, tampering, alarms."""

import datetime as dt
import random
import shutil

import pytest
import sqlalchemy as sa

from huixiang.cli.flow_runs import run_in
from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus, ItemKind
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.move import MoveReason, person_said
from huixiang.domain.items.outbox import EventType
from huixiang.domain.proof.assurance import (
    Advice,
    ItemOutlook,
    LookDetail,
    PlaceboCheck,
    SustainedLook,
)
from huixiang.domain.proof.verdict import Criterion, Effect, Metric, Sustained
from huixiang.domain.reason import Reason
from huixiang.errors import RunFoundProblems
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.items.alert import alert
from huixiang.steps.messages.item_card import past_fixes
from huixiang.steps.verify.apply import verify
from huixiang.store.engine import open_engine
from huixiang.verification.checks.multiplicity import headline_of
from huixiang.wording.proof.headlines import headline_words
from huixiang.wording.proof.verdicts import NOTE_SENTENCES
from tests.workbench import COLD, NOON, Bench, Said, make_bench, open_item, webhook_data

DAY = dt.timedelta(days=1)
OPENED, FIXED = NOON - 140 * DAY, NOON - 130 * DAY
SHOPS = ["南门店", "北门店", "东门店", "西门店", "机场店"]
FADED = IssueKey(theme="coffee.cold", touchpoint="counter", unit="北门店")
QUEUE = IssueKey(theme="queue", touchpoint="counter", unit="南门店")
N_DAYS = 210


def level(theme, unit, back):
    """南门店 is fixed for good, 北门店 fades, and the queue of 南门店 pays for it."""
    if theme == "queue":
        return 3.0 if back <= 130 else 4.2
    dipped = unit in SHOPS[:2] and 130 < back <= 155
    faded = unit == "北门店" and back <= 88
    return 2.6 if dipped or faded else 4.3


def story():
    rng = random.Random(3)
    made = []
    for back in range(N_DAYS, 0, -1):
        for theme, units in (("coffee.cold", SHOPS), ("queue", SHOPS[:1])):
            for unit in units:
                for index in range(2):
                    stars = level(theme, unit, back) + rng.gauss(0, 0.6)
                    stars = min(5, max(1, round(stars)))
                    made.append(
                        Said(
                            number=f"{theme}{unit}{back}-{index}",
                            at=NOON - back * DAY, theme=theme, unit=unit, stars=stars,
                            polarity=Polarity.NEGATIVE
                            if stars < 3 else Polarity.POSITIVE,
                        )
                    )  # fmt: skip
    return made


def fix(bench, item_id, at=FIXED):
    with bench.run(at, "item") as context, context.transaction("fix") as uow:
        uow.items.move(
            item_id,
            ActionStatus.ACCEPTED,
            moved_at=at,
            actor="小王",
            reason=person_said(""),
        )
        uow.items.move(
            item_id, ActionStatus.RESOLVED, moved_at=at, actor="小王", reason=person_said(""),
            resolved_at=at, root_cause="杯子没温",
        )  # fmt: skip


def look(bench, as_of=NOON):
    bench.clock.pass_(minutes=1)
    with bench.run(as_of) as context:
        return dict(verify(context))


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """Two fixes in two shops, judged 30, 85 and 130 days later."""
    home = tmp_path_factory.mktemp("played") / "shop"
    bench = make_bench(home, f"sqlite:///{home / 'shop.db'}")
    bench.hear(story())
    for item_id, key in (("ai_lasts", COLD), ("ai_fades", FADED)):
        open_item(bench, item_id, opened_at=OPENED, key=key)
        fix(bench, item_id)
    bench.seen = [look(bench, NOON - back * DAY) for back in (100, 45, 0)]
    return bench


@pytest.fixture
def copy(played, tmp_path):
    """The played workspace, to change."""
    home = tmp_path / "shop"
    shutil.copytree(played.home, home)
    return Bench(home=home, url=f"sqlite:///{home / 'shop.db'}")


def read(bench, ask):
    with bench.app.store.reading() as uow:
        return ask(uow)


def words(bench, key):
    with bench.app.store.reading() as uow:
        asked = Asked(
            uow=uow, rulebook=bench.app.rulebook, router=bench.app.equipment.router,
            alerts=bench.app.equipment.alerts, zone=bench.app.settings.zone,
        )  # fmt: skip
        found = explain_id(key, asked)
    return found.text("en"), found.text("zh-CN")


def test_both_fixes_are_verified_at_first(played):
    assert played.seen[0] == {"improved": 2}


def test_the_fix_that_lasts_is_closed_after_ninety_days(played):
    item = played.item("ai_lasts")
    look = read(played, lambda uow: uow.assurance.sustained()["ai_lasts"])
    move = read(played, lambda uow: uow.items.moves("ai_lasts")[-1])
    assert item.status is ActionStatus.CLOSED
    assert (look.outcome, look.after_days, look.final) == (
        Sustained.SUSTAINED,
        90,
        True,
    )
    assert move.reason == Reason(code=MoveReason.SUSTAINED)
    assert look.detail.effect.low > 0


def test_the_fix_that_fades_is_reopened_before_ninety_days_are_over(played):
    looks = read(played, lambda uow: uow.assurance.looks_of("ai_fades"))
    assert played.item("ai_fades").status is ActionStatus.REOPENED
    assert looks[-1].outcome is Sustained.RELAPSED
    assert looks[-1].after_days < 90
    assert played.seen[1]["relapsed"] == 1


def test_owners_hear_of_both(played):
    rows = read(played, lambda uow: uow.outbox.messages())
    news = {(row.item_id, row.event): webhook_data(row)["data"]["news"] for row in rows}
    assert "gone" in news["ai_fades", EventType.REOPENED]["en"]
    assert "复查" in news["ai_lasts", EventType.UPDATED]["zh"]


def test_only_what_lasts_is_quoted_as_having_helped(played):
    with played.app.store.reading() as uow:
        fixes = past_fixes(uow, uow.items.get("ai_fades"))
        assert [fix.item_id for fix in fixes] == ["ai_lasts"]
        assert "90 days" in fixes[0].effect.en
        assert "likely between +" in fixes[0].effect.en
        assert past_fixes(uow, uow.items.get("ai_lasts")) == ()


def test_a_fix_after_which_the_issue_came_back_is_quoted_only_if_it_had_lasted(copy):
    open_item(copy, "ai_again", key=COLD)
    with copy.app.store.reading() as uow:
        again = uow.items.get("ai_again")
        assert [fix.item_id for fix in past_fixes(uow, again)] == ["ai_lasts"]
    engine = open_engine(copy.url)
    with engine.begin() as connection:
        connection.execute(sa.text("DELETE FROM sustained_look"))
    engine.dispose()
    with copy.app.store.reading() as uow:
        assert past_fixes(uow, again) == ()


def kept(uow):
    """Return everything that verification may write."""
    items = ("ai_lasts", "ai_fades")
    return (
        [uow.items.get(each) for each in items],
        [uow.items.moves(each) for each in items],
        [uow.verdicts.of_item(each) for each in items],
        [uow.assurance.looks_of(each) for each in items],
        uow.assurance.placebo_checks(),
        uow.outbox.messages(),
    )


def test_looking_again_changes_nothing(copy):
    before = read(copy, kept)
    assert look(copy) == {}
    assert look(copy, NOON - 45 * DAY) == {}
    assert read(copy, kept) == before
    assert copy.ledger_holds()


def test_the_neighbour_that_paid_for_the_fix_is_named_beside_improved(played):
    verdict = read(played, lambda uow: uow.verdicts.latest()["ai_lasts"])
    (harmed,) = verdict.detail.side_effects.harmed
    assert harmed.issue_id == QUEUE.issue_id
    assert harmed.effect.high < 0
    verified = read(played, lambda uow: uow.outbox.messages())
    said = [
        str(webhook_data(row)) for row in verified if row.event is EventType.VERIFIED
    ]
    assert any("排队" in body and "变差" in body for body in said)


def test_fixes_of_one_theme_in_two_places_are_compared(played):
    details = read(
        played,
        lambda uow: [each.detail for each in uow.verdicts.latest().values()],
    )
    compared = [each.consistency for each in details if each.consistency]
    assert compared
    assert all(each.n_units == 2 for each in compared)


def test_the_headline_counts_what_stands_together(played):
    found = headline_of(read(played, lambda uow: uow.verdicts.latest().values()))
    assert (found.n_followed, found.n_improved) == (2, 2)
    assert set(found.confirmed) == {"ai_lasts", "ai_fades"}
    assert "2 项站得住" in headline_words(found).zh
    assert "2 of these also stand" in headline_words(found).en


def test_the_placebo_check_is_kept_and_made_anew_after_four_weeks(played):
    with played.app.store.reading() as uow:
        first = uow.assurance.placebo_checks(dt.date(2025, 12, 10))
        last = uow.assurance.placebo_checks()
        verdict = uow.verdicts.latest()["ai_lasts"]
    (key,) = first
    assert first[key].looked_on < last[key].looked_on
    assert verdict.detail.placebo_check_id == first[key].check_id
    assert last[key].error_factor >= 1
    assert last[key].n_improved <= last[key].n_dips


def test_a_verdict_is_explained_with_all_that_stands_beside_it(played):
    stored = read(played, lambda uow: uow.verdicts.latest()["ai_lasts"])
    en, zh = words(played, stored.verdict_id)
    for said in ("Placebo check", "Side effects", "Looked at again 90 days"):
        assert said in en
    assert "安慰剂检验" in zh
    notes = stored.verdict.notes
    assert notes
    assert all(NOTE_SENTENCES[note].en in en for note in notes)
    assert all(NOTE_SENTENCES[note].zh in zh for note in notes)


def test_a_bar_that_the_rules_moved_since_is_said_and_does_not_count(copy):
    assert "changed since opening" not in words(copy, "ai_fades")[0]
    copy.rewrite("alerts.yaml", 'version: "2"', 'version: "3"\nminimum_effect: 0.5')
    en, zh = words(copy, "ai_fades")
    assert "the fixed one counts: 0.20 points within 56 days" in en
    assert "仍按开单时定下的算" in zh


def test_a_criterion_changed_by_hand_is_refused_and_named(copy):
    fix(copy, "ai_fades", NOON - 5 * DAY)
    engine = open_engine(copy.url)
    with engine.begin() as connection:
        connection.execute(
            sa.text(
                "UPDATE action_item SET criterion = "
                "json_set(criterion, '$.minimum_effect', 0.01) WHERE item_id = 'ai_fades'"
            )
        )
    engine.dispose()
    with pytest.raises(RunFoundProblems) as met:
        run_in(copy.app, "verify", NOON)
    facts = met.value.facts
    assert facts["verify"]["tampered"] == 1
    (problem,) = facts["problems"]
    assert "ai_fades" in problem
    assert "not the one fixed at opening" in problem
    assert copy.item("ai_fades").status is ActionStatus.RESOLVED
    assert "hash differs" in words(copy, "ai_fades")[0]


def dip(days=10, per_day=3):
    """Two quiet months of ratings, then complaints."""
    return [
        Said(
            number=f"{back}-{index}", at=NOON - back * DAY,
            stars=2 if back <= days else 5,
            polarity=Polarity.NEGATIVE if back <= days else Polarity.POSITIVE,
        )
        for back in range(70, 0, -1) for index in range(per_day)
    ]  # fmt: skip


def alarm(bench):
    with bench.run() as context:
        return alert(context, bench.app.equipment.alerts)


CHECK = PlaceboCheck(
    check_id="pa_1", design_id="ds_1",
    design=Criterion(metric=Metric.MEAN, minimum_effect=0.2, horizon_days=56, alpha=0.03),
    looked_on=dt.date(2026, 3, 1), as_of=NOON, panel="pn_1", n_dips=4, n_improved=1,
    low=0.05, high=0.7, z_mean=0.1, z_sd=None, error_factor=1.0, method_version="1",
)  # fmt: skip
LOOK = SustainedLook(
    look_id="sl_1", item_id="ai_1", resolved_on=dt.date(2026, 1, 1), after_days=48,
    looked_on=dt.date(2026, 2, 17), as_of=NOON, outcome=Sustained.UNCLEAR, final=False,
    detail=LookDetail(effect=Effect(value=0.25, low=-0.1, high=0.6)),
    method_version="1",
)  # fmt: skip
OUTLOOK = ItemOutlook(
    item_id="ai_1", as_of=NOON, advice=Advice.ASK, feedbacks_per_day=0.5,
    days_until_medium=None, days_until_medium_likely=None, detectable_effect=0.9,
    n_pooled=3, pooled_days=None,
)  # fmt: skip


def test_what_is_kept_once_is_read_back_the_same_on_both_databases(bench):
    bench.hear([Said(number="1", at=NOON - DAY)])
    open_item(bench)
    for _ in range(2):
        with bench.app.store.transaction("keep") as uow:
            uow.assurance.keep_placebo_check(CHECK)
            uow.assurance.keep_look(LOOK)
            uow.assurance.keep_outlook(OUTLOOK)
    with bench.app.store.reading() as uow:
        found = [
            uow.assurance.placebo_check("ds_1", dt.date(2026, 3, 1)),
            uow.assurance.looks_of("ai_1")[0],
            uow.assurance.outlook("ai_1"),
        ]
        assert uow.assurance.placebo_check("ds_1", dt.date(2026, 2, 28)) is None
        assert uow.assurance.sustained(dt.date(2026, 2, 16)) == {}
        assert uow.assurance.outlooks(NOON - DAY) == {}
        assert len(uow.assurance.looks_of("ai_1")) == 1
        assert uow.items.tampered() == []
    assert found == [CHECK, LOOK, OUTLOOK]


def test_a_new_item_says_whether_its_effect_could_be_seen(desk):
    desk.hear(dip())
    assert alarm(desk).n_opened == 1
    (outlook,) = read(desk, lambda uow: uow.assurance.outlooks().values())
    (message,) = read(desk, lambda uow: uow.outbox.messages())
    assert outlook.advice is Advice.FOLLOW
    assert outlook.feedbacks_per_day == pytest.approx(3.0, abs=0.2)
    said = webhook_data(message)["data"]["outlook"]
    assert str(outlook.days_until_medium) in said["en"]
    assert said["en"] in words(desk, outlook.item_id)[0]


@pytest.mark.parametrize("ended", [ActionStatus.VERIFIED, ActionStatus.UNPROVEN])
def test_an_alarm_reopens_what_was_fixed_instead_of_opening_a_second_item(desk, ended):
    desk.hear(dip(per_day=2))
    open_item(desk, opened_at=NOON - 60 * DAY)
    fix(desk, "ai_1", NOON - 50 * DAY)
    with desk.run(NOON - 40 * DAY) as context, context.transaction("end") as uow:
        uow.items.move(
            "ai_1",
            ended,
            moved_at=NOON - 40 * DAY,
            actor="huixiang",
            reason=person_said("x"),
        )
    found = alarm(desk)
    assert (found.n_opened, found.n_reopened) == (0, 1)
    assert desk.item("ai_1").status is ActionStatus.REOPENED
    assert alarm(desk).n_reopened == 0
    assert "it came back, alert rule usual" in words(desk, "ai_1")[0]
    assert desk.ledger_holds()


def test_what_stays_unproven_without_an_alarm_is_closed_after_ninety_days(desk):
    desk.hear(dip()[-6:])
    open_item(desk, opened_at=NOON - 60 * DAY)
    fix(desk, "ai_1", NOON - 50 * DAY)
    assert look(desk, NOON + 38 * DAY) == {"inconclusive": 1}
    assert look(desk, NOON + 39 * DAY) == {}
    assert look(desk, NOON + 41 * DAY) == {"unproven_closed": 1}
    assert desk.item("ai_1").status is ActionStatus.CLOSED


def test_a_recovery_is_never_closed_as_unproven(desk):
    key = IssueKey(theme="safety", touchpoint="counter", unit="南门店")
    desk.hear([Said(number="1", at=OPENED, theme="safety")])
    open_item(
        desk, key=key, kind=ItemKind.RECOVERY, opened_at=OPENED, feedback_id="fb_1"
    )
    fix(desk, "ai_1")
    assert look(desk) == {"not_measurable": 1}
    assert look(desk, NOON + 40 * DAY) == {}
    assert desk.item("ai_1").status is ActionStatus.UNPROVEN
