"""What stands beside the verdicts and what voices mean, as a report reads it."""

import datetime as dt

import pytest

from huixiang.domain.coding.codeframe import Polarity
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import person_said
from huixiang.domain.proof.assurance import (
    Advice,
    ItemOutlook,
    LookDetail,
    PlaceboCheck,
    SustainedLook,
)
from huixiang.domain.proof.verdict import (
    Criterion,
    Effect,
    LevelRecovered,
    Metric,
    StoredVerdict,
    Sustained,
    Verdict,
    VerdictDetail,
    VerdictKind,
)
from huixiang.reporting.facts.report import ReportPeriod
from huixiang.reporting.facts.voices import NameKind
from huixiang.steps.report.assurance import assurance_of, item_assurances
from huixiang.steps.report.voices import voices_of
from tests.workbench import NOON, Said, open_item

DAY = dt.timedelta(days=1)
FIXED = NOON - 60 * DAY
PERIOD = ReportPeriod(first=dt.date(2026, 1, 1), last=dt.date(2026, 3, 11))

STARS = Criterion(metric=Metric.MEAN, minimum_effect=0.2, horizon_days=56, alpha=0.03)
OUTLOOK = ItemOutlook(
    item_id="ai_1", as_of=NOON - 70 * DAY, advice=Advice.FOLLOW, feedbacks_per_day=4.0,
    days_until_medium=21, days_until_medium_likely=40, detectable_effect=0.3,
    n_pooled=0, pooled_days=None,
)  # fmt: skip
A_VERDICT = StoredVerdict(
    verdict_id="vd_1", item_id="ai_1", resolved_on=FIXED.date(),
    looked_on=FIXED.date() + 30 * DAY, kind=VerdictKind.IMPROVED, reason=None,
    final=True, method_version="1",
    detail=VerdictDetail(
        verdict=Verdict(
            kind=VerdictKind.IMPROVED, reason=None,
            effect=Effect(value=0.5, low=0.2, high=0.8), shrunk_effect=0.4,
            level_recovered=LevelRecovered.YES, plain_comparison=None, n_before=90,
            n_after=60, n_controls=12, n_more_needed=None,
            as_of=FIXED.date() + 29 * DAY, criterion=STARS,
        )
    ),
)  # fmt: skip


def a_check(name, on, n_improved, design="stars"):
    return PlaceboCheck(
        check_id=name, design_id=design, design=STARS, looked_on=on, as_of=NOON,
        panel="p", n_dips=30, n_improved=n_improved, low=0.0, high=0.2, z_mean=0.0,
        z_sd=1.0, error_factor=1.0, method_version="1",
    )  # fmt: skip


def a_look(outcome):
    return SustainedLook(
        look_id=f"lk_{outcome}", item_id="ai_1", resolved_on=FIXED.date(),
        after_days=90, looked_on=dt.date(2026, 3, 10), as_of=NOON, outcome=outcome,
        final=True, detail=LookDetail(effect=None), method_version="1",
    )  # fmt: skip


def voices():
    """Return sixty days in which praise and complaints have their stars."""
    return [
        Said(
            number=f"{back}-{kind}",
            at=NOON - back * DAY,
            stars=stars,
            polarity=polarity,
            words=words,
        )
        for back in range(1, 61)
        for kind, stars, polarity, words in (
            ("bad", 1, Polarity.NEGATIVE, "本以为会快，结果等了半小时"),
            ("good", 5, Polarity.POSITIVE, "没想到这么香"),
        )
    ]


def test_what_voices_mean_comes_with_a_name_for_every_id(bench):
    bench.hear(voices())
    with bench.run() as context, context.store.reading() as uow:
        found = voices_of(context, uow, context.last_day)
    insights = found.insights
    assert insights.n_rated == 120
    assert {each.theme for each in insights.needs} == {"coffee.cold"}
    assert [each.touchpoint for each in insights.journey] == [None, "counter", "door"]
    known = {(each.kind, each.id) for each in found.names}
    assert (NameKind.THEME, "coffee.cold") in known
    assert (NameKind.STAGE, "visit") in known
    assert found.name(NameKind.PLACE, "counter").zh == "吧台"
    assert found.name(NameKind.THEME, "unheard").en == "unheard"


