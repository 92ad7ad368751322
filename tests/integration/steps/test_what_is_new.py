"""Emerging themes and hot issues, from the database to the decision and back."""

import datetime as dt

import pytest

from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import AcceptTheme, DismissTheme
from huixiang.domain.coding.codeframe import CoderKind, Coding, Polarity
from huixiang.domain.coding.coding_reason import NoIssueReason
from huixiang.domain.items.issue import IssueKey
from huixiang.errors import ConfigurationError, NotFound
from huixiang.steps.calls import alert as alert_step
from huixiang.steps.codeframe.accept_theme import theme_in_force
from huixiang.steps.codeframe.emerging import (
    find_emerging,
    open_proposals,
)
from huixiang.steps.rules import load_rules
from huixiang.steps.voices.hot_issues import hot_issues
from huixiang.store.queries.coding.codings import NewCoding
from tests.workbench import NOON, Said, act_on

DAY = dt.timedelta(days=1)
USUAL = ["拿铁好喝", "店员热情", "排队很快", "座位舒服", "音乐好听", "甜点精致"]
FACE = [
    "人脸识别总失败",
    "门口人脸识别过不去",
    "戴帽子人脸识别不认",
    "人脸识别机器坏了",
]
THEME = AcceptTheme(
    theme_id="face", name_zh="人脸识别", name_en="Face recognition", keywords=()
)


def said(number, age, words, **more):
    return Said(
        number=f"{number:04}",
        at=NOON - age * DAY,
        words=f"{words}，{number * 7919 % 100003}桌",
        **{"theme": "staff", "polarity": Polarity.POSITIVE, "stars": 5, **more},
    )


def usual():
    """Forty days with three voices each that say nothing new."""
    return [
        said(day * 3 + part, day + 1, USUAL[(day + part) % len(USUAL)])
        for day in range(40)
        for part in range(3)
    ]


def news():
    """Eight people in twelve days speak of what no theme covers."""
    return [
        said(900 + n, 1 + n % 12, FACE[n % 4], theme=None, polarity=Polarity.NEGATIVE)
        for n in range(8)
    ]


def look(bench, at=NOON):
    with bench.run(at, flow="emerging") as context:
        return find_emerging(context)


def shown(bench, at=NOON):
    with bench.app.store.reading() as uow:
        return open_proposals(uow, as_of=at, until=at.date() - DAY)


def test_what_is_new_is_found_kept_and_found_again_under_its_id(bench):
    bench.hear([*usual(), *news()], route=False)

    (found,) = look(bench)

    assert "人脸识别" in found.keywords
    assert (found.n, found.share_uncovered) == (8, 1.0)
    assert found.touchpoints == (("counter", 8),)
    assert shown(bench) == (found,)
    assert look(bench, NOON + DAY)[0].proposal_id == found.proposal_id
    assert len(shown(bench, NOON + DAY)) == 1
    assert bench.ledger_holds()


def test_a_look_at_the_past_sees_neither_later_feedback_nor_later_proposals(desk):
    desk.hear([*usual(), *news()], route=False)
    before = NOON - 20 * DAY

    assert look(desk, before) == ()
    assert look(desk) != ()
    assert shown(desk, before) == ()


def test_a_look_at_the_past_leaves_what_is_kept_as_it_is(desk):
    desk.hear([*usual(), *news()], route=False)
    look(desk)
    kept = desk.rows()["emerging_theme"]
    assert look(desk, NOON - 2 * DAY) != ()
    assert desk.rows()["emerging_theme"] == kept


def test_the_loop_notes_what_is_new(desk):
    desk.hear([*usual(), *news()], route=False)
    with desk.run() as context:
        facts = alert_step(context, desk.app.equipment)
    assert facts["n_emerging"] == 1
    assert len(shown(desk)) == 1


def test_a_proposal_nobody_speaks_of_any_more_is_no_longer_shown(desk):
    desk.hear([*usual(), *news()], route=False)
    look(desk)
    assert shown(desk, NOON + 40 * DAY) == ()


