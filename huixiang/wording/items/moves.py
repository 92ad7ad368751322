"""Why an item moved, in both languages; what people wrote stays as they wrote it."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from huixiang.alerts.decision import ParkReason
from huixiang.domain.items.action import ActionStatus
from huixiang.domain.items.move import Move, MoveReason
from huixiang.domain.proof.verdict import InconclusiveReason, VerdictKind
from huixiang.domain.reason import Fact, Reason
from huixiang.domain.text import Bilingual
from huixiang.wording.figures import moment
from huixiang.wording.items.alerts import why_parked
from huixiang.wording.language import b
from huixiang.wording.terms import REASONS, STATUSES, VERDICTS

Names = Callable[[str], Bilingual]
"""Gives a department's name."""

NEW_ITEM = b("新建", "new")
MOVE_REASONS: Mapping[MoveReason, Bilingual] = {
    MoveReason.SAID: b("{words}", "{words}"),
    MoveReason.IMPLIED: b("由“{status}”推定", "implied by “{status}”"),
    MoveReason.OPENED_BY_RULE: b("预警规则 {rule}", "alert rule {rule}"),
    MoveReason.ALARM_AGAIN: b(
        "问题又来了，预警规则 {rule}", "it came back, alert rule {rule}"
    ),
    MoveReason.PARKED_CAPACITY: why_parked(ParkReason.CAPACITY),
    MoveReason.PARKED_NO_DEPARTMENT: why_parked(ParkReason.NO_DEPARTMENT),
    MoveReason.ROOM_NOW: b("部门已有空位", "the department has room now"),
    MoveReason.REROUTED: b(
        "从“{refused_by}”转给“{given_to}”", "re-routed from {refused_by} to {given_to}"
    ),
    MoveReason.JUDGED: b("{verdict}", "{verdict}"),
    MoveReason.SUSTAINED: b("复查后改善仍在", "it lasts"),
    MoveReason.RELAPSED: b("复查发现改善已消失", "the improvement is gone"),
    MoveReason.LASTING_UNCLEAR: b(
        "多次复查仍说不准改善是否还在",
        "looked at again and again, it cannot be told whether it lasts",
    ),
    MoveReason.UNPROVEN_CLOSED: b(
        "90 天内没有新的预警，未能证实", "no new alarm in 90 days, not proven"
    ),
    MoveReason.NOT_MEASURABLE: b(
        "单个客户没有可比的分数", "one person has no score to compare"
    ),
}
"""The sentence of each reason; its gaps are filled with the names of its facts."""


def reason_words(reason: Reason[MoveReason], names: Names) -> Bilingual:
    """Return the reason of a move in both languages; empty where nobody gave one."""
    sentence = MOVE_REASONS[reason.code]
    gaps = {name: _name(name, fact, names) for name, fact in reason.facts.items()}
    gaps["words"] = b(reason.words, reason.words)
    if reason.code is MoveReason.JUDGED:
        gaps["verdict"] = _verdict(reason.facts)
    said = reason.words if reason.code is MoveReason.REROUTED else ""
    zh, en = _tail(b(said, said))
    return b(
        sentence.zh.format_map({name: gap.zh for name, gap in gaps.items()}) + zh,
        sentence.en.format_map({name: gap.en for name, gap in gaps.items()}) + en,
    )


def _name(name: str, fact: Fact, names: Names) -> Bilingual:
    """Return what people call the thing that a fact names."""
    text = str(fact)
    if name in {"refused_by", "given_to"}:
        return names(text)
    return STATUSES[ActionStatus(text)] if name == "status" else b(text, text)


def _verdict(facts: Mapping[str, Fact]) -> Bilingual:
    verdict = VERDICTS[VerdictKind(str(facts["verdict"]))]
    if facts["why_none"] is None:
        return verdict
    why = REASONS[InconclusiveReason(str(facts["why_none"]))]
    return b(f"{verdict.zh}：{why.zh}", f"{verdict.en}: {why.en}")


def move_words(move: Move, zone: ZoneInfo, names: Names) -> Bilingual:
    """Say who moved an item where, when and why."""
    when, after = moment(move.moved_at, zone), STATUSES[move.after]
    if move.before is move.after:
        zh, en = _tail(b(move.reason.words, move.reason.words))
        return b(
            f"· {when} 留言，{move.actor}{zh}", f"· {when} comment, {move.actor}{en}"
        )
    before = STATUSES[move.before] if move.before else NEW_ITEM
    why = reason_words(move.reason, names)
    tail_zh, tail_en = _tail(why)
    return b(
        f"· {when} {before.zh} → {after.zh}，{move.actor}{tail_zh}",
        f"· {when} {before.en} → {after.en}, {move.actor}{tail_en}",
    )


def _tail(why: Bilingual) -> tuple[str, str]:
    """Return what follows the name of who spoke; nothing where nothing was said."""
    return (f"：{why.zh}", f": {why.en}") if why.en else ("", "")
