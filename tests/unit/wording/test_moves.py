"""The reason of a move reads in both languages; a person's words stay as they are."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huixiang.alerts.decision import ParkReason
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import (
    Move,
    MoveReason,
    alarmed_again_by,
    implied_by,
    judged_as,
    opened_by,
    person_said,
    rerouted,
)
from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.domain.reason import Reason
from huixiang.domain.text import Bilingual
from huixiang.wording.items.alerts import why_parked
from huixiang.wording.items.moves import move_words, reason_words
from tests.imitations import IMITATIONS

NAMES = {
    "bar": Bilingual(zh="吧台", en="Bar"),
    "floor": Bilingual(zh="前厅", en="Floor"),
}


def words(reason):
    found = reason_words(reason, lambda key: NAMES[key])
    return found.zh, found.en


def code(name):
    return Reason(code=MoveReason(name))


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        (
            implied_by(ActionStatus.IN_PROGRESS),
            "由“处理中”推定",
            "implied by “in progress”",
        ),
        (opened_by("usual"), "预警规则 usual", "alert rule usual"),
        (judged_as(VerdictKind.NOT_IMPROVED, None), "未改善", "Not improved"),
        (code("room_now"), "部门已有空位", "the department has room now"),
        (
            code("not_measurable"),
            "单个客户没有可比的分数",
            "one person has no score to compare",
        ),
        (
            alarmed_again_by("usual"),
            "问题又来了，预警规则 usual",
            "it came back, alert rule usual",
        ),
        (code("sustained"), "复查后改善仍在", "it lasts"),
        (code("relapsed"), "复查发现改善已消失", "the improvement is gone"),
        (
            rerouted("bar", "floor", "不归我"),
            "从“吧台”转给“前厅”：不归我",
            "re-routed from Bar to Floor: 不归我",
        ),
        (person_said("等配件"), "等配件", "等配件"),
        (person_said(""), "", ""),
    ],
)
def test_a_reason_reads_in_both_languages(reason, zh, en):
    assert words(reason) == (zh, en)


@pytest.mark.parametrize("said", IMITATIONS)
def test_words_that_imitate_ours_stay_the_words_of_a_person(said):
    assert words(person_said(said)) == (said, said)


@given(st.text())
def test_whatever_a_person_wrote_stays_as_it_is(said):
    assert words(person_said(said)) == (said, said)


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_verdict_has_words(kind):
    why = None if kind.is_terminal else InconclusiveReason.FEED_DIED
    assert words(judged_as(kind, why))[0] != kind.value


@pytest.mark.parametrize("reason", InconclusiveReason)
def test_every_reason_why_there_is_no_answer_has_words(reason):
    zh, en = words(judged_as(VerdictKind.INCONCLUSIVE, reason))
    assert zh.startswith("尚无定论：")
    assert "_" not in en


@pytest.mark.parametrize("reason", ParkReason)
def test_every_reason_to_park_has_words(reason):
    assert words(code(f"parked_{reason.value}"))[0] == why_parked(reason).zh


EXAMPLES = {
    MoveReason.SAID: person_said("等配件"),
    MoveReason.IMPLIED: implied_by(ActionStatus.RESOLVED),
    MoveReason.OPENED_BY_RULE: opened_by("usual"),
    MoveReason.ALARM_AGAIN: alarmed_again_by("usual"),
    MoveReason.REROUTED: rerouted("bar", "floor", "不归我"),
    MoveReason.JUDGED: judged_as(VerdictKind.IMPROVED, None),
}


def test_every_code_has_words_of_its_own():
    said = [words(EXAMPLES.get(each, Reason(code=each))) for each in MoveReason]

    assert all(zh and en for zh, en in said)
    assert len(set(said)) == len(said)


def commented(said):
    move = Move(
        item_id="ai_1",
        before=ActionStatus.OPEN,
        after=ActionStatus.OPEN,
        moved_at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC),
        actor="Lin",
        reason=person_said(said),
    )
    return move_words(move, ZoneInfo("UTC"), lambda key: NAMES[key])


def test_a_comment_has_the_marks_of_its_language():
    assert commented("parts").zh.endswith("留言，Lin：parts")
    assert commented("parts").en.endswith("comment, Lin: parts")
    assert commented("").en.endswith("comment, Lin")


def test_a_refusal_without_a_word_ends_without_a_colon():
    facts = {"refused_by": "bags", "given_to": "care"}
    reason = Reason(code=MoveReason.REROUTED, facts=facts)

    words = reason_words(reason, lambda key: Bilingual(zh=f"{key}部", en=key))

    assert words == Bilingual(
        zh="从“bags部”转给“care部”", en="re-routed from bags to care"
    )
