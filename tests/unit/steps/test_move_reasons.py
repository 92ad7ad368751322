"""What the loop wrote down of a move reads in both languages."""

import pytest

from huixiang.alerts.decision import ParkReason
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import InconclusiveReason, VerdictKind
from huixiang.wording.alerts import why_parked
from huixiang.wording.moves import reason_words

NAMES = {
    "bar": Bilingual(zh="吧台", en="Bar"),
    "floor": Bilingual(zh="前厅", en="Floor"),
}


def words(reason):
    found = reason_words(reason, lambda key: NAMES[key])
    return found.zh, found.en


@pytest.mark.parametrize(
    ("reason", "zh", "en"),
    [
        ("implied by in_progress", "由“处理中”推定", "implied by “in progress”"),
        ("alert rule usual", "预警规则 usual", "alert rule usual"),
        ("not_improved", "未改善", "Not improved"),
        ("the department has room now", "部门已有空位", "the department has room now"),
        (
            "not_measurable",
            "单个客户没有可比的分数",
            "one person has no score to compare",
        ),
        ("alarm usual", "问题又来了，预警规则 usual", "it came back, alert rule usual"),
        ("sustained", "复查后改善仍在", "it lasts"),
        ("relapsed", "复查发现改善已消失", "the improvement is gone"),
        (
            "re-routed from bar to floor: 不归我",
            "从“吧台”转给“前厅”：不归我",
            "re-routed from Bar to Floor: 不归我",
        ),
        ("等配件", "等配件", "等配件"),
        ("", "", ""),
    ],
)
def test_a_reason_of_the_loop_is_translated_and_a_person_s_is_not(reason, zh, en):
    assert words(reason) == (zh, en)


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_verdict_has_words(kind):
    assert words(kind.value)[0] != kind.value


@pytest.mark.parametrize("reason", InconclusiveReason)
def test_every_reason_why_there_is_no_answer_has_words(reason):
    zh, en = words(f"inconclusive {reason.value}")
    assert zh.startswith("尚无定论：")
    assert "_" not in en


@pytest.mark.parametrize("reason", ParkReason)
def test_every_reason_to_park_has_words(reason):
    assert words(why_parked(reason).en)[0] == why_parked(reason).zh
