"""Why an item moved, in both languages: what the loop wrote down itself is translated.

What people wrote stays as they wrote it.
"""

import re
from collections.abc import Callable, Mapping

from huixiang.alerts.decision import ParkReason
from huixiang.domain.action import ActionStatus
from huixiang.domain.text import Bilingual
from huixiang.domain.verdict import VerdictKind
from huixiang.wording.alerts import why_parked
from huixiang.wording.labels import REASONS, STATUSES, VERDICTS

Names = Callable[[str], Bilingual]
"""Gives a department's name."""

_FIXED: Mapping[str, Bilingual] = {
    "the department has room now": Bilingual(
        zh="部门已有空位", en="the department has room now"
    ),
    "not_measurable": Bilingual(
        zh="单个客户没有可比的分数", en="one person has no score to compare"
    ),
    "sustained": Bilingual(zh="复查后改善仍在", en="it lasts"),
    "relapsed": Bilingual(zh="复查发现改善已消失", en="the improvement is gone"),
    "lasting_unclear": Bilingual(
        zh="多次复查仍说不准改善是否还在",
        en="looked at again and again, it cannot be told whether it lasts",
    ),
    "unproven_closed": Bilingual(
        zh="90 天内没有新的预警，未能证实", en="no new alarm in 90 days, not proven"
    ),
    **{why_parked(each).en: why_parked(each) for each in ParkReason},
    **{kind.value: VERDICTS[kind] for kind in VerdictKind},
    **{
        f"{VerdictKind.INCONCLUSIVE.value} {reason.value}": Bilingual(
            zh=f"{VERDICTS[VerdictKind.INCONCLUSIVE].zh}：{words.zh}",
            en=f"{VERDICTS[VerdictKind.INCONCLUSIVE].en}: {words.en}",
        )
        for reason, words in REASONS.items()
    },
}
_IMPLIED = re.compile(r"implied by (\w+)")
_RULE = re.compile(r"alert rule (.+)", re.DOTALL)
_ALARM = re.compile(r"alarm (.+)", re.DOTALL)
_REROUTED = re.compile(r"re-routed from (\S+) to (\S+): (.*)", re.DOTALL)


def reason_words(reason: str, names: Names) -> Bilingual:
    """Return the reason of a move in both languages."""
    if reason in _FIXED:
        return _FIXED[reason]
    if match := _IMPLIED.fullmatch(reason):
        after = STATUSES[ActionStatus(match[1])]
        return Bilingual(zh=f"由“{after.zh}”推定", en=f"implied by “{after.en}”")
    if match := _RULE.fullmatch(reason):
        return Bilingual(zh=f"预警规则 {match[1]}", en=reason)
    if match := _ALARM.fullmatch(reason):
        return Bilingual(
            zh=f"问题又来了，预警规则 {match[1]}",
            en=f"it came back, alert rule {match[1]}",
        )
    if match := _REROUTED.fullmatch(reason):
        before, after = names(match[1]), names(match[2])
        return Bilingual(
            zh=f"从“{before.zh}”转给“{after.zh}”：{match[3]}",
            en=f"re-routed from {before.en} to {after.en}: {match[3]}",
        )
    return Bilingual(zh=reason, en=reason)