def test_an_unsure_coding_of_the_model_covers_nothing(desk):
    desk.hear([*usual(), *news()], route=False)
    with desk.run() as context, context.transaction("guess") as uow:
        uow.codings.add(
            [guess(f"fb_{900 + n:04}") for n in range(8)],
            codeframe_version="1",
            coded_at=NOON,
        )
    assert look(desk)[0].share_uncovered == 1.0


def guess(feedback_id):
    return NewCoding(
        coding_id=f"cd_{feedback_id}",
        feedback_id=feedback_id,
        coding=Coding(
            theme="queue",
            polarity=Polarity.NEGATIVE,
            evidence="人脸",
            span=(0, 2),
            confidence=0.4,
            coder=CoderKind.MODEL,
            coder_id="m1",
        ),
        key=IssueKey(theme="queue"),
        no_issue_reason=NoIssueReason.LOW_CONFIDENCE,
    )


def test_what_is_dismissed_does_not_come_back(desk):
    desk.hear([*usual(), *news()], route=False)
    (found,) = look(desk)
    fixed = DismissTheme(reason="修好了")
    act_on(desk, TargetKind.PROPOSAL, found.proposal_id, fixed, as_of=NOON + DAY)

    assert look(desk, NOON + DAY) == ()
    assert shown(desk, NOON + DAY) == ()
    assert shown(desk) == (found,)  # as it was before she decided
    with pytest.raises(ConfigurationError):
        act_on(desk, TargetKind.PROPOSAL, found.proposal_id, fixed)


def test_what_is_accepted_is_in_the_codeframe_and_does_not_come_back(bench):
    bench.hear([*usual(), *news()], route=False)
    (found,) = look(bench)
    done = act_on(bench, TargetKind.PROPOSAL, found.proposal_id, THEME)

    rules = load_rules(bench.home / "rules").codeframe
    assert "人脸识别" in theme_in_force(rules, "face").keywords
    assert rules.by_id["face"].touchpoint == "counter"
    assert (done.fact("version_before"), done.fact("version")) == ("1", "2")
    assert rules.version == "2"
    assert [each.to_version for each in rules.bridges] == ["2"]
    bench.app = bench.open()
    assert look(bench, NOON + DAY) == ()
    assert shown(bench) == ()


@pytest.mark.parametrize(
    ("theme", "complaint"),
    [("queue", "queue"), ("under.nothing", "nothing was written")],
)
def test_a_theme_that_check_would_refuse_is_not_written(desk, theme, complaint):
    desk.hear([*usual(), *news()], route=False)
    (found,) = look(desk)
    file = desk.home / "rules" / "codeframe.yaml"
    before = file.read_bytes()
    new = AcceptTheme(
        theme_id=theme,
        name_zh="新",
        name_en="New",
        keywords=("新词",),
        parent="nothing",
    )
    with pytest.raises(ConfigurationError, match=complaint):
        act_on(desk, TargetKind.PROPOSAL, found.proposal_id, new)
    assert file.read_bytes() == before
    assert shown(desk) == (found,)
    assert [each.name for each in file.parent.iterdir() if each.suffix != ".yaml"] == []


def test_an_unknown_proposal_is_said_to_be_unknown(desk):
    with pytest.raises(NotFound, match="emerging"):
        act_on(desk, TargetKind.PROPOSAL, "et_nothing", THEME)


def test_the_event_that_many_tell_is_hot_and_only_from_its_day_on(bench):
    crowd = [
        said(
            800 + n, 1 + n % 2, "咖啡凉了",
            theme="coffee.cold", polarity=Polarity.NEGATIVE, stars=1,
        )
        for n in range(12)
    ]  # fmt: skip
    bench.hear([*usual(), *crowd], route=False)
    until = NOON.date() - DAY
    with bench.app.store.reading() as uow:
        (hot,) = hot_issues(uow, bench.app.rulebook, until=until)
        earlier = hot_issues(uow, bench.app.rulebook, until=until - 5 * DAY)
    assert hot.title.zh == "南门店 · 吧台 · 咖啡凉了"
    assert (hot.n, hot.theme, hot.touchpoint) == (12, "coffee.cold", "counter")
    assert hot.heat.index > 0
    assert earlier == ()
