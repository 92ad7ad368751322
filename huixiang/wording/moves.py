"""Why an item moved, in both languages; what people wrote stays as they wrote it."""

from collections.abc import Callable, Mapping

from huixiang.alerts.decision import ParkReason
from huixiang.domain.action import ActionStatus
from huixiang.domain.move import MoveReason
from huixiang.domain.reason import Fact, Reason
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import InconclusiveReason, VerdictKind
from huixiang.wording.alerts import why_parked
from huixiang.wording.language import b
from huixiang.wording.terms import REASONS, STATUSES, VERDICTS

Names = Callable[[str], Bilingual]
"""Gives a department's name."""

Facts = Mapping[str, Fact]

FIXED: Mapping[MoveReason, Bilingual] = {
    MoveReason.PARKED_CAPACITY: why_parked(ParkReason.CAPACITY),
    MoveReason.PARKED_NO_DEPARTMENT: why_parked(ParkReason.NO_DEPARTMENT),
    MoveReason.ROOM_NOW: b("部门已有空位", "the department has room now"),
    MoveReason.NOT_MEASURABLE: b(
        "单个客户没有可比的分数", "one person has no score to compare"
    ),
    MoveReason.SUSTAINED: b("复查后改善仍在", "it lasts"),
    MoveReason.RELAPSED: b("复查发现改善已消失", "the improvement is gone"),
    MoveReason.LASTING_UNCLEAR: b(
        "多次复查仍说不准改善是否还在",
        "looked at again and again, it cannot be told whether it lasts",
    ),
    MoveReason.UNPROVEN_CLOSED: b(
        "90 天内没有新的预警，未能证实", "no new alarm in 90 days, not proven"
    ),
}
"""Reasons that are the same sentence whatever the facts."""


def reason_words(reason: Reason[MoveReason], names: Names) -> Bilingual:
    """Return the reason of a move in both languages; empty where nobody gave one."""
    if reason.code in FIXED:
        return FIXED[reason.code]
    if reason.code is MoveReason.REROUTED:
        return _rerouted(reason, names)
    if reason.code is MoveReason.SAID:
        return b(reason.words, reason.words)
    return FILLED[reason.code](reason.facts)


def _rerouted(reason: Reason[MoveReason], names: Names) -> Bilingual:
    before, after = (
        names(str(reason.facts[name])) for name in ("refused_by", "given_to")
    )
    return b(
        f"从“{before.zh}”转给“{after.zh}”：{reason.words}",
        f"re-routed from {before.en} to {after.en}: {reason.words}",
    )


def _implied(facts: Facts) -> Bilingual:
    after = STATUSES[ActionStatus(str(facts["status"]))]
    return b(f"由“{after.zh}”推定", f"implied by “{after.en}”")


def _opened_by_rule(facts: Facts) -> Bilingual:
    return b(f"预警规则 {facts['rule']}", f"alert rule {facts['rule']}")


def _alarm_again(facts: Facts) -> Bilingual:
    return b(
        f"问题又来了，预警规则 {facts['rule']}",
        f"it came back, alert rule {facts['rule']}",
    )


def _judged(facts: Facts) -> Bilingual:
    verdict = VERDICTS[VerdictKind(str(facts["verdict"]))]
    if facts["why_none"] is None:
        return verdict
    why = REASONS[InconclusiveReason(str(facts["why_none"]))]
    return b(f"{verdict.zh}：{why.zh}", f"{verdict.en}: {why.en}")


FILLED: Mapping[MoveReason, Callable[[Facts], Bilingual]] = {
    MoveReason.IMPLIED: _implied,
    MoveReason.OPENED_BY_RULE: _opened_by_rule,
    MoveReason.ALARM_AGAIN: _alarm_again,
    MoveReason.JUDGED: _judged,
}
"""Reasons whose sentence is filled with their facts."""
