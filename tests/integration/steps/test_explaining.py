"""Why is this as it is? In words an owner understands, in both languages."""

import datetime as dt
import re

import pytest

from huixiang.domain.acts.act import TargetKind
from huixiang.domain.acts.decision import DiscardRecord
from huixiang.domain.items.action import ItemKind
from huixiang.domain.items.issue import IssueKey
from huixiang.domain.items.outbox import DeliveryAttempt, MessageState, Outcome
from huixiang.domain.items.statement import OwnerStatement, StatementKind
from huixiang.domain.records.record import Duplicate, DuplicateKind, KeptOut
from huixiang.domain.records.violation import Severity, Violation
from huixiang.domain.text import Bilingual
from huixiang.errors import NotFound
from huixiang.steps.explain.by_id import Asked, explain_id
from huixiang.steps.items.owner import apply_statement
from tests.workbench import (
    COLD,
    NOON,
    Said,
    act_on,
    answered,
    landed,
    open_item,
    refused,
)

DAY = dt.timedelta(days=1)
CODES = re.compile(
    r"\b(in_progress|not_improved|improvement_|same_id|same_content|no_theme|no_words"
    r"|low_confidence|too_few|huixiang\.action_item|UTC)\b"
)


@pytest.fixture
def told(desk):
    """A workspace with one of everything."""
    desk.hear(
        [
            Said(number="1", at=NOON - 2 * DAY),
            Said(number="2", at=NOON - DAY, theme=None, words="今天天气不错"),
            Said(number="3", at=NOON - DAY, unit="北门店"),
        ]
    )
    open_item(desk)
    with desk.run(NOON, "collect") as context, context.transaction("odd") as uow:
        said = [Said(number=n, at=NOON) for n in ("twin", "odd", "wait")]
        uow.landing.land(
            "counter", [landed(each) for each in said], batch_id="pb_x",
            run_id=context.run_id, pulled_at=NOON,
        )  # fmt: skip
        twin = Duplicate(
            landing_id="ld_twin",
            feedback_id="fb_1",
            kind=DuplicateKind.SAME_CONTENT,
        )
        uow.feedback.store_duplicates("counter", [twin])
        broken = Violation(
            rule="time.required", severity=Severity.CRITICAL, column="occurred_at",
            message=Bilingual(zh="没有填写发生时间", en="there is no time"),
        )  # fmt: skip
        odd = KeptOut(landing_id="ld_odd", position="podd", violations=(broken,))
        uow.quarantine.store("counter", [odd], NOON)
    return desk


def ask(bench, key):
    with bench.app.store.reading() as uow:
        asked = Asked(
            uow=uow, rulebook=bench.app.rulebook, router=bench.app.equipment.router,
            alerts=bench.app.equipment.alerts, zone=bench.app.settings.zone,
        )  # fmt: skip
        found = explain_id(key, asked)
    zh, en = found.text("zh-CN"), found.text("en")
    assert not CODES.search(zh), zh
    assert not CODES.search(en), en
    assert re.search("[一-鿿]", zh)
    return found.kind, zh, en


def test_a_feedback_says_where_it_is_from_what_it_means_and_whose_it_is(told):
    kind, zh, en = ask(told, "fb_1")

    assert kind == "feedback"
    assert "2026-03-10 12:00" in zh  # the workspace's clock, not UTC
    assert "渠道“问卷”" in zh
    assert "编码“咖啡凉了”，负面" in zh
    assert "交给“吧台”" in zh
    assert "另有 1 条记录与它重复" in zh
    assert "1 further record says the same" in en
    assert "coded “Cold coffee”, negative" in en


def test_a_coding_says_whose_it_is_and_where_it_went(told):
    with told.app.store.reading() as uow:
        (coding,) = uow.codings.of_feedback("fb_1")
    kind, zh, en = ask(told, coding.coding_id)

    assert kind == "coding"
    assert "属于反馈 fb_1" in zh
    assert "of feedback fb_1" in en
    assert "交给“吧台”" in zh


def test_feedback_without_a_theme_says_so(told):
    _, zh, en = ask(told, "fb_2")

    assert "没有主题对得上" in zh
    assert "no theme of the codeframe fits" in en


def test_a_landed_record_says_where_it_is_now(told):
    assert "等待校验" in ask(told, "ld_wait")[1]
    assert "它成了反馈 fb_1" in ask(told, "ld_1")[1]
    _, zh, en = ask(told, "ld_twin")
    assert "与反馈 fb_1 重复（内容相同、时间相近）" in zh
    assert "repeats feedback fb_1 (the same words" in en


def test_a_quarantined_record_says_what_it_broke_and_who_decided(told):
    _, zh, en = ask(told, "ld_odd")
    assert "违反 time.required：没有填写发生时间" in zh
    assert "quarantined, waiting for a person" in en

    act_on(told, TargetKind.RECORD, "ld_odd", DiscardRecord(reason="柜台测试"))
    _, zh, en = ask(told, "ld_odd")
    assert "2026-03-12 12:00 小王 丢弃：柜台测试" in zh
    assert "discarded by 小王: 柜台测试" in en


