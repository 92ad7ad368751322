"""Say in words an owner understands why an item opened, was parked, or did not open."""

import dataclasses
from collections.abc import Mapping

from huixiang.alerts.decision import HeldBack, HoldReason, ParkReason
from huixiang.domain.items.alert import AlertFacts, CriticalFacts, RateFacts
from huixiang.domain.text import Bilingual
from huixiang.wording.language import b
from huixiang.wording.terms import SEVERITIES

_CHANCES = (
    (1e-4, b("不到万分之一", "less than 1 in 10,000")),
    (1e-3, b("不到千分之一", "less than 1 in 1,000")),
    (1e-2, b("不到百分之一", "less than 1 in 100")),
    (5e-2, b("不到二十分之一", "less than 1 in 20")),
)

_PARKED: Mapping[ParkReason, Bilingual] = {
    ParkReason.CAPACITY: b(
        "部门手头的行动项已满，先停放；一有空位，优先级最高的先打开",
        "the department has its hands full, so it is parked; when there is room, the "
        "highest priority opens first",
    ),
    ParkReason.NO_DEPARTMENT: b(
        "departments.yaml 里已没有这个部门，先停放；请重新路由",
        "departments.yaml no longer has this department, so it is parked; route it "
        "again",
    ),
}


def why_opened(alert: AlertFacts, theme: Bilingual) -> Bilingual:
    """Say in one sentence why an item opened; *theme* is the name of its theme."""
    if isinstance(alert, CriticalFacts):
        return _why_critical(alert, theme)
    return _why_rate(alert, theme)


def _why_rate(facts: RateFacts, theme: Bilingual) -> Bilingual:
    """Say why an issue opened an item."""
    usual = round(facts.expected)
    days, dates = _days(facts)
    chance = _chance(facts.p_value)
    usual_zh = f"大约只有 {usual} 条" if usual else "几乎一条也没有"
    usual_en = f"about {usual}" if usual else "almost none"
    return b(
        f"过去 {days} 天（{dates.zh}）的 {facts.exposure_window} 条反馈里，"
        f"{facts.n_window} 条对“{theme.zh}”不满；平时同样多的反馈里{usual_zh}。"
        f"这样的差距偶然出现的可能{chance.zh}。",
        f"In the {facts.exposure_window} feedbacks of the last {days} days "
        f"({dates.en}), {facts.n_window} were unhappy about “{theme.en}”; usually there "
        f"would be {usual_en} in as many. The chance of such a gap by accident is "
        f"{chance.en}.",
    )


def _why_critical(facts: CriticalFacts, theme: Bilingual) -> Bilingual:
    """Say why one feedback opened a recovery item."""
    severity = SEVERITIES[facts.severity]
    return b(
        f"这一条关于“{theme.zh}”的反馈严重度为 {severity.zh}，规则 {facts.rule!r} 要求"
        "不等累计、立即回应这位客户。",
        f"This one feedback about “{theme.en}” is of severity {severity.en}; rule "
        f"{facts.rule!r} asks to answer this customer at once, without waiting for more.",
    )


def why_parked(reason: ParkReason) -> Bilingual:
    """Say why an item waits."""
    return _PARKED[reason]


def why_held(held: HeldBack) -> Bilingual:
    """Say why nothing opened, in whole people."""
    zh, en = _HELD[held.reason]
    if held.facts is None:
        return b(zh, en)
    usual = round(held.facts.expected)
    if held.reason is HoldReason.NOT_UNUSUAL and held.facts.n_window <= usual:
        zh, en = _USUAL
    values = {**dataclasses.asdict(held.facts), "expected": usual}
    return b(zh.format_map(values), en.format_map(values))


_USUAL = (
    "有 {n_window} 次负面提及，不比平时（约 {expected} 次）多",
    "{n_window} negative mentions, no more than usual (about {expected})",
)


_HELD: Mapping[HoldReason, tuple[str, str]] = {
    HoldReason.NO_RULE: (
        "alerts.yaml 里没有规则管这种情况",
        "no rule of alerts.yaml is about this",
    ),
    HoldReason.LIVE_ITEM: (
        "已有一个行动项在处理",
        "an action item for it is already under way",
    ),
    HoldReason.TOO_FEW: (
        "窗口内只有 {n_window} 次负面提及，规则要求至少 {min_count} 次",
        "only {n_window} negative mentions in the window, the rule asks for "
        "{min_count}",
    ),
    HoldReason.HISTORY_TOO_SHORT: (
        "此前只有 {days_known} 天的记录，至少要 {min_baseline_days} 天才知道平时是多少",
        "only {days_known} days of history before the window; {min_baseline_days} are "
        "needed to know what is usual",
    ),
    HoldReason.NOT_UNUSUAL: (
        "有 {n_window} 次负面提及，平时约 {expected} 次：差距不够大，或可能只是偶然"
        "（概率 {p_value}，门槛 {alpha}）",
        "{n_window} negative mentions where about {expected} are usual: too small a "
        "gap, or it may be chance (probability {p_value}, threshold {alpha})",
    ),
    HoldReason.COOLDOWN: (
        "上一个行动项结束或打开还不到 {cooldown_days} 天",
        "its last item opened or closed less than {cooldown_days} days ago",
    ),
    HoldReason.TOO_OLD: (
        "这条反馈太久了，现在回应客户已不合适",
        "this feedback is too old for an answer to its customer",
    ),
    HoldReason.SAME_FEEDBACK: (
        "同一条反馈已为更严重的问题打开行动项",
        "the same feedback already opened an item for something more severe",
    ),
}


def _chance(p_value: float) -> Bilingual:
    for limit, words in _CHANCES:
        if p_value < limit:
            return words
    return b(f"约为 {p_value:.0%}", f"about {p_value:.0%}")


def _days(facts: RateFacts) -> tuple[int, Bilingual]:
    start, end = facts.window_start_on, facts.window_end_on
    zh = f"{start.month}月{start.day}日至{end.month}月{end.day}日"
    return (end - start).days + 1, b(zh, f"{start} to {end}")