def test_a_report_before_anybody_spoke_has_nothing_to_tell(desk):
    with desk.run() as context, context.store.reading() as uow:
        found = voices_of(context, uow, context.last_day)
        beside = assurance_of(context, uow, PERIOD)
    assert found.insights.needs == ()
    assert (found.hot, found.emerging) == ((), ())
    assert (beside.placebo, beside.follow_ups, beside.models) == (None, (), ())


def test_the_newest_placebo_check_known_in_the_period_is_the_one_told(bench):
    with bench.run() as context, context.transaction("checks") as uow:
        uow.assurance.keep_placebo_check(a_check("au_old", dt.date(2026, 2, 1), 9))
        uow.assurance.keep_placebo_check(a_check("au_new", dt.date(2026, 3, 1), 1))
        uow.assurance.keep_placebo_check(
            a_check("au_other", dt.date(2026, 2, 20), 7, design="share")
        )
        uow.assurance.keep_placebo_check(a_check("au_later", dt.date(2026, 4, 1), 5))
    with bench.run() as context, context.store.reading() as uow:
        placebo = assurance_of(context, uow, PERIOD).placebo
    assert (placebo.as_of, placebo.n_improved) == (dt.date(2026, 3, 1), 1)


def beside_of(desk):
    with desk.run() as context, context.store.reading() as uow:
        found = item_assurances(context, uow, uow.items.find(), uow.items.all_moves())
    return found["ai_1"]


def opened(desk):
    desk.hear([Said(number="1", at=NOON - 71 * DAY)])
    return open_item(desk, opened_at=NOON - 70 * DAY)


def test_an_item_carries_what_was_foreseen_and_agreed_at_its_opening(desk):
    item = opened(desk)
    with desk.run() as context, context.transaction("outlook") as uow:
        uow.assurance.keep_outlook(OUTLOOK)
    beside = beside_of(desk)
    assert beside.criterion == item.criterion
    assert beside.foresight.days_until_medium == 21
    assert beside.foresight.horizon_days == 56
    assert "21" in beside.foresight.advice.en
    assert beside.criterion_change is None
    assert beside.aftercare is None


def test_rules_that_changed_since_are_said_to_count_for_nothing(desk):
    opened(desk)
    path = desk.home / "rules" / "alerts.yaml"
    path.write_text(
        path.read_text(encoding="utf-8") + "\nminimum_effect: 0.05\n", encoding="utf-8"
    )
    desk.app = desk.open()
    assert "0.05" in beside_of(desk).criterion_change.en


def verified(desk, *more):
    opened(desk)
    S = ActionStatus  # noqa: N806 - as short as in the table of moves
    with desk.run() as context, context.transaction("verify") as uow:
        at = FIXED
        for status in (S.ACCEPTED, S.RESOLVED, S.VERIFIED, *more):
            fixed = {"resolved_at": at} if status is S.RESOLVED else {}
            uow.items.move(
                "ai_1", status, moved_at=at, actor="x", reason=person_said(""), **fixed
            )
            at += DAY
        uow.verdicts.add(A_VERDICT)


@pytest.mark.parametrize("outcome", [Sustained.SUSTAINED, Sustained.RELAPSED])
def test_what_became_of_an_improvement_is_told_as_it_was_found(desk, outcome):
    verified(desk)
    with desk.run() as context, context.transaction("look") as uow:
        uow.assurance.keep_look(a_look(outcome))
    after = beside_of(desk).aftercare
    assert after.state is outcome
    assert after.on == dt.date(2026, 3, 10)
    assert "90 days after the fix" in after.words.en


def test_an_improvement_nobody_has_looked_at_again_is_still_watched(desk):
    verified(desk)
    after = beside_of(desk).aftercare
    assert after.state is Sustained.WATCHED
    assert after.on > FIXED.date() + 80 * DAY


def test_an_improvement_that_an_alarm_reopened_has_relapsed(desk):
    verified(desk, ActionStatus.REOPENED)
    assert beside_of(desk).aftercare.state is Sustained.RELAPSED