def test_an_issue_says_who_answers_and_why_nothing_opened(told):
    key = IssueKey(theme="coffee.cold", touchpoint="counter", unit="北门店").issue_id
    _, zh, en = ask(told, key)

    assert "咖啡凉了 × 吧台 × 北门店" in zh
    assert "由“吧台”负责：最近一条反馈的路由如此" in zh
    assert "截至 2026-03-11 没有开行动项" in zh
    assert "规则要求至少 5 次" in zh
    assert "the rule asks for 5" in en


def test_an_issue_with_items_lists_them_in_words(told):
    _, zh, en = ask(told, COLD.issue_id)

    assert "改进行动项 ai_1：待接单" in zh
    assert "improvement item ai_1: open" in en
    assert "已有一个行动项在处理" in zh


def test_an_issue_given_by_a_person_names_the_person(told):
    with told.run() as context, context.transaction("give") as uow:
        uow.codings.give_issue(COLD.issue_id, "floor", by="小王")

    _, zh, en = ask(told, COLD.issue_id)
    assert "由“前厅”负责：小王 这样决定" in zh
    assert "Floor answers for it: 小王 decided so" in en


def test_an_item_tells_its_whole_story(told):
    with told.run(NOON + DAY) as context, context.transaction("answer") as uow:
        for status, words in (("in_progress", ""), ("comment", "等配件")):
            apply_statement(
                context,
                uow,
                OwnerStatement(
                    item_id="ai_1", kind=StatementKind(status), stated_at=NOON + DAY,
                    actor="小王", words=words,
                ),
            )  # fmt: skip
    _, zh, en = ask(told, "ai_1")

    assert "改进行动项 ai_1，部门“吧台”，状态：处理中，截止 2026-03-15 12:00" in zh
    assert "Improvement item ai_1 for Bar: in progress" in en
    assert "40 条对“咖啡凉了”不满" in zh
    assert "平均评分至少改善 0.2 分" in zh
    assert "mean rating better by 0.2 points" in en
    assert "待接单 → 已接单，小王" in zh
    assert "已接单，小王：由“处理中”推定" in zh
    assert "留言，小王：等配件" in zh
    assert "通知“新行动项”→ desk" in zh
    assert "“item opened” to desk" in en


def test_a_recovery_item_has_no_criterion(told):
    open_item(told, "ai_2", kind=ItemKind.RECOVERY, feedback_id="fb_3")
    _, zh, en = ask(told, "ai_2")

    assert "严重度为 高" in zh
    assert "立即回应这位客户" in zh
    assert "成功标准" not in zh
    assert "Success was fixed" not in en


def test_a_recovery_item_quotes_the_one_customer_who_waits_for_an_answer(told):
    told.hear([Said(number=n, at=NOON, unit="北门店") for n in ("4", "5", "6")])
    key = IssueKey(theme="coffee.cold", touchpoint="counter", unit="北门店")
    open_item(
        told, "ai_2", key=key, kind=ItemKind.RECOVERY, feedback_id="fb_3",
        opened_at=NOON + DAY,
    )  # fmt: skip

    assert re.findall(r"fb_\w+", ask(told, "ai_2")[2]) == ["fb_3"]


def test_words_that_may_be_praise_are_quoted_last(told):
    told.hear([Said(number="4", at=NOON, stars=5, words="咖啡凉了也好喝")])
    open_item(told, "ai_2", opened_at=NOON + DAY)

    assert re.findall(r"fb_\w+", ask(told, "ai_2")[2]) == ["fb_1", "fb_4"]


def test_a_message_tells_every_attempt_and_what_to_do_with_a_dead_letter(told):
    with told.app.store.reading() as uow:
        (row,) = uow.outbox.messages()
    key = row.message_id
    assert "“新行动项”通知，发往 desk：排队中" in ask(told, key)[1]

    with told.run(flow="push") as context, context.transaction("record") as uow:
        (message,) = uow.outbox.claim_due(NOON, "r", ["desk"], 1)
        attempt = DeliveryAttempt(
            outcome=Outcome.TERMINAL,
            attempted_at=NOON,
            status_code=422,
            reason=answered("no"),
        )
        uow.outbox.record(
            message, attempt, state=MessageState.DEAD, next_attempt_at=NOON,
            dead_reason=refused("no"),
        )  # fmt: skip
    _, zh, en = ask(told, key)
    assert "死信" in zh
    assert "huixiang outbox replay" in zh
    assert "2026-03-12 12:00 失败，再试也没用：接收端回答 422：no" in zh
    assert "failed, trying again cannot help: endpoint answered 422: no" in en


def test_an_unknown_id_is_answered_with_what_ids_look_like(told):
    with pytest.raises(NotFound, match="ids look like"):
        ask(told, "nothing")
