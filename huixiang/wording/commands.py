"""What commands say while they work, in both languages at once, and titles of theirs."""

import datetime as dt
from collections.abc import Sequence

from huixiang.domain.acts.act import BrokenLink
from huixiang.domain.text import Bilingual
from huixiang.routing.backtest import Backtest
from huixiang.wording.acts import FAULTS
from huixiang.wording.language import b

# -- insights

NEED_TIERS = b("需求层级", "Need tiers")
DRIVERS = b("驱动因素（星）", "Drivers (stars)")
EMOTION = b("旅程情绪（−1…1）", "Emotion (−1…1)")
EXPECTATION = b("期望与感知", "Expectation, perception")
EFFORT = b("费力度", "Effort")

# -- huixiang codeframe, huixiang hot

AFTER_ACCEPTING = (
    "下一步 · next: huixiang check; huixiang rules test; "
    "huixiang rules backtest --against rules/routing.yaml; "
    "huixiang run train; huixiang run understand"
)


def nothing_new(days: int, until: dt.date) -> str:
    """Say in which days nothing was found, and how to look at others."""
    return (
        f"截至 {until} 的 {days} 天里没有；--as-of T 看别的时候。"
        f"None in the {days} days to {until}; --as-of T looks at another time."
    )


# -- huixiang rules test, huixiang rules backtest


def not_tested(rule: str) -> str:
    """Say that a rule has no test."""
    return f"{rule}: 没有测试 · no test"


def rules_tried(result: Backtest) -> str:
    """Say what other rules would have done with the cases of a time."""
    return (
        f"{result.n_moved} / {result.n_cases} moved ({result.share_moved:.1%}); "
        f"{result.n_newly_default} newly on the default department; human "
        f"corrections matched {result.agreement.n_before} → "
        f"{result.agreement.n_after} of {result.agreement.n_corrected}"
    )


def coded_as(words: str, themes: Sequence[str]) -> Bilingual:
    """Say as what an example was coded."""
    coded = ", ".join(themes) or "–"
    return b(f"“{words}”编码为 {coded}", f"“{words}” is coded {coded}")


# -- huixiang ledger


def chain_is_broken(link: BrokenLink) -> str:
    """Say which act is the first that is not as it was written."""
    return (
        f"the chain of acts is broken at number {link.number} {link.act_id}: "
        f"{FAULTS[link.fault].en}; compare with a backup"
    )


# -- huixiang outbox replay


def is_disabled(endpoint: str) -> str:
    """Say that an endpoint gets nothing until a person resumes it."""
    return f"{endpoint} is disabled: huixiang endpoint resume {endpoint}"


# -- huixiang up

STOP = "停止 · stop: Ctrl-C"


def door_at(url: str) -> str:
    """Say where receivers call back."""
    return f"入口 door {url}/hooks/status/{{endpoint}}"


def rules_as_they_are(state: str) -> str:
    """Say which rules count."""
    return f"规则 rules {state}"


# -- huixiang demo

OUTCOMES = {
    "improved": "已改善 improved",
    "not_improved": "未改善 not improved",
    "worse": "变差 worse",
    "inconclusive": "尚无定论 inconclusive",
    "following": "验收中 being followed",
    "not_measurable": "已回应客户 answered",
    "watched": "改善待复查 being watched",
    "sustained": "改善仍在 it lasts",
    "relapsed": "已复发 it came back",
    "lasting_unclear": "复查说不准 cannot be told",
    "unproven_closed": "未证实已关闭 closed unproven",
}
"""What a run's verification counted, by its name."""

TRAINING = "训练模型 · training the model on the workspace's labelled sentences"


def period_played(number: int, total: int, days: str, n_files: int, told: str) -> str:
    """Say what the demo has played so far."""
    return f"{number}/{total}  {days}  {n_files} 个文件 files  {told}"


def set_aside(file: str) -> str:
    """Say that operations moved a file away that cannot be read."""
    return f"  运维已移到 set-aside/ · operations set it aside: {file}"


def run_told(
    n_stored: int, n_quarantined: int, n_opened: int, n_delivered: int, verdicts: str
) -> str:
    """Say what one run brought."""
    return (
        f"入库 stored {n_stored}  隔离 quarantined {n_quarantined}  "
        f"新行动项 items {n_opened}  送达 delivered {n_delivered}  {verdicts}"
    )


def report_at(page: str) -> str:
    """Say where the report is."""
    return f"报告 report: {page}"


def sheets_at(workbook: str) -> str:
    """Say where the workbook is."""
    return f"表格 sheets: {workbook}"
