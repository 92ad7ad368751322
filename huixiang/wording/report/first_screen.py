"""The first screen: what hurts most, who is on it, did it work."""

import datetime as dt

from huixiang.domain.text import Bilingual
from huixiang.wording.language import b

AS_OF = b("截至", "as of")
FOR = b("呈送：", "for ")
WHAT_HURTS_MOST = b("哪里最痛？", "What hurts most?")
MENTIONS_OF_PERIOD_LEGEND = b(
    "本期负面提及条数，与之前同样长的一段相比；小图为到期末为止的 12 周。",
    "Negative mentions in this period, against as many days before; bars: the "
    "12 weeks up to its end. ",
)
MENTIONS_LEGEND = b(
    "近 28 天负面提及条数，与之前 28 天相比；小图为近 12 周。",
    "Negative mentions in 28 days, against the 28 before; bars: last 12 weeks. ",
)
ALL_ISSUES = b("全部问题", "All issues")
WHO_IS_ON_IT = b("谁在处理？", "Who is on it?")
IN_WORK = b("处理中", "in work")
ANSWER_OVERDUE = b("逾期未答", "answer overdue")
BEING_VERIFIED = b("待验收", "being verified")
ALL_DEPARTMENTS = b("全部部门", "All departments")
VERIFIED = b("经验收改善", "verified")
FIXED = b("已整改", "fixed")
OVERDUE = b("逾期", "overdue")
DID_IT_WORK = b("有效果吗？", "Did it work?")
OWN_METRICS = b(
    "效果按各自指标计；灰字为只比前后。",
    "Effects in each item’s own metric; grey: plain before/after.",
)
PLAIN_COMPARISON_WOULD_SAY = b("只比前后平均会说", "A plain before/after would say")
VERIFIED_SAYS = b(
    "扣除大势与自然回升后的验收结论", "Verified: trend and natural recovery removed"
)
NO_ANSWER_YET = b(
    "整改完成并积累了足够反馈后，这里给出结论。",
    "Once a fix is done and enough feedback has come in, the answer stands here.",
)
EVIDENCE_ITEM_BY_ITEM = b("逐项证据", "Evidence, item by item")
LEDGER_IS_BROKEN = b("台账不平：", "The ledger does not add up: ")
SEE = b("查看", "see")
SILENT_SOURCE = b("来源静默：", "Silent source: ")
PLACEBO_FOOLED_TOO_OFTEN = b(
    "安慰剂检验误判偏多，所有区间已放宽。",
    "The placebo check was fooled too often, so every interval was widened.",
)
LEDGER_ADDS_UP = b(
    "台账已核平：每一条反馈都有下落，没有遗失。",
    "The ledger adds up: every record is accounted for, none is lost.",
)
EFFECTS_OF_FIXES = b("整改效果", "Effects of fixes")
TO_ITEMS_IN_WORK = b("进行中", "In work")
ISSUES = b("问题", "Issues")
VOICES = b("客户之声", "Voices")
DRIVERS = b("驱动因素", "Drivers")
NEEDS = b("痛点痒点悦点", "Needs")
JOURNEY = b("旅程", "Journey")
DEPARTMENTS = b("部门", "Departments")
PERIODS = b("逐期", "Periods")
MATURITY = b("成熟度", "Maturity")
TRUST = b("可信度", "Trust")
LEDGER = b("台账", "Ledger")
QUARANTINE = b("隔离", "Quarantine")
HOW_TO_READ_THIS = b("怎么读", "How to read this")


def n_in_work(n: int) -> Bilingual:
    """Say how many items are in work."""
    return b(f"{n} 处理中", f"{n} in work")


def n_overdue(n: int) -> Bilingual:
    """Say how many answers are overdue."""
    return b(f"{n} 逾期", f"{n} overdue")


def achieved(n_opened: int, n_fixed: int, n_verified: int) -> Bilingual:
    """Say what came of a department's items."""
    return b(
        f"开单 {n_opened} · 已整改 {n_fixed} · 经验收改善 {n_verified}",
        f"{n_opened} opened · {n_fixed} fixed · {n_verified} verified improved",
    )


def n_parked(n: int) -> Bilingual:
    """Say how many items wait for room."""
    return b(f"另有 {n} 项因产能或成本搁置", f"{n} more parked for capacity or cost")


def n_watched(n: int) -> Bilingual:
    """Say how many fixes are still followed."""
    return b(f"{n} 项观察中", f"{n} still watched")


def silent_since(day: dt.date) -> Bilingual:
    """Say since when a source brings nothing, and what that does not mean."""
    return b(
        f"自 {day} 起没有新反馈。没有声音不等于改善。",
        f"has brought nothing since {day}. Silence is not improvement.",
    )


def n_harmed(n: int) -> Bilingual:
    """Say how many fixes harmed something else."""
    fixes = "one fix" if n == 1 else f"{n} fixes"
    return b(
        f"副作用：{n} 项整改之后，别的主题或部门变差了。",
        f"Side effects: after {fixes}, another theme or department got worse. ",
    )


def n_erased(n: int) -> Bilingual:
    """Say how many quotes were left out for people who asked to be forgotten."""
    quotes = "1 quote" if n == 1 else f"{n} quotes"
    return b(
        f"有 {n} 条原声未列出：客户已要求删除。",
        f"{quotes} left out: their writers asked to be forgotten.",
    )
